/**
 * The Encoding standard's two classes, which every JavaScript host has but ES2022's
 * library file lacks. Declared here so that the core needs neither DOM nor Node types.
 * https://encoding.spec.whatwg.org/
 */
declare class TextEncoder {
  encode(text?: string): Uint8Array<ArrayBuffer>;
}
declare class TextDecoder {
  constructor(label?: string, options?: { readonly fatal?: boolean });
  decode(bytes?: Uint8Array): string;
}

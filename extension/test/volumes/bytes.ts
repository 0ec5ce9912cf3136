import { TextDecoder, TextEncoder } from 'node:util';

import type { Bytes } from '../../src/volumes/fileStore';

/** UTF-8 bytes of a text. */
export function bytesOf(text: string): Bytes {
  return Uint8Array.from(new TextEncoder().encode(text));
}

/** Text of UTF-8 bytes. */
export function textOf(bytes: Bytes): string {
  return new TextDecoder().decode(bytes);
}

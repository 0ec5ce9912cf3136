/** The few globals that browsers, workers and Node share and that ES2022 lacks. */
declare function setInterval(callback: () => void, ms: number): number;
declare class TextDecoder {
  decode(bytes: Uint8Array): string;
}
declare function clearInterval(id: number | undefined): void;

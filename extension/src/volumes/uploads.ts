import type { Bytes } from './fileStore';

/** Keeps the parts of uploads until the last (-1), so that no part file is ever seen. */
export class Uploads {
  /** @returns the whole file, once it is */
  collect(path: string, chunk: number | undefined, bytes: Bytes): Bytes | undefined {
    if (chunk === undefined) {
      return bytes;
    }
    const parts = chunk === 1 ? [] : (this._parts.get(path) ?? []);
    parts.push(bytes);
    if (chunk !== -1) {
      this._parts.set(path, parts);
      return undefined;
    }
    this._parts.delete(path);
    return joinBytes(parts);
  }

  private readonly _parts = new Map<string, Bytes[]>();
}

function joinBytes(parts: readonly Bytes[]): Bytes {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/**
 * The part of Node's `Buffer` that isomorphic-git asks of its surroundings: workers of a
 * browser have none, and the whole of it is a package of its own.
 */

import type * as isomorphicGit from 'isomorphic-git';

type Encoding = 'utf8' | 'hex';

class Bytes extends Uint8Array {
  /** Shares its memory, unlike that of `Uint8Array`. */
  override slice(start?: number, end?: number): Bytes {
    return this.subarray(start, end) as Bytes;
  }

  override toString(encoding: Encoding = 'utf8', start = 0, end = this.length): string {
    const part = this.subarray(start, end);
    return encoding === 'hex'
      ? Array.from(part, byte => byte.toString(16).padStart(2, '0')).join('')
      : new TextDecoder('utf-8', { ignoreBOM: true }).decode(part);
  }

  readUInt8(at = 0): number {
    return this._view.getUint8(at);
  }

  readUInt16BE(at = 0): number {
    return this._view.getUint16(at);
  }

  readUInt32BE(at = 0): number {
    return this._view.getUint32(at);
  }

  writeUInt8(value: number, at = 0): number {
    this._view.setUint8(at, value);
    return at + 1;
  }

  writeUInt16BE(value: number, at = 0): number {
    this._view.setUint16(at, value);
    return at + 2;
  }

  writeUInt32BE(value: number, at = 0): number {
    this._view.setUint32(at, value);
    return at + 4;
  }

  /** As Node's, with the places left out or the encoding in their stead. */
  write(
    text: string,
    at: number | Encoding = 0,
    length = Infinity,
    encoding: Encoding = 'utf8'
  ): number {
    const start = typeof at === 'number' ? at : 0;
    const bytes = encode(text, typeof at === 'number' ? encoding : at);
    const part = bytes.subarray(0, Math.min(length, this.length - start));
    this.set(part, start);
    return part.length;
  }

  copy(target: Uint8Array, at = 0, start = 0, end = this.length): number {
    const part = this.subarray(start, Math.min(end, start + target.length - at));
    target.set(part, at);
    return part.length;
  }

  private get _view(): DataView {
    return new DataView(this.buffer, this.byteOffset, this.byteLength);
  }
}

function encode(text: string, encoding: Encoding): Uint8Array {
  if (encoding !== 'hex') {
    return new TextEncoder().encode(text);
  }
  const pairs = text.match(/[0-9a-f]{2}/gi) ?? [];
  return Uint8Array.from(pairs, pair => Number.parseInt(pair, 16));
}

/** What stands for `Buffer`. */
export const BytesBuffer = {
  from(
    source: string | ArrayBuffer | ArrayLike<number>,
    second?: Encoding | number,
    length?: number
  ): Uint8Array {
    if (typeof source === 'string') {
      return new Bytes(encode(source, typeof second === 'string' ? second : 'utf8'));
    }
    return source instanceof ArrayBuffer
      ? new Bytes(source, typeof second === 'number' ? second : 0, length)
      : new Bytes(source);
  },
  alloc: (size: number): Uint8Array => new Bytes(size),
  allocUnsafe: (size: number): Uint8Array => new Bytes(size),
  concat(parts: readonly Uint8Array[]): Uint8Array {
    const whole = new Bytes(parts.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const part of parts) {
      whole.set(part, at);
      at += part.length;
    }
    return whole;
  },
  isBuffer: (value: unknown): boolean => value instanceof Bytes
};

/** isomorphic-git, with a `Buffer` to work with where there is none. */
export async function loadGit(): Promise<Git> {
  if (!('Buffer' in globalThis)) {
    Object.assign(globalThis, { Buffer: BytesBuffer });
  }
  const loaded: Git & { readonly default?: Git } = await import('isomorphic-git');
  const { git } = globalThis as { readonly git?: Git };
  // Bundlers differ in where they put what a script without modules exports.
  const found = [loaded.default, loaded, git].find(each => each && 'fetch' in each);
  if (!found) {
    throw new Error('isomorphic-git was not packed as it should be.');
  }
  return found;
}

type Git = Pick<typeof isomorphicGit, 'fetch' | 'getRemoteInfo2' | 'readObject'>;

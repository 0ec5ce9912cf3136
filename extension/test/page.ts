/**
 * A page in which volumes are really kept: what browsers have for them and jsdom lacks.
 * Import it first, instead of `browser`.
 */
import './browser';
import 'fake-indexeddb/auto';

import { Blob } from 'node:buffer';
import { webcrypto } from 'node:crypto';
import { arrayBuffer } from 'node:stream/consumers';
import {
  CompressionStream,
  DecompressionStream,
  type ReadableStream
} from 'node:stream/web';
import { deserialize, serialize } from 'node:v8';

// IndexedDB copies bytes as they are.
globalThis.structuredClone = (value: unknown) => deserialize(serialize(value)) as never;
class Response {
  constructor(private readonly _stream: ReadableStream) {}

  arrayBuffer(): Promise<ArrayBuffer> {
    return arrayBuffer(this._stream);
  }
}
const page = {
  Response,
  ...{ crypto: webcrypto, CompressionStream, DecompressionStream, Blob },
  // Dialogs are drawn when React likes, as in a page.
  IS_REACT_ACT_ENVIRONMENT: false
};
for (const [name, value] of Object.entries(page)) {
  if (Object.getOwnPropertyDescriptor(globalThis, name)?.writable) {
    Object.assign(globalThis, { [name]: value });
  } else {
    Object.defineProperty(globalThis, name, { value, configurable: true });
  }
}

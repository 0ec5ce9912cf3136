import type { ISnapshot } from './format';
import type { IFileNode, IFileSystem } from './module';

/** Emscripten's number for a file that could not be read. */
const EIO = 29;

/**
 * Bytes that Python may need later: a standard module that nobody has imported yet, a
 * line of a traceback. They come when they are first read. They are not fetched before:
 * a read that must wait would wait for that very request, which this thread then holds up.
 */
export class LateBytes {
  /** @param read reads them at once, while Python waits; throws when it cannot */
  constructor(
    private readonly _address: string,
    private readonly _read: (address: string) => Uint8Array = fetchSync
  ) {}

  /** @throws whatever `read` throws */
  get bytes(): Uint8Array {
    this._bytes ??= this._read(this._address);
    return this._bytes;
  }

  private _bytes: Uint8Array | undefined;
}

/** Reads a file of the site in a worker, which may wait for it. */
function fetchSync(address: string): Uint8Array {
  const request = new XMLHttpRequest();
  request.open('GET', address, false);
  request.responseType = 'arraybuffer';
  request.send();
  if (request.status !== 200) {
    throw new Error(`${address}: ${request.status}`);
  }
  return new Uint8Array(request.response as ArrayBuffer);
}

/** Puts the files of a snapshot on the in-memory disk; their bytes come when read. */
export function placeFiles(fs: IFileSystem, snapshot: ISnapshot, all: LateBytes): void {
  snapshot.folders.forEach(folder => fs.mkdirTree(folder));
  for (const [path, start, length] of snapshot.files) {
    placeFile(fs, path, length, () => all.bytes.subarray(start, start + length));
  }
}

/**
 * Puts a file on the in-memory disk whose bytes come when they are first read.
 *
 * @param length in bytes, which Python may ask for without reading
 */
export function placeFile(
  fs: IFileSystem,
  path: string,
  length: number,
  read: () => Uint8Array
): void {
  fs.writeFile(path, new Uint8Array());
  const { node } = fs.lookupPath(path);
  node.usedBytes = length;
  const keep = (value: Uint8Array | null): void => {
    const kept = { value, writable: true, enumerable: true, configurable: true };
    Object.defineProperty(node, 'contents', kept);
  };
  Object.defineProperty(node, 'contents', {
    configurable: true,
    enumerable: true,
    get: (): IFileNode['contents'] => {
      keep(readOr(fs, read));
      return node.contents;
    },
    set: keep
  });
}

/** Any other error than the file system's own would end Python. */
function readOr(fs: IFileSystem, read: () => Uint8Array): Uint8Array {
  try {
    return read();
  } catch (reason) {
    throw Object.assign(new fs.ErrnoError(EIO), { cause: reason });
  }
}

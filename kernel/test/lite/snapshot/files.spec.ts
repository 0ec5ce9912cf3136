import { LateBytes, placeFile, placeFiles } from '../../../src/lite/snapshot/files';
import type { ISnapshot } from '../../../src/lite/snapshot/format';
import type { IFileNode, IFileSystem } from '../../../src/lite/snapshot/module';

class ErrnoError extends Error {
  constructor(readonly errno: number) {
    super(`errno ${errno}`);
  }
}

/** The part of Emscripten's file system that is used, over a map. */
function fileSystem() {
  const nodes = new Map<string, IFileNode>();
  const folders: string[] = [];
  const fs = {
    ErrnoError,
    mkdirTree: (path: string) => folders.push(path),
    writeFile: (path: string) =>
      nodes.set(path, { mode: 0, contents: null, usedBytes: 0 }),
    lookupPath: (path: string) => ({ node: nodes.get(path) })
  } as unknown as IFileSystem;
  return { fs, folders, node: (path: string) => nodes.get(path) as IFileNode };
}

describe('placeFile', () => {
  it('tells the size at once and reads the bytes when asked, once', () => {
    const { fs, node } = fileSystem();
    const read = jest.fn(() => new Uint8Array([1, 2, 3]));
    placeFile(fs, '/a', 3, read);
    expect(node('/a').usedBytes).toBe(3);
    expect(read).not.toHaveBeenCalled();
    expect(node('/a').contents).toEqual(new Uint8Array([1, 2, 3]));
    expect(node('/a').contents).toEqual(new Uint8Array([1, 2, 3]));
    expect(read).toHaveBeenCalledTimes(1);
  });

  it('lets Python write another file in its place', () => {
    const { fs, node } = fileSystem();
    const read = jest.fn(() => new Uint8Array([1]));
    placeFile(fs, '/a', 1, read);
    node('/a').contents = new Uint8Array([9]);
    expect(node('/a').contents).toEqual(new Uint8Array([9]));
    expect(read).not.toHaveBeenCalled();
  });

  it('fails as a file does, and reads again the next time', () => {
    const { fs, node } = fileSystem();
    let isThere = false;
    placeFile(fs, '/a', 1, () => {
      if (!isThere) {
        throw new Error('no network');
      }
      return new Uint8Array([1]);
    });
    expect(() => node('/a').contents).toThrow(ErrnoError);
    isThere = true;
    expect(node('/a').contents).toEqual(new Uint8Array([1]));
  });
});

describe('placeFiles', () => {
  it('gives each file its own part of the bytes', () => {
    const { fs, folders, node } = fileSystem();
    const snapshot = {
      folders: ['/lib/x'],
      files: [
        ['/lib/x/a', 0, 2],
        ['/lib/x/b', 2, 1]
      ]
    } as unknown as ISnapshot;
    const read = jest.fn(() => new Uint8Array([1, 2, 3]));
    placeFiles(fs, snapshot, new LateBytes('all', read));
    expect(folders).toEqual(['/lib/x']);
    expect(node('/lib/x/b').contents).toEqual(new Uint8Array([3]));
    expect(node('/lib/x/a').contents).toEqual(new Uint8Array([1, 2]));
    expect(read).toHaveBeenCalledTimes(1);
  });
});

import { pathProblem } from '@llmos-lab/skills';

/** Most that the files of a run may hold together, in bytes: they come through memory. */
export const MOST_FILE_BYTES = 64 * 2 ** 20;

/** Most files that a run is asked for, or names. */
const MOST_FILES = 1000;

/** A file that cells have left in the folder in which they ran. */
export interface IWrittenFile {
  /** Within that folder. */
  readonly path: string;
  /** Null where they did not come, or not all of them. */
  readonly bytes: Uint8Array | null;
}

/**
 * The files of a run as the process sends them after each cell, so that those of cells that
 * ended are there whatever becomes of the process. It can send anything, so the limits
 * are held here, whatever it holds itself.
 */
export class WrittenFiles {
  /** Takes the bytes of a file as they are now, in base64; null: too many. */
  add(path: string, base64: string | null): void {
    this._size -= this._bytes.get(path)?.length ?? 0;
    this._bytes.delete(path);
    const bytes = base64 === null ? null : Buffer.from(base64, 'base64');
    if (
      bytes &&
      this._bytes.size < MOST_FILES &&
      this._size + bytes.length <= MOST_FILE_BYTES
    ) {
      this._size += bytes.length;
      this._bytes.set(path, bytes);
    }
  }

  /** Those of these paths, which are there after the last cell, that can be named. */
  of(paths: readonly string[]): readonly IWrittenFile[] {
    return paths
      .filter(isTame)
      .slice(0, MOST_FILES)
      .map(path => ({ path, bytes: this._bytes.get(path) ?? null }));
  }

  private readonly _bytes = new Map<string, Uint8Array>();
  private _size = 0;
}

/** Begins as nothing that is hidden, does nothing to a terminal. */
const TAME = /^[\p{L}\p{N}_][\p{L}\p{M}\p{N}_ .,+=@()-]{0,99}$/u;

/** Whether a file may be named so, and be written below a folder of a person. */
function isTame(path: string): boolean {
  return pathProblem(path) === null && path.split('/').every(part => TAME.test(part));
}

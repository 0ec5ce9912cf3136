import { nullTranslator, type TranslationBundle } from '@jupyterlab/translation';
import { pathProblem } from '@llmos-lab/skills';
import type { IDisposable } from '@lumino/disposable';
import type { ISignal } from '@lumino/signaling';

/** Bytes of a file, in a buffer that is not shared, as IndexedDB and Blob want it. */
export type Bytes = Uint8Array<ArrayBuffer>;

/** A file or folder of a store, without its content. */
export interface IStoredEntry {
  /** Relative to the volume, without leading or trailing slash; `''` is the root. */
  readonly path: string;
  readonly kind: 'file' | 'directory';
  /** Milliseconds since 1970. */
  readonly created: number;
  /** Milliseconds since 1970. */
  readonly modified: number;
  /** Bytes; 0 for a folder, absent where the file would have to be read for it. */
  readonly size?: number;
}

/** What one operation changed, told to the other tabs. */
export type StoreChange =
  | { readonly type: 'new' | 'save' | 'delete'; readonly path: string }
  | { readonly type: 'rename'; readonly path: string; readonly from: string };

/** Last checkpoint of a file. */
export interface IStoredCheckpoint {
  readonly bytes: Bytes;
  /** Milliseconds since 1970. */
  readonly modified: number;
}

/**
 * Where a volume keeps its files. Each call is atomic: it has happened wholly or not
 * at all, also when the tab closes in the middle. Failures are `FileStoreError`.
 */
export interface IFileStore extends IDisposable {
  /** Emitted for changes made elsewhere (another tab), never for calls on this object. */
  readonly changedElsewhere: ISignal<IFileStore, StoreChange>;
  /** The entry, or undefined when there is none. */
  stat(path: string): Promise<IStoredEntry | undefined>;
  /** Entries directly in a folder, sorted by path. */
  list(directory: string): Promise<readonly IStoredEntry[]>;
  read(path: string): Promise<Bytes>;
  /** Creates or replaces a file; its folder must exist. */
  write(path: string, bytes: Bytes): Promise<IStoredEntry>;
  /** Creates a file, or fails with `exists`. Checked and written in one step. */
  create(path: string, bytes: Bytes): Promise<IStoredEntry>;
  /** Creates a folder whose parent exists. */
  makeDirectory(path: string): Promise<IStoredEntry>;
  /** Moves a file or a whole folder; the target must be free. */
  move(from: string, to: string): Promise<IStoredEntry>;
  /** Copies a file or a whole folder; the target must be free. */
  copy(from: string, to: string): Promise<IStoredEntry>;
  /** Removes a file, or a folder with all that is in it. */
  remove(path: string): Promise<void>;
  checkpoint(path: string): Promise<IStoredCheckpoint | undefined>;
  setCheckpoint(path: string): Promise<IStoredCheckpoint>;
  removeCheckpoint(path: string): Promise<void>;
}

/** Each has its sentence for people in `SENTENCES`. */
export type FileStoreErrorCode =
  | 'not-found'
  | 'exists'
  | 'not-a-directory'
  | 'is-a-directory'
  | 'bad-path'
  /** The volume lists it and has lost its content. */
  | 'lost';

/** What a store that has no translator of its own says. */
export const UNTRANSLATED = nullTranslator.load('llmos');

/** An expected failure of a store. Compare `code`; `say` gives its sentence for people. */
export class FileStoreError extends Error {
  /** @param _unfit a path of which `pathProblem` says why no history can hold it */
  constructor(
    readonly code: FileStoreErrorCode,
    readonly path: string,
    private readonly _unfit: string | null = null
  ) {
    super();
    this.name = 'FileStoreError';
    this.message = this.say(UNTRANSLATED);
  }

  say(trans: TranslationBundle): string {
    const sentence = SENTENCES[this.code](this.path, trans);
    const problem = this._unfit === null ? null : pathProblem(this._unfit, trans);
    return problem === null
      ? sentence
      : `${sentence} ${trans.__('Change its name: %1.', problem)}`;
  }
}

const SENTENCES: Record<
  FileStoreErrorCode,
  (path: string, trans: TranslationBundle) => string
> = {
  'not-found': (path, trans) => trans.__('There is no "%1" in this volume.', path),
  exists: (path, trans) => trans.__('"%1" exists already. Choose another name.', path),
  'not-a-directory': (path, trans) => trans.__('"%1" is not a folder.', path),
  'is-a-directory': (path, trans) => trans.__('"%1" is a folder, not a file.', path),
  'bad-path': (path, trans) =>
    trans.__('"%1" is not a path that a volume can hold.', path),
  lost: (path, trans) =>
    trans.__('The content of "%1" is missing from this volume.', path)
};

/** Longest path that a volume takes, in characters. */
const MAX_PATH = 1024;

/**
 * The one form of a path in a volume: no empty, `.` or `..` part, no backslash or
 * control character, so that it never leaves the volume.
 */
export function cleanPath(path: string): string {
  const parts = path.split('/').filter(part => part !== '');
  if (path.length > MAX_PATH || parts.some(isBadPart)) {
    throw new FileStoreError('bad-path', path);
  }
  return parts.join('/');
}

/** Whether something can stand at this path of a volume. */
export function isPlace(path: string): boolean {
  const parts = path.split('/');
  const isBad = (part: string): boolean =>
    part === '' || isBadPart(part) || /^\.git$/i.test(part);
  return path.length <= MAX_PATH && !parts.some(isBad);
}

function isBadPart(part: string): boolean {
  return ['.', '..', '.git'].includes(part) || /[\\\p{Cc}]/u.test(part);
}

/**
 * The path of something new, which the volume's history must be able to hold too.
 * Accents are composed, as a Mac's file names have them otherwise.
 */
export function newPath(path: string): string {
  const clean = cleanPath(path).normalize('NFC');
  if (clean !== '' && pathProblem(clean) !== null) {
    throw new FileStoreError('bad-path', path, clean);
  }
  return clean;
}

/** Whether a path is as those of new files are. */
export function isNewPath(path: string): boolean {
  return path !== '' && path === path.normalize('NFC') && pathProblem(path) === null;
}

/** The folder that holds `path`; `''` for the root. */
export function parentOf(path: string): string {
  const cut = path.lastIndexOf('/');
  return cut < 0 ? '' : path.slice(0, cut);
}

/** Last part of a path. */
export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Whether `path` is `directory` or lies in it. */
export function isWithin(path: string, directory: string): boolean {
  return directory === '' || path === directory || path.startsWith(`${directory}/`);
}

/** A volume: a Git repository that is read and written without a work tree. */

/** Who made a commit. */
export interface IAuthor {
  readonly name: string;
  readonly email: string;
  /** Seconds since 1970-01-01 UTC; commits are always written in UTC. */
  readonly time: number;
}

/** What a commit does to one file; `content: null` deletes it. */
export interface IFileChange {
  /** Relative to the volume's root, with `/`; see `checkPath`. */
  readonly path: string;
  readonly content: Uint8Array | null;
  /** Name of the blob that the content makes, where it is known: it is not hashed again. */
  readonly oid?: string;
}

/** A file or folder of a tree. */
export interface ITreeEntry {
  /** Relative to the volume's root. */
  readonly path: string;
  readonly kind: 'file' | 'folder';
  /** SHA-1 of the blob or tree, 40 hexadecimal digits. */
  readonly oid: string;
}

/** A commit as histories show it. */
export interface ILogEntry {
  /** SHA-1 of the commit. */
  readonly oid: string;
  /** No parent: the first commit. Two: a merge. */
  readonly parents: readonly string[];
  readonly tree: string;
  readonly author: IAuthor;
  readonly message: string;
}

/** Which commits a log has. */
export interface ILogRange {
  readonly from?: string;
  readonly path?: string;
  readonly limit?: number;
  readonly merged?: boolean;
}

/** One path that differs between two trees; an absent side is `null`. */
export interface IPathDiff {
  readonly path: string;
  readonly from: string | null;
  readonly to: string | null;
}

/**
 * One branch of a repository. `at` is a commit's SHA-1, by default the branch's head.
 * Three adapters pass the same contract test: memory, IndexedDB, and Git itself.
 */
export interface IVolumeStore {
  /** The branch's newest commit, or `null` in an empty volume. */
  head(): Promise<string | null>;
  /** A file's bytes, or `null` where there is none. */
  read(path: string, at?: string): Promise<Uint8Array | null>;
  /** What stands directly in a folder, sorted by path; empty where there is none. */
  list(folder?: string, at?: string): Promise<readonly ITreeEntry[]>;
  /**
   * Newest first along first parents; with `path`, only commits that changed it; with
   * `merged`, also commits that merges brought, children before parents.
   */
  log(options?: ILogRange): Promise<readonly ILogEntry[]>;
  /** Files that differ, sorted by path; `null` stands for the empty tree. */
  diff(from: string | null, to: string): Promise<readonly IPathDiff[]>;
  /**
   * Writes one commit on top of `parent` and moves the branch to it, or does nothing.
   * `others` are further parents: those of a merge, which may change no file.
   *
   * @returns the new commit's SHA-1
   * @throws VolumeError `conflict` when the branch is no longer at `parent`,
   *   `bad-path`, `not-a-folder`, `is-a-folder`, `no-such-file`, `nothing-to-commit`,
   *   and in a clone `dirty` when files that the commit changes have edits of their own
   */
  commit(
    changes: readonly IFileChange[],
    message: string,
    author: IAuthor,
    parent: string | null,
    others?: readonly string[]
  ): Promise<string>;
}

/** `dirty` and `conflict` may pass when tried again; the others will not. */
export type VolumeErrorCode =
  | 'bad-path'
  | 'conflict'
  | 'corrupt'
  | 'dirty'
  | 'forbidden'
  | 'is-a-folder'
  | 'no-such-commit'
  | 'no-such-file'
  | 'not-a-folder'
  | 'nothing-to-commit';

/** An expected fault of a store. Compare `code`; `message` is for people. */
export class VolumeError extends Error {
  constructor(
    readonly code: VolumeErrorCode,
    message: string,
    /** The files that it is about, where there are such. */
    readonly paths: readonly string[] = []
  ) {
    super(message);
    this.name = 'VolumeError';
  }
}

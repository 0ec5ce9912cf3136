import { HISTORY_DRIVE, splitDrive } from './copyToUser';

/** A file as it was in a commit; what a path lacks of it is `''`. */
export interface IAtCommit {
  readonly volume: string;
  readonly commit: string;
  /** Within the volume. */
  readonly path: string;
}

/** Contents path of a file as it was in a commit. */
export function pathAtCommit({ volume, commit, path }: IAtCommit): string {
  return `${HISTORY_DRIVE}:${volume}/${commit}/${path}`;
}

/** What {@link pathAtCommit} has put together; null for a path of another drive. */
export function readAtCommit(path: string): IAtCommit | null {
  const { drive, local } = splitDrive(path);
  return drive === HISTORY_DRIVE ? splitAtCommit(local) : null;
}

/** As {@link readAtCommit}, of a path within the drive of the history. */
export function splitAtCommit(local: string): IAtCommit {
  const [volume = '', commit = '', ...rest] = local.split('/');
  return { volume, commit, path: rest.join('/') };
}

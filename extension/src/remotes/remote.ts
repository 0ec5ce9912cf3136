import type { IMergeOptions, IMergeResult } from '../volumes/merging';
import type { VolumeRepository } from '../volumes/repository';

/** How a push or pull is watched and stopped. */
export interface ITransfer {
  /** Stops between two requests; what has arrived by then is not sent again. */
  readonly signal?: AbortSignal;
  /** Told as it goes on, in commits or objects; `total` is 0 where nobody knows it. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** How a push is made. */
export interface IPushTransfer extends ITransfer {
  /** Sends a backlog as one commit, where one commit after another would take too long. */
  readonly asOne?: boolean;
}

/** What a push came to; nothing of it is a fault of the server. */
export type PushResult =
  | { readonly kind: 'pushed'; readonly commits: number }
  | { readonly kind: 'up-to-date' }
  /** The server has commits that are not here: pull, then push again. */
  | { readonly kind: 'pull-first' }
  /** Too many to send one after another: send them as one, or export the repository. */
  | { readonly kind: 'backlog'; readonly commits: number };

/** What a pull came to; `empty` when the server has nothing yet. */
export type PullResult = IMergeResult | { readonly kind: 'empty' };

/** How a volume stands to its server, as far as the last push or pull told. */
export interface IRemoteStatus {
  /** The server's newest commit under its name here; `null` before the first contact. */
  readonly head: string | null;
  /** Commits here that the server does not have. */
  readonly ahead: number;
  /** Commits fetched from the server that are not in the branch here. */
  readonly behind: number;
}

/**
 * The counterpart of one volume on a server. Commands, status lines and the offline queue
 * know remotes by this only, so that they drive every kind. Faults of server, network and
 * token are thrown as `RemoteError`; what a person decides on is a result.
 */
export interface IRemote {
  readonly kind: 'github' | 'git';
  /** For people: `ana/volume` on GitHub, the address of any other. */
  readonly name: string;
  /** Whether a push or pull can begin, or the person must sign in first. */
  readonly isReady: boolean;
  /** Asks the person for what is missing; false when they cancel. */
  signIn?(): Promise<boolean>;
  /** Forgets the server and its secrets: what another remote does that takes its place. */
  disconnect?(): Promise<void>;
  /**
   * Fetches what others pushed without merging it, so that `status` tells of it.
   *
   * @throws RemoteError
   */
  fetch?(transfer?: ITransfer): Promise<void>;
  /**
   * Sends the branch. `pull-first` when the server has commits that are not here.
   *
   * @throws RemoteError
   */
  push(transfer?: IPushTransfer): Promise<PushResult>;
  /**
   * Fetches what others pushed (`VolumeRepository.receive`) and merges it; `merge.choose`
   * is asked about files that both sides changed.
   *
   * @throws RemoteError
   * @throws VolumeError `dirty` when files with uncommitted edits would be touched
   */
  pull(merge: IMergeOptions, transfer?: ITransfer): Promise<PullResult>;
  /** Reads what is kept here and asks nobody, so it works offline. */
  status(): Promise<IRemoteStatus>;
}

/**
 * Counts from the ref that remembers the server's branch.
 *
 * @param ref such as `refs/remotes/github/ana/volume/main`
 */
export async function remoteStatus(
  repository: Pick<VolumeRepository, 'store' | 'remoteHead'>,
  ref: string
): Promise<IRemoteStatus> {
  const { store } = repository;
  const head = await repository.remoteHead(ref);
  const [mine, theirs] = await Promise.all([
    store.log({ merged: true }),
    head === null ? [] : store.log({ merged: true, from: head })
  ]);
  const here = new Set(mine.map(({ oid }) => oid));
  const there = new Set(theirs.map(({ oid }) => oid));
  return {
    head,
    ahead: mine.filter(({ oid }) => !there.has(oid)).length,
    behind: theirs.filter(({ oid }) => !here.has(oid)).length
  };
}

import { UUID } from '@lumino/coreutils';
import { proxy } from 'comlink';

import type { GitAnswer, IGitJob, IGitRefs, INetWorker } from '../../net/protocol';
import type { IMergeOptions } from '../../volumes/merging';
import type { VolumeRepository } from '../../volumes/repository';
import type { PullResult } from '../github/pull';
import type { PushResult } from '../github/push';
import {
  remoteStatus,
  type IRemote,
  type IRemoteStatus,
  type ITransfer
} from '../remote';
import { RemoteError, remoteError } from '../remoteError';

/** The branch of volumes here, and of a server that does not say its default one. */
const MAIN = 'main';

/** What a remote of a Git server needs. */
export interface IGitRemoteOptions {
  readonly net: INetWorker;
  /** Opened with `INetWorker.openGit`. */
  readonly url: string;
  readonly repository: VolumeRepository;
}

/** A volume's counterpart on any Git server that lets pages of other sites read it. */
export class GitRemote implements IRemote {
  constructor(private readonly _options: IGitRemoteOptions) {}

  readonly kind = 'git';
  readonly isReady = true;

  get name(): string {
    return this._options.url;
  }

  async push(transfer: ITransfer = {}): Promise<PushResult> {
    const { net, url, repository } = this._options;
    const refs = await this._refs({ forPush: true }, transfer);
    const branch = refs.head ?? MAIN;
    const from = refs.branches[branch] ?? null;
    const log = await repository.store.log({ merged: true });
    const [newest] = log;
    if (!newest || newest.oid === from) {
      return { kind: 'up-to-date' };
    }
    const here = new Set(log.map(({ oid }) => oid));
    if (from !== null && !here.has(from)) {
      return { kind: 'pull-first' };
    }
    const known = Object.values(refs.branches).filter(oid => here.has(oid));
    const objects = await repository.collect(newest.oid, known);
    const sent = { branch, from, to: newest.oid, objects };
    const answer = await this._ask(transfer, (job, onProgress) =>
      net.gitPush(url, sent, { job }, onProgress)
    );
    if (!answer.ok && answer.problem.code === 'conflict') {
      return { kind: 'pull-first' };
    }
    this._open(answer);
    await repository.receive([], trackingRef(url), newest.oid);
    const commits = objects.filter(({ type }) => type === 'commit').length;
    return { kind: 'pushed', commits };
  }

  async pull(merge: IMergeOptions, transfer: ITransfer = {}): Promise<PullResult> {
    const { repository } = this._options;
    const head = await this._fetch(transfer);
    return head === null ? { kind: 'empty' } : repository.merge(head, merge);
  }

  status(): Promise<IRemoteStatus> {
    const { repository, url } = this._options;
    return remoteStatus(repository, trackingRef(url));
  }

  /** Brings what the server has, and says which commit is the newest. */
  private async _fetch(transfer: ITransfer): Promise<string | null> {
    const { net, url, repository } = this._options;
    const refs = await this._refs({}, transfer);
    const branch = refs.head ?? MAIN;
    const theirs = refs.branches[branch];
    if (theirs === undefined) {
      return null;
    }
    const ref = trackingRef(url);
    if (await repository.object(theirs)) {
      await repository.receive([], ref, theirs);
      return theirs;
    }
    const have = await repository.remoteHead(ref);
    const answer = await this._ask(transfer, (job, onProgress) =>
      net.gitFetch(url, { branch, have }, { job }, onProgress)
    );
    const { head, objects } = this._open(answer);
    await repository.receive(objects, ref, head);
    return head;
  }

  private async _refs(options: IGitJob, transfer: ITransfer): Promise<IGitRefs> {
    const { net, url } = this._options;
    const answer = await this._ask(transfer, job =>
      net.gitRefs(url, { ...options, job })
    );
    return this._open(answer);
  }

  /** Gives an exchange a name, by which the person's Stop reaches it in the worker. */
  private async _ask<T>(
    { signal, onProgress }: ITransfer,
    work: (job: string, onProgress: ITransfer['onProgress']) => Promise<T>
  ): Promise<T> {
    signal?.throwIfAborted();
    const job = UUID.uuid4();
    const stop = (): void => void this._options.net.stop(job);
    signal?.addEventListener('abort', stop);
    try {
      return await work(job, onProgress && proxy(onProgress));
    } finally {
      signal?.removeEventListener('abort', stop);
    }
  }

  private _open<T>(answer: GitAnswer<T>): T {
    if (answer.ok) {
      return answer.data;
    }
    throw answer.problem.code === 'stopped'
      ? new RemoteError('stopped', 'Stopped.')
      : remoteError(answer.problem, this.name);
  }
}

/** The ref that says where the server's branch was when it was last heard of. */
export function trackingRef(url: string): string {
  const parts = url
    .replace(/^https?:\/\//, '')
    .split('/')
    // What Git allows in the name of a ref.
    .map(part => part.replace(/[^\w-]+/g, '-'))
    .filter(part => part !== '');
  return `refs/remotes/git/${parts.join('/')}/${MAIN}`;
}

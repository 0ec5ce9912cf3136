import type { TranslationBundle } from '@jupyterlab/translation';
import { UUID } from '@lumino/coreutils';
import { proxy as proxyOf } from 'comlink';

import type { GitAnswer, IGitJob, IGitRefs, INetWorker } from '../../net/protocol';
import type { IMergeOptions } from '../../volumes/merging';
import type { VolumeRepository } from '../../volumes/repository';
import {
  remoteStatus,
  type IRemote,
  type IRemoteStatus,
  type ITransfer,
  type PullResult,
  type PushResult
} from '../remote';
import { RemoteError, remoteError, sayDetail } from '../remoteError';
import type { IGitConnection } from './connection';

/** The branch of volumes here, and of a server that does not say its default one. */
const MAIN = 'main';

/** What a remote of a Git server needs. */
export interface IGitRemoteOptions {
  readonly connection: IGitConnection;
  readonly repository: VolumeRepository;
  /** Runs when somebody first pushes or pulls, so that nobody else loads the worker. */
  readonly startNet: () => Promise<INetWorker>;
  readonly trans: TranslationBundle;
  /**
   * The password or token, asked for where it is not known; undefined when the person
   * cancels.
   *
   * @param wasRefused the server did not take the last one
   */
  readonly askPassword: (wasRefused: boolean) => Promise<string | undefined>;
  /** Forgets the connection of this volume. */
  readonly disconnect: () => Promise<void>;
}

/** A volume's counterpart on any Git server that lets pages of other sites read it. */
export class GitRemote implements IRemote {
  constructor(private readonly _options: IGitRemoteOptions) {}

  readonly kind = 'git';

  get connection(): IGitConnection {
    return this._options.connection;
  }

  get name(): string {
    return this.connection.url;
  }

  get isReady(): boolean {
    return this._net !== null;
  }

  /**
   * Connects; false when the person cancels.
   *
   * @param known the password, where it was just entered
   */
  async signIn(known?: string): Promise<boolean> {
    if (this._net) {
      return true;
    }
    const { url, user, proxy, signsIn } = this.connection;
    const asks = signsIn || this._wasRefused;
    const password =
      known ?? (asks ? await this._options.askPassword(this._wasRefused) : '');
    if (password === undefined) {
      return false;
    }
    const net = await this._options.startNet();
    const access = { url, user, password, ...(proxy !== '' && { proxy }) };
    const problem = await net.openGit(access, this._signIn);
    if (problem) {
      // Without the address: what cannot be used as one may hold a token.
      throw new RemoteError(problem.code, sayDetail(problem, this._options.trans));
    }
    this._net = net;
    return true;
  }

  /** Forgets the password in the worker. */
  async close(): Promise<void> {
    const net = this._net;
    this._net = null;
    await net?.close(this._signIn);
  }

  disconnect(): Promise<void> {
    return this._options.disconnect();
  }

  /** Whether the server is there and lets this person read. */
  async check(transfer: ITransfer = {}): Promise<void> {
    await this._refs({}, transfer);
  }

  /** Fetches without merging. */
  async fetch(transfer: ITransfer = {}): Promise<void> {
    await this._fetch(transfer);
  }

  async push(transfer: ITransfer = {}): Promise<PushResult> {
    const { repository } = this._options;
    const refs = await this._refs({ forPush: true }, transfer);
    const branch = refs.head ?? MAIN;
    const from = refs.branches[branch] ?? null;
    const log = await repository.store.log({ merged: true });
    const [newest] = log;
    if (!newest || newest.oid === from) {
      if (from !== null) {
        // Pushed by hand or by another page, or nobody heard that it had arrived.
        await repository.receive([], trackingRef(this.name), from);
      }
      return { kind: 'up-to-date' };
    }
    const here = new Set(log.map(({ oid }) => oid));
    if (from !== null && !here.has(from)) {
      return { kind: 'pull-first' };
    }
    const known = Object.values(refs.branches).filter(oid => here.has(oid));
    const objects = await repository.collect(newest.oid, known);
    const sent = { branch, from, to: newest.oid, objects };
    const answer = await this._ask(transfer, (net, job, onProgress) =>
      net.gitPush(this._signIn, sent, { job }, onProgress)
    );
    if (!answer.ok && answer.problem.code === 'conflict') {
      return { kind: 'pull-first' };
    }
    this._open(answer);
    await repository.receive([], trackingRef(this.name), newest.oid);
    const commits = objects.filter(({ type }) => type === 'commit').length;
    return { kind: 'pushed', commits };
  }

  async pull(merge: IMergeOptions, transfer: ITransfer = {}): Promise<PullResult> {
    const { repository } = this._options;
    const head = await this._fetch(transfer);
    return head === null ? { kind: 'empty' } : repository.merge(head, merge);
  }

  status(): Promise<IRemoteStatus> {
    return remoteStatus(this._options.repository, trackingRef(this.name));
  }

  /** Brings what the server has, and says which commit is the newest. */
  private async _fetch(transfer: ITransfer): Promise<string | null> {
    const { repository } = this._options;
    const refs = await this._refs({}, transfer);
    const branch = refs.head ?? MAIN;
    const theirs = refs.branches[branch];
    if (theirs === undefined) {
      return null;
    }
    const ref = trackingRef(this.name);
    if (await repository.object(theirs)) {
      await repository.receive([], ref, theirs);
      return theirs;
    }
    const have = await repository.remoteHead(ref);
    const answer = await this._ask(transfer, (net, job, onProgress) =>
      net.gitFetch(this._signIn, { branch, have }, { job }, onProgress)
    );
    const { head, objects } = this._open(answer);
    await repository.receive(objects, ref, head);
    return head;
  }

  private async _refs(options: IGitJob, transfer: ITransfer): Promise<IGitRefs> {
    const answer = await this._ask(transfer, (net, job) =>
      net.gitRefs(this._signIn, { ...options, job })
    );
    return this._open(answer);
  }

  /** Gives an exchange a name, by which the person's Stop reaches it in the worker. */
  private async _ask<T>(
    { signal, onProgress }: ITransfer,
    work: (
      net: INetWorker,
      job: string,
      onProgress: ITransfer['onProgress']
    ) => Promise<GitAnswer<T>>
  ): Promise<GitAnswer<T>> {
    const net = this._net;
    if (!net) {
      throw new RemoteError(
        'not-open',
        this._options.trans.__('Sign in to %1 first.', this.name)
      );
    }
    signal?.throwIfAborted();
    const job = UUID.uuid4();
    const stop = (): void => void net.stop(job);
    signal?.addEventListener('abort', stop);
    try {
      const answer = await work(net, job, onProgress && proxyOf(onProgress));
      const problem = answer.ok ? undefined : answer.problem.code;
      if (problem === 'unauthorized' || problem === 'not-open') {
        this._wasRefused = problem === 'unauthorized';
        await this.close();
      }
      return answer;
    } finally {
      signal?.removeEventListener('abort', stop);
    }
  }

  private _open<T>(answer: GitAnswer<T>): T {
    if (answer.ok) {
      this._wasRefused = false;
      return answer.data;
    }
    const { problem } = answer;
    const { trans } = this._options;
    if (problem.code === 'stopped') {
      throw new RemoteError('stopped', trans.__('Stopped.'));
    }
    if (problem.code === 'unauthorized') {
      throw new RemoteError(
        'unauthorized',
        trans.__('%1 does not take this name with this password or token.', this.name)
      );
    }
    throw remoteError(problem, this.name, trans);
  }

  private _net: INetWorker | null = null;
  /** Of this sign-in in `net.worker`: another one may go to the same address. */
  private readonly _signIn = UUID.uuid4();
  private _wasRefused = false;
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

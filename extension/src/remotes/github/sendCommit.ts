import {
  decodeTree,
  encodeBase64,
  VolumeError,
  type IGitObject,
  type IGitTreeItem
} from '@llmos-lab/skills';

import { RemoteError } from '../remoteError';
import { placeOf } from './branch';
import { unless, type IGithubAnswer } from './client';
import { toGithubCommit } from './commitText';
import type { CommitNames } from './names';
import type { IRemoteVolume } from './push';
import { treeChanges, type ITreeChange } from './treeChanges';

/** Git's empty tree, which every repository has without its being sent. */
const EMPTY_TREE = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';
/** Objects of a commit beside its files, for progress: trees inside count with the root. */
const COMMIT_AND_TREE = 2;
/** Text up to this size travels in the call that makes the tree, in bytes. */
const MAX_INLINE = 256 * 1024;
/** All inline text of one call, in bytes; the rest is sent one by one. */
const MAX_TREE = 4 * 1024 * 1024;

/** Makes commits of a volume on the server: two requests each, where files are text. */
export class CommitSender {
  constructor(
    private readonly _volume: IRemoteVolume,
    private readonly _names: CommitNames
  ) {}

  /** Counts a commit that is going to be sent, so that progress knows the whole. */
  async expect(local: string, parent?: string | null): Promise<void> {
    const { base, tree } = await this._trees(local, parent);
    const changes = await treeChanges(base, tree, oid => this._items(oid));
    this._total += changes.length + COMMIT_AND_TREE;
    this._tell(0);
  }

  /** Whether a commit has arrived. */
  async has(local: string): Promise<boolean> {
    const sha = this._names.toServer(local);
    const found = await unless(
      ['not-found', 'conflict'],
      this._volume.client.ask('GET /repos/{owner}/{repo}/git/commits/{sha}', {
        ...placeOf(this._volume.place),
        sha
      })
    );
    return found !== null;
  }

  /**
   * Sends a commit whose parents are there, and says what the server names it.
   *
   * @param instead another parent and message, for one commit in place of many
   */
  async send(
    local: string,
    instead?: { readonly parent: string | null; readonly message: string }
  ): Promise<string> {
    const commit = toGithubCommit((await this._object(local)).body);
    const { base, tree } = await this._trees(local, instead?.parent);
    await this._sendTree(base, tree);
    const parents = instead
      ? [instead.parent].filter(parent => parent !== null)
      : commit.parents;
    const { data } = await this._post('commits', {
      ...commit,
      ...(instead && { message: instead.message }),
      parents: parents.map(oid => this._names.toServer(oid))
    });
    this._tell(1);
    return this._volume.client.text(data, 'sha');
  }

  /** What a commit starts from and what it makes; by default from its first parent. */
  private async _trees(
    local: string,
    from?: string | null
  ): Promise<{ readonly base: string | null; readonly tree: string }> {
    const { tree, parents } = toGithubCommit((await this._object(local)).body);
    const parent = from === undefined ? parents[0] : (from ?? undefined);
    const base =
      parent === undefined
        ? null
        : toGithubCommit((await this._object(parent)).body).tree;
    return { base: base === EMPTY_TREE ? null : base, tree };
  }

  private async _sendTree(base: string | null, tree: string): Promise<void> {
    const changes = await treeChanges(base, tree, oid => this._items(oid));
    if (changes.length === 0 || tree === EMPTY_TREE) {
      this._tell(changes.length + 1);
      return;
    }
    const entries: object[] = [];
    let room = MAX_TREE;
    for (const change of changes) {
      const entry = await this._entry(change, room);
      room -= 'content' in entry ? entry.content.length : 0;
      entries.push(entry);
      this._tell(1);
    }
    const { data } = await this._post('trees', {
      tree: entries,
      ...(base !== null && { base_tree: base })
    });
    if (this._volume.client.text(data, 'sha') !== tree) {
      throw new RemoteError(
        'unexpected',
        this._volume.client.trans.__(
          'The server made another tree than %1. Nothing was changed there; export the repository and push it with git.',
          tree
        )
      );
    }
    this._tell(1);
  }

  private async _entry(
    { path, mode, oid }: ITreeChange,
    room: number
  ): Promise<{ readonly sha: string | null } | { readonly content: string }> {
    const fixed = { path, mode, type: mode === '160000' ? 'commit' : 'blob' };
    // A submodule is only a name.
    if (oid === null || mode === '160000') {
      return { ...fixed, sha: oid };
    }
    const { body } = await this._object(oid);
    const content =
      body.length <= Math.min(MAX_INLINE, room) ? plainText(body) : undefined;
    if (content !== undefined) {
      return { ...fixed, content };
    }
    const { data } = await this._post('blobs', {
      content: encodeBase64(body),
      encoding: 'base64'
    });
    return { ...fixed, sha: this._volume.client.text(data, 'sha') };
  }

  private async _post(kind: string, parameters: object): Promise<IGithubAnswer> {
    const { client, place, signal } = this._volume;
    signal?.throwIfAborted();
    return client.ask(`POST /repos/{owner}/{repo}/git/${kind}`, {
      ...placeOf(place),
      ...parameters
    });
  }

  private async _items(oid: string): Promise<readonly IGitTreeItem[]> {
    return decodeTree((await this._object(oid)).body);
  }

  private async _object(oid: string): Promise<IGitObject> {
    const object = await this._volume.repository.object(oid);
    if (!object) {
      const { trans } = this._volume.client;
      throw new VolumeError('corrupt', trans.__('The object %1 is missing.', oid));
    }
    return object;
  }

  private _tell(objects: number): void {
    this._done += objects;
    this._volume.onProgress?.(this._done, this._total);
  }

  private _done = 0;
  private _total = 0;
}

/**
 * The text that gives these bytes again, if there is one. An empty file has none: the
 * server takes an empty text for a missing one.
 */
function plainText(body: Uint8Array): string | undefined {
  if (body.length === 0 || body.includes(0)) {
    return undefined;
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
  } catch {
    // Not UTF-8: it is sent as bytes.
    return undefined;
  }
}

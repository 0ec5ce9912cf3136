import {
  decodeTree,
  encodeBase64,
  VolumeError,
  type IGitObject,
  type IGitTreeItem
} from '@llmos-lab/skills';

import type { VolumeRepository } from '../../volumes/repository';
import { RemoteError } from '../remoteError';
import { placeOf } from './branch';
import { text, unless, type GithubClient, type IGithubPlace } from './client';
import { toGithubCommit } from './commitText';
import type { CommitNames } from './names';
import { treeChanges, type ITreeChange } from './treeChanges';

/** Git's empty tree, which every repository has without its being sent. */
const EMPTY_TREE = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';
/** Text up to this size travels in the call that makes the tree, in bytes. */
const MAX_INLINE = 256 * 1024;
/** All inline text of one call, in bytes; the rest is sent one by one. */
const MAX_TREE = 4 * 1024 * 1024;

/** Makes commits of a volume on the server: two requests each, where files are text. */
export class CommitSender {
  constructor(
    private readonly _client: GithubClient,
    private readonly _place: IGithubPlace,
    private readonly _repository: VolumeRepository,
    private readonly _names: CommitNames
  ) {}

  /** Whether a commit has arrived. */
  async has(local: string): Promise<boolean> {
    const sha = this._names.toServer(local);
    const found = await unless(
      ['not-found', 'conflict'],
      this._client.ask('GET /repos/{owner}/{repo}/git/commits/{sha}', {
        ...placeOf(this._place),
        sha
      })
    );
    return found !== null;
  }

  /** Sends a commit whose parents are there, and says what the server names it. */
  async send(local: string): Promise<string> {
    const commit = toGithubCommit((await this._object(local)).body);
    const [parent] = commit.parents;
    const base =
      parent === undefined
        ? null
        : toGithubCommit((await this._object(parent)).body).tree;
    await this._sendTree(base === EMPTY_TREE ? null : base, commit.tree);
    const { data } = await this._post('commits', {
      ...commit,
      parents: commit.parents.map(oid => this._names.toServer(oid))
    });
    return text(data, 'sha');
  }

  private async _sendTree(base: string | null, tree: string): Promise<void> {
    const changes = await treeChanges(base, tree, oid => this._items(oid));
    if (changes.length === 0 || tree === EMPTY_TREE) {
      return;
    }
    const entries: object[] = [];
    let room = MAX_TREE;
    for (const change of changes) {
      const entry = await this._entry(change, room);
      room -= 'content' in entry ? entry.content.length : 0;
      entries.push(entry);
    }
    const { data } = await this._post('trees', {
      tree: entries,
      ...(base !== null && { base_tree: base })
    });
    if (text(data, 'sha') !== tree) {
      throw new RemoteError(
        'unexpected',
        `The server made another tree than ${tree}. Nothing was changed there; export ` +
          'the repository and push it with git.'
      );
    }
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
    return { ...fixed, sha: text(data, 'sha') };
  }

  private _post(kind: string, parameters: object): ReturnType<GithubClient['ask']> {
    return this._client.ask(`POST /repos/{owner}/{repo}/git/${kind}`, {
      ...placeOf(this._place),
      ...parameters
    });
  }

  private async _items(oid: string): Promise<readonly IGitTreeItem[]> {
    return decodeTree((await this._object(oid)).body);
  }

  private async _object(oid: string): Promise<IGitObject> {
    const object = await this._repository.object(oid);
    if (!object) {
      throw new VolumeError('corrupt', `The object ${oid} is missing.`);
    }
    return object;
  }
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

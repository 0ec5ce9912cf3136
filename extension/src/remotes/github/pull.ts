import type { TranslationBundle } from '@jupyterlab/translation';
import {
  decodeBase64,
  encodeTree,
  nameObject,
  type IGitTreeItem,
  type INamedObject
} from '@llmos-lab/skills';

import type { IMergeOptions } from '../../volumes/merging';
import { sha1 } from '../../volumes/objectDatabase';
import type { PullResult } from '../remote';
import { RemoteError } from '../remoteError';
import { placeOf, readBranch } from './branch';
import { placeRef } from './client';
import { readListed, rebuildCommit, writeCommit, type IReadCommit } from './commitText';
import { CommitNames } from './names';
import { track, trackingRef, type IRemoteVolume } from './push';

/**
 * Fetches what the server has and this volume lacks, and merges it; conflicts are asked
 * about as in any merge. What was fetched stays, so a pull that failed goes on.
 *
 * @throws RemoteError
 */
export async function pullVolume(
  volume: IRemoteVolume,
  options: IMergeOptions
): Promise<PullResult> {
  const head = await fetchVolume(volume);
  return head === null ? { kind: 'empty' } : volume.repository.merge(head, options);
}

/**
 * Brings the server's commits here and says which is the newest, under its name here.
 *
 * @throws RemoteError
 */
export async function fetchVolume(volume: IRemoteVolume): Promise<string | null> {
  const { client, place, repository, signal } = volume;
  const where = placeRef(client.server, place);
  const names = await CommitNames.open(repository, where);
  const branch = await readBranch(client, place);
  if (branch.head === null) {
    return null;
  }
  const missing = await missingCommits(volume, names, branch.head);
  const ref = trackingRef(where, branch.name);
  const count = new Count(volume);
  count.expect(missing.length);
  for (const [server, commit] of missing) {
    signal?.throwIfAborted();
    await receiveCommit(volume, names, server, commit, { ref, count });
    count.arrived();
  }
  const head = names.toLocal(branch.head);
  await track(repository, where, branch.name, head);
  return head;
}

/** Commits of one request, the most that GitHub gives. */
const PAGE = 100;
/** Files that are kept together, before the commit that they are of is whole. */
const BATCH = 100;

/** Commits that are not here, parents first: then each arrives whole, in its turn. */
async function missingCommits(
  { client, place, repository, signal }: IRemoteVolume,
  names: CommitNames,
  head: string
): Promise<readonly (readonly [string, IReadCommit])[]> {
  const listed = new Map<string, IReadCommit>();
  const found = new Map<string, IReadCommit>();
  const order: string[] = [];
  const open = [{ oid: head, isDone: false }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { oid } = next;
    if (next.isDone) {
      order.push(oid);
    } else if (!found.has(oid) && !(await repository.object(names.toLocal(oid)))) {
      signal?.throwIfAborted();
      if (!listed.has(oid)) {
        // Many at once: one by one the server's hourly limit would end a long history.
        const page = { ...placeOf(place), sha: oid, per_page: PAGE };
        const { data } = await client.ask('GET /repos/{owner}/{repo}/commits', page);
        const items: readonly unknown[] = Array.isArray(data) ? data : [];
        items
          .map(item => readListed(client, item))
          .forEach(([name, each]) => listed.set(name, each));
      }
      const commit = listed.get(oid);
      if (!commit) {
        const message = client.trans.__('The server did not list commit %1.', oid);
        throw new RemoteError('unexpected', message);
      }
      found.set(oid, commit);
      open.push({ oid, isDone: true });
      open.push(...commit.parents.map(parent => ({ oid: parent, isDone: false })));
    }
  }
  return order.flatMap(oid => {
    const commit = found.get(oid);
    return commit ? [[oid, commit] as const] : [];
  });
}

async function receiveCommit(
  volume: IRemoteVolume,
  names: CommitNames,
  server: string,
  commit: IReadCommit,
  { ref, count }: { readonly ref: string; readonly count: Count }
): Promise<void> {
  const parents = commit.parents.map(parent => names.toLocal(parent));
  const isPlain = parents.every((parent, at) => parent === commit.parents[at]);
  const exact = isPlain ? await rebuildCommit(commit, server) : null;
  const body = exact ?? writeCommit({ ...commit, parents });
  const named = await nameObject({ type: 'commit', body }, sha1);
  const blobs = new Blobs(volume);
  let trees: readonly INamedObject[];
  try {
    trees = await fetchTree(volume, commit.tree, { count, blobs });
  } finally {
    // Also what has come before a failure, so that the next attempt need not ask for it.
    await blobs.keep();
  }
  await volume.repository.receive([...trees, named], ref, named.oid);
  await names.join(named.oid, server);
}

/** Trees with all that is in them, as far as it is not here; files go to `blobs`. */
async function fetchTree(
  volume: IRemoteVolume,
  oid: string,
  arriving: { readonly count: Count; readonly blobs: Blobs }
): Promise<readonly INamedObject[]> {
  const { count, blobs } = arriving;
  const { client, place, repository, signal } = volume;
  if (await repository.object(oid)) {
    return [];
  }
  const items = await readItems(volume, oid);
  const inside = await Promise.all(
    items.map(async ({ mode, oid: item }): Promise<readonly INamedObject[]> => {
      if (mode === '40000') {
        return fetchTree(volume, item, arriving);
      }
      // A submodule is only a name.
      if (mode === '160000' || (await repository.object(item))) {
        return [];
      }
      signal?.throwIfAborted();
      count.expect(1);
      const { data } = await client.ask('GET /repos/{owner}/{repo}/git/blobs/{sha}', {
        ...placeOf(place),
        sha: item
      });
      const content = client.text(data, 'content').replace(/\s/g, '');
      count.arrived();
      await blobs.add({ oid: item, type: 'blob', body: decodeBase64(content) });
      return [];
    })
  );
  return [...inside.flat(), { oid, ...encodeTree(items) }];
}

/** Keeps files as they arrive, so that a pull which fails in a large commit goes on. */
class Blobs {
  constructor(private readonly _volume: IRemoteVolume) {}

  async add(blob: INamedObject): Promise<void> {
    this._waiting.push(blob);
    if (this._waiting.length >= BATCH) {
      await this.keep();
    }
  }

  /** Resolves when all that was added is kept. */
  keep(): Promise<void> {
    this._kept = this._kept.then(() => this._keep());
    return this._kept;
  }

  private async _keep(): Promise<void> {
    const { client, place, repository } = this._volume;
    const blobs = this._waiting.splice(0);
    const last = blobs.at(-1);
    if (last) {
      const ref = `refs/llmos/arriving/${placeRef(client.server, place)}`;
      await repository.receive(blobs, ref, last.oid);
    }
  }

  private readonly _waiting: INamedObject[] = [];
  private _kept: Promise<void> = Promise.resolve();
}

/** Objects that have arrived, of those known of: trees tell of more as they come. */
class Count {
  constructor(private readonly _volume: Pick<IRemoteVolume, 'onProgress'>) {}

  expect(objects: number): void {
    this._total += objects;
    this._tell();
  }

  arrived(): void {
    this._done += 1;
    this._tell();
  }

  private _tell(): void {
    this._volume.onProgress?.(this._done, this._total);
  }

  private _done = 0;
  private _total = 0;
}

async function readItems(
  { client, place }: IRemoteVolume,
  oid: string
): Promise<readonly IGitTreeItem[]> {
  const { data } = await client.ask('GET /repos/{owner}/{repo}/git/trees/{sha}', {
    ...placeOf(place),
    sha: oid
  });
  return client.list(data, 'tree').map(item => ({
    mode: modeOf(client.text(item, 'mode'), client.trans),
    name: client.text(item, 'path'),
    oid: client.text(item, 'sha')
  }));
}

function modeOf(mode: string, trans: TranslationBundle): IGitTreeItem['mode'] {
  switch (mode) {
    case '100644':
    case '100755':
    case '120000':
    case '160000':
      return mode;
    case '040000':
      return '40000';
    default:
      throw new RemoteError(
        'unexpected',
        trans.__('The server has a file of the unknown mode "%1".', mode)
      );
  }
}

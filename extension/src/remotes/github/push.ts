import type { ILogEntry } from '@llmos-lab/skills';

import type { PushResult } from '../remote';
import { RemoteError } from '../remoteError';
import type { VolumeRepository } from '../../volumes/repository';
import {
  moveBranch,
  placeOf,
  readBranch,
  seedBranch,
  type IGithubBranch
} from './branch';
import { bundleMessage } from './bundleMessage';
import { placeRef, unless, type GithubClient, type IGithubPlace } from './client';
import { CommitNames } from './names';
import { CommitSender } from './sendCommit';

/** Above this, sending would take minutes at one write a second. */
export const MAX_BACKLOG = 100;

/** What stands on both sides of a push or pull. */
export interface IRemoteVolume {
  readonly client: GithubClient;
  readonly place: IGithubPlace;
  readonly repository: VolumeRepository;
  /** Stops between two requests; what was sent is not sent again next time. */
  readonly signal?: AbortSignal;
  /** Told of objects: commits, trees and files, as far as they are known of. */
  readonly onProgress?: (done: number, total: number) => void;
  /** For a push: sends a backlog as one commit, which stands for all of them there. */
  readonly asOne?: boolean;
}

/**
 * The ref that says where the server's branch was when it was last heard of.
 *
 * @param place as `placeRef` names it
 */
export function trackingRef(place: string, branch: string): string {
  return `refs/remotes/github/${place}/${branch}`;
}

/** Remembers where the server's branch is, and no more of one that was its default before. */
export async function track(
  repository: VolumeRepository,
  place: string,
  branch: string,
  head: string
): Promise<void> {
  const ref = trackingRef(place, branch);
  await repository.receive([], ref, head);
  await repository.keepRef(trackingRef(place, ''), ref);
}

/**
 * Sends the commits that the server does not have, under the hashes that they have here.
 * After a failure it goes on where it stopped: commits that arrived are remembered.
 *
 * @throws RemoteError
 */
export async function pushVolume(volume: IRemoteVolume): Promise<PushResult> {
  const { client, place, repository, asOne = false } = volume;
  const where = placeRef(client.server, place);
  const names = await CommitNames.open(repository, where);
  const branch = await readBranch(client, place);
  const known = branch.head === null ? null : names.toLocal(branch.head);
  const log = await repository.store.log({ merged: true });
  const [newest] = log;
  if (!newest || newest.oid === known) {
    if (known !== null && newest) {
      // Pushed by hand or by another page, or nobody heard that it had arrived.
      await track(repository, where, branch.name, known);
    }
    return { kind: 'up-to-date' };
  }
  if (known !== null && !log.some(({ oid }) => oid === known)) {
    return { kind: 'pull-first' };
  }
  const backlog = commitsSince(log, known === null ? [] : [known]);
  if (backlog.length > MAX_BACKLOG && !asOne) {
    return { kind: 'backlog', commits: backlog.length };
  }
  const ready =
    known === null && branch.seed === null && (await isEmpty(client, place))
      ? await seedBranch(client, place, branch)
      : branch;
  const isBundle = asOne && backlog.length > 1;
  const sent = await (isBundle
    ? sendBundle(volume, names, { backlog, known, branch: ready })
    : sendAll(volume, names, { backlog, branch: ready }));
  if (!sent || !(await advance(volume, sent, names.toServer(newest.oid)))) {
    return { kind: 'pull-first' };
  }
  await track(repository, where, branch.name, newest.oid);
  return { kind: 'pushed', commits: backlog.length };
}

/** A repository without any commit, of which not even a blob can be made. */
async function isEmpty(client: GithubClient, place: IGithubPlace): Promise<boolean> {
  const refs = await unless(
    ['conflict', 'not-found'],
    client.ask('GET /repos/{owner}/{repo}/git/matching-refs/{ref}', {
      ...placeOf(place),
      ref: 'heads/'
    })
  );
  return refs === null || (Array.isArray(refs.data) && refs.data.length === 0);
}

interface ISending {
  readonly backlog: readonly ILogEntry[];
  readonly branch: IGithubBranch;
}

/** @returns the branch as it is then; null when others were first */
async function sendAll(
  volume: IRemoteVolume,
  names: CommitNames,
  { backlog, branch }: ISending
): Promise<IGithubBranch | null> {
  const { client, place, repository } = volume;
  const ref = `refs/llmos/sent/${placeRef(client.server, place)}`;
  const sender = new CommitSender(volume, names);
  const sent = await repository.remoteHead(ref);
  const isThere =
    sent !== null &&
    backlog.some(({ oid }) => oid === sent) &&
    (await sender.has(sent));
  const rest = isThere ? commitsSince([...backlog].reverse(), [sent]) : backlog;
  for (const { oid } of rest) {
    await sender.expect(oid);
  }
  let now: IGithubBranch | null = branch;
  for (const { oid } of rest) {
    await names.join(oid, await sender.send(oid));
    await repository.receive([], ref, oid);
    if (now.seed !== null) {
      // At once, not minutes later: from here on the server refuses what loses a commit.
      now = await advance(volume, now, names.toServer(oid));
    }
    if (now === null) {
      return null;
    }
  }
  return now;
}

/** One commit with the files of the newest, known here under that one's name. */
async function sendBundle(
  volume: IRemoteVolume,
  names: CommitNames,
  { backlog, known, branch }: ISending & { readonly known: string | null }
): Promise<IGithubBranch> {
  const newest = backlog.at(-1);
  if (newest) {
    const sender = new CommitSender(volume, names);
    await sender.expect(newest.oid, known);
    const message = bundleMessage(backlog);
    const server = await sender.send(newest.oid, { parent: known, message });
    await names.join(newest.oid, server);
  }
  return branch;
}

/**
 * Moves the branch. The commit that prepared it is replaced by force, and so only where
 * it still stands at this moment.
 *
 * @returns the branch as it is then; null when others were first
 */
async function advance(
  { client, place }: IRemoteVolume,
  branch: IGithubBranch,
  server: string
): Promise<IGithubBranch | null> {
  if (branch.seed !== null) {
    const { seed } = await readBranch(client, place);
    if (seed !== branch.seed) {
      return null;
    }
  }
  if (branch.head === server) {
    return branch;
  }
  try {
    await moveBranch(client, place, branch, server);
  } catch (error) {
    const now = await readBranch(client, place);
    if (
      error instanceof RemoteError &&
      error.code === 'refused' &&
      now.head !== branch.head
    ) {
      return null;
    }
    throw error;
  }
  return { name: branch.name, head: server, seed: null };
}

/**
 * Entries that are no ancestors of `known`, parents first.
 *
 * @param log children before parents
 */
function commitsSince(
  log: readonly ILogEntry[],
  known: readonly string[]
): readonly ILogEntry[] {
  const excluded = new Set(known);
  const rest: ILogEntry[] = [];
  for (const entry of log) {
    if (excluded.has(entry.oid)) {
      entry.parents.forEach(parent => excluded.add(parent));
    } else {
      rest.push(entry);
    }
  }
  return rest.reverse();
}

import type { ILogEntry } from '@llmos-lab/skills';

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

/** What a push came to; nothing of it is a fault of the server. */
export type PushResult =
  | { readonly kind: 'pushed'; readonly commits: number }
  | { readonly kind: 'up-to-date' }
  /** The server has commits that are not here: pull, then push again. */
  | { readonly kind: 'pull-first' }
  /** More than {@link MAX_BACKLOG}: send them as one, or export the repository. */
  | { readonly kind: 'backlog'; readonly commits: number };

/**
 * The ref that says where the server's branch was when it was last heard of.
 *
 * @param place as `placeRef` names it
 */
export function trackingRef(place: string, branch: string): string {
  return `refs/remotes/github/${place}/${branch}`;
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
  await (isBundle
    ? sendBundle(volume, names, { backlog, known })
    : sendAll(volume, names, backlog));
  return finish(volume, ready, newest.oid, names.toServer(newest.oid), backlog.length);
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

async function sendAll(
  volume: IRemoteVolume,
  names: CommitNames,
  backlog: readonly ILogEntry[]
): Promise<void> {
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
  for (const { oid } of rest) {
    await names.join(oid, await sender.send(oid));
    await repository.receive([], ref, oid);
  }
}

/** One commit with the files of the newest, known here under that one's name. */
async function sendBundle(
  volume: IRemoteVolume,
  names: CommitNames,
  {
    backlog,
    known
  }: { readonly backlog: readonly ILogEntry[]; readonly known: string | null }
): Promise<void> {
  const newest = backlog.at(-1);
  if (newest) {
    const sender = new CommitSender(volume, names);
    await sender.expect(newest.oid, known);
    const message = bundleMessage(backlog);
    const server = await sender.send(newest.oid, { parent: known, message });
    await names.join(newest.oid, server);
  }
}

async function finish(
  { client, place, repository }: IRemoteVolume,
  branch: IGithubBranch,
  local: string,
  server: string,
  commits: number
): Promise<PushResult> {
  try {
    await moveBranch(client, place, branch, server);
  } catch (error) {
    const now = await readBranch(client, place);
    if (
      error instanceof RemoteError &&
      error.code === 'refused' &&
      now.head !== branch.head
    ) {
      return { kind: 'pull-first' };
    }
    throw error;
  }
  const where = placeRef(client.server, place);
  await repository.receive([], trackingRef(where, branch.name), local);
  return { kind: 'pushed', commits };
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

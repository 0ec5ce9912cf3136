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
import { unless, type GithubClient, type IGithubPlace } from './client';
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
  /** Told after each commit. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** What a push came to; nothing of it is a fault of the server. */
export type PushResult =
  | { readonly kind: 'pushed'; readonly commits: number }
  | { readonly kind: 'up-to-date' }
  /** The server has commits that are not here: pull, then push again. */
  | { readonly kind: 'pull-first' }
  /** More than {@link MAX_BACKLOG}: send them as one, or export the repository. */
  | { readonly kind: 'backlog'; readonly commits: number };

/** The ref that says where the server's branch was when it was last heard of. */
export function trackingRef({ owner, name }: IGithubPlace, branch: string): string {
  return `refs/remotes/github/${owner}/${name}/${branch}`;
}

/**
 * Sends the commits that the server does not have, under the hashes that they have here.
 * After a failure it goes on where it stopped: commits that arrived are remembered.
 *
 * @throws RemoteError
 */
export async function pushVolume(volume: IRemoteVolume): Promise<PushResult> {
  const { client, place, repository } = volume;
  const names = await CommitNames.open(repository, place);
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
  if (backlog.length > MAX_BACKLOG) {
    return { kind: 'backlog', commits: backlog.length };
  }
  const ready =
    known === null && branch.seed === null && (await isEmpty(client, place))
      ? await seedBranch(client, place, branch)
      : branch;
  await sendAll(volume, names, backlog);
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
  { client, place, repository, signal, onProgress }: IRemoteVolume,
  names: CommitNames,
  backlog: readonly ILogEntry[]
): Promise<void> {
  const ref = `refs/llmos/sent/${place.owner}/${place.name}`;
  const sender = new CommitSender(client, place, repository, names);
  const sent = await repository.remoteHead(ref);
  const isThere =
    sent !== null &&
    backlog.some(({ oid }) => oid === sent) &&
    (await sender.has(sent));
  const rest = isThere ? commitsSince([...backlog].reverse(), [sent]) : backlog;
  let done = backlog.length - rest.length;
  for (const { oid } of rest) {
    signal?.throwIfAborted();
    await names.join(oid, await sender.send(oid));
    await repository.receive([], ref, oid);
    done += 1;
    onProgress?.(done, backlog.length);
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
  await repository.receive([], trackingRef(place, branch.name), local);
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

import {
  mergeBase,
  openObjectStore,
  planMerge,
  resolveMerge,
  VolumeError,
  type IAuthor,
  type IFileChange,
  type ILogEntry,
  type IMergePlan,
  type IPathDiff,
  type IVolumeStore,
  type MergeChoice
} from '@llmos-lab/skills';

import { blobAt, blobName } from './blobs';
import { MAIN } from './branchNames';
import { checkOut, requireClean } from './checkOut';
import type { VolumeConnection } from './connection';
import type { StoreChange } from './fileStore';
import { objectDatabase, sha1 } from './objectDatabase';

/** How to merge another commit into the branch. */
export interface IMergeOptions {
  readonly author: IAuthor;
  /** First line of the merge's message, such as `Merge from GitHub`. */
  readonly message: string;
  /** Asks which versions to keep; `null` gives up, and nothing has changed. */
  readonly choose: (
    plan: IMergePlan
  ) => Promise<ReadonlyMap<string, MergeChoice> | null>;
}

/** What a merge came to. */
export interface IMergeResult {
  readonly kind: 'up-to-date' | 'forward' | 'merged' | 'cancelled';
  /** Where the branch is now. */
  readonly oid: string | null;
  readonly changes: readonly StoreChange[];
}

/** Lets one tab write at a time. Not while a person chooses: others must not wait for that. */
export type Exclusively = <T>(work: () => Promise<T>) => Promise<T>;

/**
 * Takes a commit whose objects are there into the branch and its files, all in one
 * transaction. A commit that comes between is merged with, instead of being lost; what a
 * person chose is asked again only where files are in conflict that were not.
 *
 * @throws VolumeError `dirty` when the merge would touch files that are not committed
 */
export async function mergeCommit(
  connection: VolumeConnection,
  theirs: string,
  options: IMergeOptions,
  exclusively: Exclusively
): Promise<IMergeResult> {
  const remembering = { ...options, choose: rememberChoices(options.choose) };
  for (;;) {
    const result = await tryMerge(connection, theirs, remembering, exclusively);
    if (result) {
      return result;
    }
  }
}

function rememberChoices(choose: IMergeOptions['choose']): IMergeOptions['choose'] {
  let asked = '';
  let answer: Awaited<ReturnType<typeof choose>> = null;
  return async plan => {
    const conflicts = JSON.stringify(plan.conflicts);
    if (conflicts !== asked) {
      answer = await choose(plan);
      asked = conflicts;
    }
    return answer;
  };
}

/** @returns `null` when the branch moved meanwhile */
async function tryMerge(
  connection: VolumeConnection,
  theirs: string,
  options: IMergeOptions,
  exclusively: Exclusively
): Promise<IMergeResult | null> {
  const database = objectDatabase(connection);
  const reader = openObjectStore({ database, hash: sha1 });
  const entries = await database.logEntries();
  const mine = await reader.head();
  const base = mine === null ? null : mergeBase(entries, mine, theirs);
  if (mine !== null && base === theirs) {
    return { kind: 'up-to-date', oid: mine, changes: [] };
  }
  if (mine === null || base === mine) {
    const log = entries.find(({ oid }) => oid === theirs);
    return log
      ? exclusively(() => forward(connection, mine, log))
      : missing(connection, theirs);
  }
  const plan = await planMerge(reader, base, mine, theirs);
  let choices: ReadonlyMap<string, MergeChoice> | null = new Map();
  if (plan.conflicts.length > 0) {
    // What could fail by what the person chooses is told before they do.
    const diff = [
      ...(await diffOf(reader, plan.mine, plan.changes)),
      ...plan.conflicts.map(({ path, mine: from, theirs: to }) => ({ path, from, to }))
    ];
    const tx = (await connection.get()).transaction('entries');
    await requireClean(tx, diff, connection.trans);
    choices = await options.choose(plan);
  }
  return choices === null
    ? { kind: 'cancelled', oid: mine, changes: [] }
    : exclusively(() => unite(connection, plan, choices, options));
}

/** Nothing of my own since: the branch only moves. */
async function forward(
  connection: VolumeConnection,
  mine: string | null,
  log: ILogEntry
): Promise<IMergeResult | null> {
  const reader = openObjectStore({ database: objectDatabase(connection), hash: sha1 });
  const diff = await reader.diff(mine, log.oid);
  let changes: readonly StoreChange[] = [];
  const database = objectDatabase(connection, async tx => {
    changes = await checkOut(tx, diff, Date.now(), connection.trans);
  });
  const batch = { objects: [], ref: MAIN, from: mine, to: log.oid, log };
  const isDone = await database.write(batch);
  return isDone ? { kind: 'forward', oid: log.oid, changes } : null;
}

async function unite(
  connection: VolumeConnection,
  plan: IMergePlan,
  choices: ReadonlyMap<string, MergeChoice>,
  { author, message }: IMergeOptions
): Promise<IMergeResult | null> {
  const reader = openObjectStore({ database: objectDatabase(connection), hash: sha1 });
  const wanted = await resolveMerge(reader, plan, choices);
  const diff = await diffOf(reader, plan.mine, wanted);
  let changes: readonly StoreChange[] = [];
  const database = objectDatabase(connection, async tx => {
    changes = await checkOut(tx, diff, Date.now(), connection.trans);
  });
  const store = openObjectStore({ database, hash: sha1 });
  try {
    const { mine, theirs } = plan;
    const oid = await store.commit(wanted, message, author, mine, [theirs]);
    return { kind: 'merged', oid, changes };
  } catch (error) {
    if (error instanceof VolumeError && error.code === 'conflict') {
      return null;
    }
    throw error;
  }
}

/** What changes differ in from a commit. */
async function diffOf(
  reader: Pick<IVolumeStore, 'list'>,
  commit: string,
  changes: readonly IFileChange[]
): Promise<readonly IPathDiff[]> {
  return Promise.all(
    changes.map(async ({ path, content }) => ({
      path,
      from: await blobAt(reader, path, commit),
      to: content && (await blobName(content))
    }))
  );
}

function missing({ trans }: VolumeConnection, oid: string): never {
  const message = trans.__('There is no commit %1 in this volume.', oid);
  throw new VolumeError('no-such-commit', message);
}

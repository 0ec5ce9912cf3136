import { DatabaseFileStore } from '../src/volumes/databaseStore';

/** What the page measures, in milliseconds. */
export interface IVolumeTimes {
  readonly commits: readonly number[];
  readonly large: readonly number[];
  /** Each in a volume that was just opened. */
  readonly log: readonly number[];
  readonly entries: number;
}

/** Commits as they are, and by turns with what is written left to the system's buffers. */
export interface IDurabilityTimes {
  readonly strict: readonly number[];
  readonly relaxed: readonly number[];
}

const AUTHOR = { name: 'Ana', email: 'ana@example.org', time: 1763719200 };
const PATHS = 100;

/** A notebook of about `size` bytes; no two alike. */
export function notebook(size: number, seed: number): Uint8Array<ArrayBuffer> {
  const lines: string[] = [];
  for (let at = 0; lines.length * 64 < size; at++) {
    lines.push(`x_${seed}_${at} = ${(seed * 7919 + at) % 1_000_003}`.padEnd(56, '#'));
  }
  const cell = { cell_type: 'code', source: lines, metadata: {}, outputs: [] };
  const text = JSON.stringify({ cells: [cell], metadata: {}, nbformat: 4 });
  return new TextEncoder().encode(text);
}

/** How long some work takes, in milliseconds. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/**
 * Saves and commits a notebook as the site does.
 *
 * @returns milliseconds; those to make up the notebook are not counted
 */
function save(files: DatabaseFileStore, size: number, at: number): Promise<number> {
  const path = `sessions/n-${at % PATHS}.ipynb`;
  const bytes = notebook(size, at);
  return timed(async () => {
    await files.write(path, bytes);
    const message = `Change ${at}`;
    await files.repository.commit({ paths: [path], message, author: AUTHOR });
  });
}

let kept: DatabaseFileStore | undefined;

/** Commits into one volume of this page, to see what stays in memory. */
async function grow(name: string, count: number): Promise<void> {
  kept ??= new DatabaseFileStore(name, { folders: ['skills', 'sessions'] });
  for (let at = 0; at < count; at++) {
    await save(kept, 8_000, at);
  }
}

/** Commits notebooks, then reads the log. */
async function ours(count: number): Promise<IVolumeTimes> {
  const name = `bench-${Date.now()}`;
  const files = new DatabaseFileStore(name, { folders: ['sessions'] });
  const commits: number[] = [];
  for (let at = 0; at < count; at++) {
    commits.push(await save(files, 8_000, at));
  }
  const large: number[] = [];
  for (let at = 0; at < 9; at++) {
    large.push(await save(files, 1_000_000, count + at));
  }
  files.dispose();
  const log: number[] = [];
  let entries = 0;
  for (let at = 0; at < 9; at++) {
    const opened = new DatabaseFileStore(name, { folders: ['sessions'] });
    log.push(
      await timed(async () => {
        entries = (await opened.repository.store.log()).length;
      })
    );
    opened.dispose();
  }
  return { commits, large, log, entries };
}

/** The same commits with either durability, one after the other. */
async function durability(count: number): Promise<IDurabilityTimes> {
  const files = new DatabaseFileStore(`durability-${Date.now()}`, {
    folders: ['sessions']
  });
  const { transaction } = IDBDatabase.prototype;
  const times = { strict: [] as number[], relaxed: [] as number[] };
  const kinds = ['strict', 'relaxed'] as const;
  for (let at = 0; at < 2 * count; at++) {
    const kind = kinds[at % 2] ?? 'strict';
    IDBDatabase.prototype.transaction = function (stores, mode) {
      return transaction.call(this, stores, mode, { durability: kind });
    };
    times[kind].push(await save(files, 8_000, at));
  }
  IDBDatabase.prototype.transaction = transaction;
  files.dispose();
  return times;
}

Object.assign(globalThis, { volumeBench: { ours, grow, durability } });

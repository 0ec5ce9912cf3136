import { DatabaseFileStore } from '../src/volumes/databaseStore';

/** What the page measures, in milliseconds. */
export interface IVolumeTimes {
  readonly commits: readonly number[];
  readonly large: readonly number[];
  readonly log: readonly number[];
  readonly entries: number;
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

/** Saves and commits a notebook as the site does. */
async function save(files: DatabaseFileStore, size: number, at: number): Promise<void> {
  const path = `sessions/n-${at % PATHS}.ipynb`;
  await files.write(path, notebook(size, at));
  const message = `Change ${at}`;
  await files.repository.commit({ paths: [path], message, author: AUTHOR });
}

let kept: DatabaseFileStore | undefined;

/** Commits into one volume of this page, to see what stays in memory. */
async function grow(name: string, count: number): Promise<void> {
  kept ??= new DatabaseFileStore(name, ['skills', 'sessions']);
  for (let at = 0; at < count; at++) {
    await save(kept, 8_000, at);
  }
}

/** Commits notebooks, then reads the log. */
async function ours(count: number): Promise<IVolumeTimes> {
  const files = new DatabaseFileStore(`bench-${Date.now()}`, ['sessions']);
  const commits: number[] = [];
  for (let at = 0; at < count; at++) {
    commits.push(await timed(() => save(files, 8_000, at)));
  }
  const large: number[] = [];
  for (let at = 0; at < 9; at++) {
    large.push(await timed(() => save(files, 1_000_000, count + at)));
  }
  const log: number[] = [];
  for (let at = 0; at < 5; at++) {
    log.push(await timed(() => files.repository.store.log()));
  }
  const entries = (await files.repository.store.log()).length;
  files.dispose();
  return { commits, large, log, entries };
}

Object.assign(globalThis, { volumeBench: { ours, grow } });

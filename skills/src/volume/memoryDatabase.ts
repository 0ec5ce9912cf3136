import type { IGitObject } from './gitObject';
import type { IObjectBatch, IObjectDatabase } from './objectStore';
import type { ILogEntry } from './store';

/** An object database that lives as long as the page: for tests and previews. */
export interface IMemoryDatabase extends IObjectDatabase {
  readonly objects: ReadonlyMap<string, IGitObject>;
  readonly refs: ReadonlyMap<string, string>;
}

/** Compares and swaps like the real one, so the same contract test holds it. */
export function createMemoryDatabase(): IMemoryDatabase {
  const objects = new Map<string, IGitObject>();
  const refs = new Map<string, string>();
  const log: ILogEntry[] = [];
  return {
    objects,
    refs,
    object: oid => Promise.resolve(objects.get(oid)),
    ref: name => Promise.resolve(refs.get(name)),
    logEntries: () => Promise.resolve([...log]),
    write: batch => Promise.resolve(write(batch))
  };

  /** Runs without a pause, so no other write can come between check and change. */
  function write({ objects: added, ref, from, to, log: entry }: IObjectBatch): boolean {
    if ((refs.get(ref) ?? null) !== from) {
      return false;
    }
    for (const { oid, type, body } of added) {
      objects.set(oid, { type, body });
    }
    refs.set(ref, to);
    log.push(entry);
    return true;
  }
}

/** The log of a volume: which commits there are, newest first. */
import { orderCommits } from '../history/commitGraph';
import { findInTree } from './findInTree';
import { decodeCommit } from './gitObject';
import type { IObjectDatabase } from './objectStore';
import { VolumeError, type ILogEntry, type ILogRange } from './store';
import { treeReader } from './tree';

/** Up to so many commits are read one by one; for more the whole log is read at once. */
const FEW_COMMITS = 64;

type Entries = ReadonlyMap<string, ILogEntry>;

/**
 * Reads logs, and remembers the entries that a whole log was read from: commits never
 * change, so later only those are read that have come since.
 */
export class ObjectLog {
  constructor(private readonly _database: IObjectDatabase) {}

  /**
   * @throws VolumeError `no-such-commit` where a commit of the history is missing
   */
  async read(range: ILogRange, start: string | null): Promise<readonly ILogEntry[]> {
    const { path, limit = Infinity, merged } = range;
    if (start === null) {
      return [];
    }
    if (!merged && path === undefined && limit <= FEW_COMMITS) {
      return this._readFew(start, limit);
    }
    const entries = await this._entriesFrom(start);
    const chosen = merged ? allOf(entries, start) : firstParents(entries, start);
    const isChange = path === undefined ? null : this._changes(path, entries);
    const found: ILogEntry[] = [];
    for (const entry of chosen) {
      if (!isChange || (await isChange(entry))) {
        found.push(entry);
      }
      if (found.length >= limit) {
        break;
      }
    }
    return found;
  }

  /** All entries that a commit's history has, and maybe others. */
  private async _entriesFrom(start: string): Promise<Entries> {
    const added: ILogEntry[] = [];
    const ahead = [start];
    const seen = new Set<string>();
    for (let oid = ahead.pop(); oid !== undefined; oid = ahead.pop()) {
      if (this._known.has(oid) || seen.has(oid)) {
        continue;
      }
      if (this._known.size === 0 || added.length >= FEW_COMMITS) {
        return this._readAll();
      }
      seen.add(oid);
      const entry = await this._readEntry(oid);
      added.push(entry);
      ahead.push(...entry.parents);
    }
    // Only now: what is known has its whole history known.
    added.forEach(entry => this._known.set(entry.oid, entry));
    return this._known;
  }

  private async _readAll(): Promise<Entries> {
    const entries = await this._database.logEntries();
    this._known = new Map(entries.map(entry => [entry.oid, entry]));
    return this._known;
  }

  private async _readFew(start: string, limit: number): Promise<readonly ILogEntry[]> {
    const found: ILogEntry[] = [];
    for (let oid: string | undefined = start; oid !== undefined;) {
      if (found.length >= limit) {
        break;
      }
      const entry: ILogEntry = this._known.get(oid) ?? (await this._readEntry(oid));
      found.push(entry);
      [oid] = entry.parents;
    }
    return found;
  }

  private async _readEntry(oid: string): Promise<ILogEntry> {
    const object = await this._database.object(oid);
    if (object?.type !== 'commit') {
      throw missing(oid);
    }
    return { ...decodeCommit(object.body), oid };
  }

  /** Whether a commit changed a path, by the objects that stand there before and after. */
  private _changes(
    path: string,
    entries: Entries
  ): (entry: ILogEntry) => Promise<boolean> {
    const parts = path.split('/');
    const readTree = treeReader(async oid => (await this._database.object(oid))?.body);
    // What one commit began with is mostly what the next one read ended with.
    const found = new Map<string, Promise<string | undefined>>();
    const at = (tree: string | null): Promise<string | undefined> => {
      const name = tree ?? '';
      let item = found.get(name);
      if (!item) {
        item = findInTree(parts, tree, readTree).then(one => one?.oid);
        found.set(name, item);
      }
      return item;
    };
    return async ({ parents: [parent], tree }) => {
      const before = parent === undefined ? null : (entries.get(parent)?.tree ?? null);
      return (await at(before)) !== (await at(tree));
    };
  }

  private _known = new Map<string, ILogEntry>();
}

function missing(oid: string): VolumeError {
  return new VolumeError('no-such-commit', `There is no commit ${oid} in this volume.`);
}

function requireEntry(entries: Entries, oid: string): ILogEntry {
  const entry = entries.get(oid);
  if (!entry) {
    throw missing(oid);
  }
  return entry;
}

function allOf(entries: Entries, start: string): readonly ILogEntry[] {
  requireEntry(entries, start);
  return orderCommits(entries, start);
}

function* firstParents(entries: Entries, start: string): Iterable<ILogEntry> {
  for (let oid: string | undefined = start; oid !== undefined;) {
    const entry: ILogEntry = requireEntry(entries, oid);
    yield entry;
    [oid] = entry.parents;
  }
}

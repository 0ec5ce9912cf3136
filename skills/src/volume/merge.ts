/**
 * Three-way merge of trees, for notebooks rather than for code: what only one side
 * changed is taken, records of the lab unite by line or field, and where both sides changed one
 * file both versions are kept for a person to choose. No file ever gets conflict markers.
 */
import { uniteLines } from './mergeLines';
import { mergeSession } from './mergeSession';
import { besideSkill } from './mergeSkill';
import { tidyName } from './path';
import type { IFileChange, ILogEntry, IPathDiff, IVolumeStore } from './store';

/**
 * Records of the lab's own, in which each line says its time and none is there twice.
 * Other JSON Lines are data of people: their order and equal lines mean something.
 */
const RECORDS = /^(sessions\/[^/]+\/(chat|traces)|evolution\/[^/]+)\.jsonl$/;

const SESSION = /^sessions\/[^/]+\/session\.json$/;

/** A file that both sides changed, each in another way; `null` where it is deleted. */
export interface IMergeConflict {
  readonly path: string;
  readonly base: string | null;
  readonly mine: string | null;
  readonly theirs: string | null;
  /** Where the version of the others is kept when both are. */
  readonly besidePath: string;
}

/** What a merge of two commits does, seen from the first. */
export interface IMergePlan {
  readonly mine: string;
  readonly theirs: string;
  /** Changes that need no choice. */
  readonly changes: readonly IFileChange[];
  readonly conflicts: readonly IMergeConflict[];
}

/** Which version of a file a person wants; `both` keeps them side by side. */
export type MergeChoice = 'mine' | 'theirs' | 'both';

/** The part of a store that a merge reads. */
export type MergeStore = Pick<IVolumeStore, 'diff' | 'read' | 'list'>;

/** A commit as far as a merge base needs it. */
export type Ancestor = Pick<ILogEntry, 'oid' | 'parents' | 'author'>;

/**
 * The newest commit that both have in their history, over all parents; `null` when they
 * have none. Of several best ones the newest is taken, ties by name.
 */
export function mergeBase(
  entries: readonly Ancestor[],
  a: string,
  b: string
): string | null {
  const byOid = new Map(entries.map(entry => [entry.oid, entry]));
  const ofA = ancestors(byOid, [a]);
  const common = [...ancestors(byOid, [b])].filter(oid => ofA.has(oid));
  const older = ancestors(
    byOid,
    common.flatMap(oid => byOid.get(oid)?.parents ?? [])
  );
  const time = (oid: string): number => byOid.get(oid)?.author.time ?? 0;
  const [best = null] = common
    .filter(oid => !older.has(oid))
    .sort((x, y) => time(y) - time(x) || (x < y ? -1 : 1));
  return best;
}

function ancestors(
  byOid: ReadonlyMap<string, Ancestor>,
  from: readonly string[]
): ReadonlySet<string> {
  const found = new Set<string>();
  const open = [...from];
  for (let oid = open.pop(); oid !== undefined; oid = open.pop()) {
    const entry = byOid.get(oid);
    if (entry && !found.has(oid)) {
      found.add(oid);
      open.push(...entry.parents);
    }
  }
  return found;
}

/**
 * Compares both sides with what they come from.
 *
 * @param base the commit that both come from, `null` for unrelated histories
 */
export async function planMerge(
  store: MergeStore,
  base: string | null,
  mine: string,
  theirs: string
): Promise<IMergePlan> {
  const ofMine = byPath(await store.diff(base, mine));
  const changes: IFileChange[] = [];
  const conflicts: IMergeConflict[] = [];
  for (const { path, from, to } of await store.diff(base, theirs)) {
    const own = ofMine.get(path);
    if (own?.to === to && own !== undefined) {
      continue;
    }
    const content = to === null ? null : await store.read(path, theirs);
    const blocked = to === null ? 0 : await blockedAt(store, path, mine);
    if (!own && blocked === 0) {
      changes.push({ path, content });
      continue;
    }
    const united =
      own && content && (await unite(store, path, { base, mine, content }));
    if (united) {
      changes.push({ path, content: united });
    } else {
      const besidePath = besideOf(path, theirs, blocked);
      const ownOid = own ? own.to : null;
      conflicts.push({ path, base: from, mine: ownOid, theirs: to, besidePath });
    }
  }
  return { mine, theirs, changes, conflicts };
}

/**
 * All changes of a merge on top of `mine`, with a person's choices.
 *
 * @param choices by path; without one both versions are kept
 */
export async function resolveMerge(
  store: MergeStore,
  plan: IMergePlan,
  choices: ReadonlyMap<string, MergeChoice>
): Promise<readonly IFileChange[]> {
  const changes = [...plan.changes];
  for (const conflict of plan.conflicts) {
    const { path, mine, theirs, besidePath } = conflict;
    const choice = choices.get(path) ?? 'both';
    const content = theirs === null ? null : await store.read(path, plan.theirs);
    const isBlocked = theirs !== null && (await blockedAt(store, path, plan.mine)) > 0;
    if (choice === 'mine' || (choice === 'both' && content === null)) {
      continue;
    }
    // A version that stands where the others have a folder, or the other way round,
    // cannot take that place; and next to a deleted file there is nothing to stand beside.
    const isBeside = isBlocked || (choice === 'both' && mine !== null);
    changes.push(
      isBeside && content !== null
        ? { path: besidePath, content: await beside(store, plan, path, content) }
        : { path, content }
    );
  }
  return changes;
}

/** The others' version of a file as it can stand beside mine. */
async function beside(
  store: MergeStore,
  { mine, theirs }: IMergePlan,
  path: string,
  content: Uint8Array
): Promise<Uint8Array> {
  const own = await store.read(path, mine);
  const [before, after] = [own && textOf(own), textOf(content)];
  if (typeof before !== 'string' || after === undefined) {
    return content;
  }
  const kept = besideSkill(path, before, after, theirs);
  return kept === after ? content : new TextEncoder().encode(kept);
}

/**
 * `notes.md` of commit 3f2a1b0… is kept as `notes (theirs 3f2a1b0).md`; where something
 * else has the place of one of its folders, that folder is named so.
 */
function besideOf(path: string, commit: string, blocked: number): string {
  const mark = ` (theirs ${commit.slice(0, 7)})`;
  const parts = path.split('/');
  const last = parts.length - 1;
  const at = blocked > 0 && blocked <= last ? blocked - 1 : last;
  return parts
    .map((part, index) => {
      const dot = part.lastIndexOf('.');
      const end = at === last && dot > 0 ? dot : part.length;
      const named = index === at ? part.slice(0, end) + mark + part.slice(end) : part;
      // Names from here on are new, and others' systems may have made odd ones.
      return index < at ? part : tidyName(named);
    })
    .join('/');
}

/** Records of the lab's own, by line or by field; null for what a person decides. */
async function unite(
  store: MergeStore,
  path: string,
  sides: { base: string | null; mine: string; content: Uint8Array }
): Promise<Uint8Array | null> {
  const isSession = SESSION.test(path);
  if (!isSession && !RECORDS.test(path)) {
    return null;
  }
  const own = await store.read(path, sides.mine);
  const before = sides.base === null ? null : await store.read(path, sides.base);
  const [mine, theirs] = [own && textOf(own), textOf(sides.content)];
  const base = before && textOf(before);
  if (typeof mine !== 'string' || theirs === undefined || base === undefined) {
    return null;
  }
  const united = isSession
    ? mergeSession(base, mine, theirs)
    : uniteLines(base ?? '', mine, theirs);
  return united === null ? null : new TextEncoder().encode(united);
}

/** Undefined for bytes that are no UTF-8, and so no record of ours. */
function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined; // the one way a TextDecoder tells that these are no text
  }
}

/**
 * At which part of the path my side has something else: a folder in the place of the
 * file, or a file in that of one of its folders; 0 where the place is free for it.
 */
async function blockedAt(store: MergeStore, path: string, at: string): Promise<number> {
  const parts = path.split('/');
  for (let depth = 1; depth <= parts.length; depth++) {
    const place = parts.slice(0, depth).join('/');
    const entries = await store.list(parts.slice(0, depth - 1).join('/'), at);
    const found = entries.find(entry => entry.path === place);
    if (!found) {
      return 0;
    }
    if ((found.kind === 'folder') === (depth === parts.length)) {
      return depth;
    }
  }
  return 0;
}

function byPath(diffs: readonly IPathDiff[]): ReadonlyMap<string, IPathDiff> {
  return new Map(diffs.map(diff => [diff.path, diff]));
}

/** New evidence for a skill that was learned before: an update of it, not a twin. */
import { dataOf, partsOf } from '../skill/editCode';
import { formatSkill } from '../skill/format';
import { parseSkill } from '../skill/parse';
import type { IExecutableSkill, JsonValue } from '../skill/skill';
import { sameJson } from '../skill/values';
import { isRecord } from '../json';
import { readCompoundCode } from './compoundCode';
import type { IPattern } from './describePattern';
import type { IProvenance } from './provenance';
import { mergeTexts, type IThreeTexts } from './threeWay';

/** A learned skill as it stands in the volume. */
export interface ILearnedSkill {
  readonly id: string;
  readonly provenance: IProvenance;
  /** Newest run when a person refused an update: only later ones are new evidence. */
  readonly refusedAt?: string;
}

/** Runs of a pattern that a learned skill does not know of. */
export function freshRuns(
  { traces }: Pick<IPattern, 'traces'>,
  { provenance, refusedAt = '' }: ILearnedSkill
): readonly string[] {
  const known = new Set(provenance.traces);
  // Of many runs the newest are named: older ones than those were counted too.
  const oldest = provenance.traces[0] ?? '';
  const isCut = provenance.runs > provenance.traces.length;
  return traces.filter(
    id => !known.has(id) && id > refusedAt && !(isCut && id < oldest)
  );
}

/**
 * Whether it is worth a person's time: a member has changed, so that the version to which
 * the call is pinned may be gone; or enough new runs teach something else, or come from
 * more people.
 */
export function isRenewal(
  made: IProvenance,
  pattern: Pick<IPattern, 'traces'>,
  before: ILearnedSkill,
  minCount: number
): boolean {
  const old = before.provenance;
  const isMoved = made.members.some(
    ({ node, version }) =>
      old.members.find(member => member.node === node)?.version !== version
  );
  if (freshRuns(pattern, before).length < minCount) {
    return isMoved && before.refusedAt === undefined;
  }
  const learns = made.values.some(({ of, kind, default: value }) => {
    const then = old.values.find(each => each.of === of);
    return then?.kind !== kind || !sameJson(then.default, value);
  });
  return isMoved || learns || made.users > old.users;
}

/** The merged skill, or why both sides cannot be in one. */
export type Renewed =
  | { readonly text: string; readonly skill: IExecutableSkill }
  | { readonly conflict: string };

/** Keys that are for people alone: where both sides changed one, the person's stays. */
const PROSE: ReadonlySet<string> = new Set([
  ...['name', 'description', 'category', 'keywords', 'aliases']
]);
/** Stands for the code while the words around it are merged. */
const CODE = 'the code\n';

/**
 * Takes what was learned anew into a skill that a person may have edited since.
 *
 * @param texts `base`: what evolution wrote last; `theirs`: the skill as it is now
 */
export function renewSkill(texts: IThreeTexts): Renewed {
  const { base, theirs, ours } = texts;
  if (base === theirs) {
    return checked(ours);
  }
  const [a, b, c] = [base, theirs, ours].map(
    text => parseSkill(text, 'skill.md').skill
  );
  if (
    a?.kind !== 'executable' ||
    b?.kind !== 'executable' ||
    c?.kind !== 'executable'
  ) {
    return { conflict: 'It is no longer a skill that can be read.' };
  }
  const code = mergeTexts({ base: a.code, theirs: b.code, ours: c.code });
  if (code === null) {
    return { conflict: 'Its code was edited where it would change, or is too long.' };
  }
  const keys = mergeKeys(texts);
  if ('conflict' in keys) {
    return keys;
  }
  const [from, to, next] = [base, theirs, ours].map(text =>
    bodyOf(formatSkill(text, { code: CODE }))
  );
  const body = mergeTexts(
    { base: from ?? '', theirs: to ?? '', ours: next ?? '' },
    'theirs'
  );
  if (body === null) {
    return { conflict: 'Its text is too long to be compared.' };
  }
  const words = formatSkill(theirs, { ...keys, body });
  return checked(formatSkill(words, { code }));
}

function bodyOf(text: string): string {
  return text.slice(partsOf(text).bodyStart);
}

function frontOf(text: string): Readonly<Record<string, JsonValue>> {
  const { frontStart, frontEnd } = partsOf(text);
  return dataOf(text.slice(frontStart, frontEnd));
}

function mergeKeys({
  base,
  theirs,
  ours
}: IThreeTexts):
  | { readonly keys: Readonly<Record<string, JsonValue | undefined>> }
  | { readonly conflict: string } {
  const [a, b, c] = [base, theirs, ours].map(frontOf);
  const keys: Record<string, JsonValue | undefined> = {};
  for (const key of new Set([...Object.keys(a ?? {}), ...Object.keys(c ?? {})])) {
    const [was, is, next] = [a?.[key], b?.[key], c?.[key]];
    if (key === 'learned' || key.startsWith('learned_')) {
      keys[key] = next;
    } else if (key === 'inputs') {
      const merged = mergePorts(was, is, next);
      if (merged === null) {
        return { conflict: 'Its inputs were edited where they would change.' };
      }
      keys[key] = merged.length > 0 || is !== undefined ? merged : undefined;
    } else {
      const merged = choose(was, is, next);
      if (merged === null && !PROSE.has(key)) {
        return { conflict: `Its "${key}" was edited where it would change.` };
      }
      keys[key] = merged === null ? is : merged.value;
    }
  }
  return { keys };
}

/** The side that changed; `null` where both did, each in its way. */
function choose(
  was: JsonValue | undefined,
  is: JsonValue | undefined,
  next: JsonValue | undefined
): { readonly value: JsonValue | undefined } | null {
  if (sameJson(was, next) || sameJson(is, next)) {
    return { value: is };
  }
  return sameJson(was, is) ? { value: next } : null;
}

/** Ports by their names, field by field, in the person's order. */
function mergePorts(
  was: JsonValue | undefined,
  is: JsonValue | undefined,
  next: JsonValue | undefined
): JsonValue[] | null {
  const [a, b, c] = [was, is, next].map(portsOf);
  const names = [...new Set([...(b ?? new Map()).keys(), ...(c ?? new Map()).keys()])];
  const merged: JsonValue[] = [];
  for (const name of names as string[]) {
    const [x, y, z] = [a?.get(name), b?.get(name), c?.get(name)];
    const whole = choose(x, y, z);
    if (whole) {
      if (whole.value !== undefined) {
        merged.push(whole.value);
      }
      continue;
    }
    if (!y || !z) {
      return null;
    }
    const port: Record<string, JsonValue> = {};
    for (const field of new Set([...Object.keys(y), ...Object.keys(z)])) {
      const value = choose(x?.[field], y[field], z[field]);
      if (value === null) {
        return null;
      }
      if (value.value !== undefined) {
        port[field] = value.value;
      }
    }
    merged.push(port);
  }
  return merged;
}

type Port = Readonly<Record<string, JsonValue>>;

function portsOf(value: JsonValue | undefined): ReadonlyMap<string, Port> {
  const list = Array.isArray(value) ? (value as readonly JsonValue[]) : [];
  return new Map(
    list.flatMap(port => {
      const record = isRecord(port) ? (port as Port) : null;
      const name = record?.['name'];
      return record && typeof name === 'string' ? [[name, record] as const] : [];
    })
  );
}

/** A merge of lines may make nonsense: then there is none. */
function checked(text: string): Renewed {
  const { skill, problems } = parseSkill(text, 'skill.md');
  return skill?.kind === 'executable' &&
    problems.every(({ severity }) => severity !== 'error') &&
    readCompoundCode(skill.code) !== null
    ? { text, skill }
    : { conflict: problems[0]?.message ?? 'It calls no skills any more.' };
}

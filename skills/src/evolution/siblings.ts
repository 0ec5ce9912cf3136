/**
 * Patterns of the same size that share all skills but one: where several of them are
 * significant, a pattern with both skills may be inferred although few runs have it whole.
 */
import type { ICandidate, IOccurring } from './occurring';

/** Skills of the patterns of one size. */
export interface ISkillSets {
  /** By what is left of a pattern's skills without one, as one text: which one it is. */
  readonly missing: ReadonlyMap<string, ReadonlySet<number>>;
  /** Another one for other sets. */
  readonly version: number;
}

/** Collects the skills of levels; the same ones as in the last search keep their version. */
export function createSkillSets(): (
  size: number,
  level: readonly { readonly labels: readonly number[] }[]
) => ISkillSets {
  const last: { key: string; sets: ISkillSets }[] = [];
  const texts = new WeakMap<readonly number[], string>();
  let version = 0;
  return (size, level) => {
    const all = new Map<string, readonly number[]>();
    for (const { labels } of level) {
      const text = texts.get(labels) ?? skillSet(labels);
      texts.set(labels, text);
      all.set(text, labels);
    }
    const key = [...all.keys()].join(';');
    let known = last[size];
    if (known?.key !== key) {
      version += 1;
      known = { key, sets: { missing: missingOf([...all.values()]), version } };
      last[size] = known;
    }
    return known.sets;
  };
}

function missingOf(sets: readonly (readonly number[])[]): ISkillSets['missing'] {
  const missing = new Map<string, Set<number>>();
  for (const labels of sets) {
    labels.forEach((label, place) => {
      const rest = without(labels, place);
      missing.set(rest, (missing.get(rest) ?? new Set()).add(label));
    });
  }
  return missing;
}

/** Ways to grow for which one of the sets has all skills, the new one included, but one. */
export function relatedTo(
  labels: readonly number[],
  occurring: IOccurring,
  { missing, version }: ISkillSets
): readonly ICandidate[] {
  if (occurring.related.version !== version) {
    const skills = labels.flatMap((_, gone) => [
      ...(missing.get(without(labels, gone)) ?? [])
    ]);
    occurring.related = { version, skills: new Set(skills), list: [], read: 0 };
  }
  const { related } = occurring;
  for (; related.read < occurring.all.length; related.read += 1) {
    const candidate = occurring.all[related.read] as ICandidate;
    if (related.skills.has(candidate.label)) {
      related.list.push(candidate);
    }
  }
  return related.list;
}

function without(labels: readonly number[], gone: number): string {
  return skillSet(labels.filter((_, place) => place !== gone));
}

function skillSet(labels: readonly number[]): string {
  return [...labels].sort((a, b) => a - b).join();
}

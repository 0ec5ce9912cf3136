/**
 * Patterns of the same size that share all skills but one: where several of them are
 * significant, a pattern with both skills may be inferred although few runs have it whole.
 */
import type { ICandidate, IOccurring } from './candidates';

/** Skills of the patterns of one size, each as one text. */
export interface ISkillSets {
  readonly all: ReadonlySet<string>;
  /** Another one for other sets. */
  readonly version: number;
}

/** Collects the skills of levels; the same ones as in the last search keep their version. */
export function createSkillSets(): (
  size: number,
  level: readonly { readonly labels: readonly number[] }[]
) => ISkillSets {
  const last: { key: string; sets: ISkillSets }[] = [];
  let version = 0;
  return (size, level) => {
    const all = new Set(level.map(({ labels }) => skillSet(labels)));
    const key = [...all].join(';');
    let known = last[size];
    if (known?.key !== key) {
      version += 1;
      known = { key, sets: { all, version } };
      last[size] = known;
    }
    return known.sets;
  };
}

/** Ways to grow for which one of the sets has all skills, the new one included, but one. */
export function relatedTo(
  labels: readonly number[],
  occurring: IOccurring,
  { all, version }: ISkillSets
): readonly ICandidate[] {
  if (occurring.related.version !== version) {
    occurring.related = { version, list: [], read: 0 };
  }
  const { related } = occurring;
  for (; related.read < occurring.all.length; related.read += 1) {
    const candidate = occurring.all[related.read] as ICandidate;
    const isRelated = labels.some((_, gone) =>
      all.has(
        skillSet([...labels.filter((__, place) => place !== gone), candidate.label])
      )
    );
    if (isRelated) {
      related.list.push(candidate);
    }
  }
  return related.list;
}

function skillSet(labels: readonly number[]): string {
  return [...labels].sort((a, b) => a - b).join();
}

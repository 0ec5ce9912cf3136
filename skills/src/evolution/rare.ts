/** Ways to grow that are too rare to be judged, but that a pattern's parts may back. */
import type { ICandidate, IOccurring } from './occurring';
import type { IDrawn, IForms } from './patternForm';
import { relatedTo, type ISkillSets } from './siblings';

/** Those around one pattern, as long as nothing came and its siblings stay the same. */
export interface IRare {
  readonly listed: number;
  readonly version: number;
  readonly list: readonly ICandidate[];
  /**
   * For each: the number of its code, its runs, where the next one begins, and the numbers
   * of its parts. One list of numbers, since all of it is read after each run.
   */
  readonly flat: readonly number[];
}

/** Finds those that may be inferred from patterns with the same skills but one. */
export function rareAround(
  parent: IDrawn & { readonly occurring: IOccurring },
  skills: ISkillSets,
  minCount: number,
  forms: IForms
): IRare {
  const { occurring, labels } = parent;
  const { rare, listed } = occurring;
  if (rare?.listed === listed && rare.version === skills.version) {
    return rare;
  }
  const list = relatedTo(labels, occurring, skills).filter(
    ({ count }) => count < minCount
  );
  const flat: number[] = [];
  for (const candidate of list) {
    const parts = forms.parts(parent, candidate);
    const { id } = forms.of(parent, candidate);
    flat.push(id, candidate.count, flat.length + 3 + parts.length);
    parts.forEach(part => flat.push(part.id));
  }
  return (occurring.rare = { listed, version: skills.version, list, flat });
}

/** Whether most of these parts are significant patterns themselves, and two at least. */
export function isBacked(
  parts: readonly number[],
  from: number,
  to: number,
  solid: ReadonlySet<number>
): boolean {
  let significant = 0;
  for (let at = from; at < to; at += 1) {
    significant += solid.has(parts[at] as number) ? 1 : 0;
  }
  return significant >= 2 && 2 * significant >= to - from;
}

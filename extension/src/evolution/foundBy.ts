import type { IEvolutionRun } from '@llmos-lab/skills';

/** How much a run has found that somebody can review. */
export function foundBy({
  candidates,
  promotions = [],
  drafted = []
}: IEvolutionRun): number {
  return candidates.length + promotions.length + drafted.length;
}

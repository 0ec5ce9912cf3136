import type { IEvolutionRun } from '@llmos-lab/skills';

/** How much a run has found that waits for somebody. */
export function foundBy({
  candidates,
  promotions = [],
  drafted = []
}: IEvolutionRun): number {
  return candidates.length + promotions.length + drafted.length;
}

/** Whether people hear of a run that began by itself. */
export function isNews(run: IEvolutionRun): boolean {
  const { status, applied = [] } = run;
  return status === 'failed' || foundBy(run) > 0 || applied.length > 0;
}

import type { IEvolutionRun } from '@llmos-lab/skills';

/** Ids of what a run has found that waits for somebody. */
export function idsFoundBy({
  candidates,
  promotions = [],
  drafted = []
}: IEvolutionRun): readonly string[] {
  return [...candidates, ...promotions.map(({ id }) => id), ...drafted];
}

/** How much a run has found that waits for somebody. */
export function foundBy(run: IEvolutionRun): number {
  return idsFoundBy(run).length;
}

/** Whether people hear of a run that began by itself. */
export function isNews(run: IEvolutionRun): boolean {
  const { status, applied = [] } = run;
  return status === 'failed' || foundBy(run) > 0 || applied.length > 0;
}

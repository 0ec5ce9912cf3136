import type { TranslationBundle } from '@jupyterlab/translation';

import type { ISweepState } from './tokens';

/** `7 of 24 points`, with what it does beside that. */
export function sweepText(sweep: ISweepState, trans: TranslationBundle): string {
  const { ended, total, failed, note } = sweep;
  const count = trans.__('%1 of %2 points', ended, total);
  const faults = failed > 0 ? [trans.__('%1 failed', failed)] : [];
  return [count, ...faults, ...(note === undefined ? [] : [note])].join(' · ');
}

import type { TranslationBundle } from '@jupyterlab/translation';

import type { ISweepState } from './tokens';

/** `7 of 24 points`, with what it does beside that. */
export function sweepText(sweep: ISweepState, trans: TranslationBundle): string {
  const { ended, total, failed, note } = sweep;
  const count = trans._n('%2 of %1 point', '%2 of %1 points', total, ended);
  const faults = failed > 0 ? [trans.__('%1 failed', failed)] : [];
  return [count, ...faults, ...(note === undefined ? [] : [note])].join(' · ');
}

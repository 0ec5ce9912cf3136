import type { TranslationBundle } from '@jupyterlab/translation';
import type { IEvolutionRun } from '@llmos-lab/skills';

import type { IPromptResult } from './prompt';

/** Why a run has proposed nothing: it rejected what it found, or that was found before. */
export function whyNothing(
  { rejected }: Pick<IEvolutionRun, 'rejected'>,
  trans: TranslationBundle
): Required<Pick<IPromptResult, 'text' | 'next'>> {
  return rejected.length > 0
    ? {
        text: rejected
          .map(({ id, reason }) =>
            trans.__('The skill "%1" was learned and rejected. %2', id, reason)
          )
          .join(' '),
        next: trans.__('The history in the panel at the right has this run.')
      }
    : {
        text: trans.__(
          'Nothing new: what these runs have in common was learned or turned down before. What was turned down stands at the end of the panel at the right.'
        ),
        next: trans.__('What you have accepted is in your library.')
      };
}

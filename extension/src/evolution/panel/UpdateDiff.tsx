import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import { TextDiffView } from '../../history/TextDiffView';
import { withoutFacts } from '../withoutFacts';
import type { IReviewed } from '../tokens';

/** What an update changes in the skill that is there. */
export function UpdateDiff({
  candidate: { path, current, text, review },
  trans
}: {
  readonly candidate: IReviewed;
  readonly trans: TranslationBundle;
}): React.JSX.Element | null {
  const [before, after] = React.useMemo(
    () => [current === undefined ? '' : wordsOf(current), wordsOf(text)],
    [current, text]
  );
  if (review.beside !== undefined) {
    return (
      <p className="llmos-Candidate-note">
        {trans.__(
          '"%1" was edited where this would change it, so this stands beside it. Accept it as a second skill, or take over by hand what you want.',
          review.beside
        )}
      </p>
    );
  }
  return current === undefined ? null : (
    <details className="llmos-Candidate-diff" open>
      <summary>{trans.__('What changes in the skill')}</summary>
      <TextDiffView {...{ path, before, after, trans }} isNarrow />
    </details>
  );
}

/** What people read and edit, or all of a file whose front matter they have broken. */
function wordsOf(text: string): string {
  try {
    return withoutFacts(text);
  } catch {
    return text; // while somebody edits it: its own editor says what is wrong
  }
}

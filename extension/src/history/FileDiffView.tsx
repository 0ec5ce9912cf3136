import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import { sizeText } from '../size';
import type { FileDiff } from './fileDiff';
import { NotebookDiffView } from './NotebookDiffView';
import { TextDiffView } from './TextDiffView';

/** What changed in one file, in the form that fits it. */
export function FileDiffView(props: {
  readonly path: string;
  readonly diff: FileDiff | null;
  readonly trans: TranslationBundle;
}): React.JSX.Element {
  const { path, diff, trans } = props;
  if (diff === null) {
    return <p role="status">{trans.__('Comparing…')}</p>;
  }
  switch (diff.kind) {
    case 'notebook':
      return <NotebookDiffView diff={diff.diff} trans={trans} />;
    case 'text':
      return (
        <TextDiffView
          path={path}
          before={diff.before}
          after={diff.after}
          trans={trans}
        />
      );
    case 'binary': {
      const size = (bytes: number | null): string =>
        bytes === null ? trans.__('not there') : sizeText(bytes);
      return (
        <p className="llmos-History-empty">
          {trans.__(
            'No text: before %1, after %2.',
            size(diff.before),
            size(diff.after)
          )}
        </p>
      );
    }
  }
}

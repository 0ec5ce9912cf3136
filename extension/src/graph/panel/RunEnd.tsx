import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import type { INotebookRun } from '../run/tokens';
import { useGraph } from './context';

/** Tells those who do not see it in the nodes that a run has ended. */
export function RunEnd(): React.JSX.Element {
  const { run, trans } = useGraph();
  const isRunning = run?.isRunning === true;
  const former = React.useRef({ run, isRunning });
  const [text, setText] = React.useState('');
  React.useEffect(() => {
    const before = former.current;
    former.current = { run, isRunning };
    const hasEnded = before.run === run && before.isRunning && !isRunning;
    setText(run && hasEnded ? endText(run, trans) : '');
  }, [run, isRunning, trans]);
  return (
    <span role="status" className="llmos-Status-hiddenWord">
      {text}
    </span>
  );
}

function endText({ states }: INotebookRun, trans: TranslationBundle): string {
  const failed = [...states.values()].filter(({ status }) => status === 'failed');
  const ended = trans.__('The run has ended.');
  return failed.length === 0
    ? ended
    : `${ended} ${trans._n('%1 cell has failed.', '%1 cells have failed.', failed.length)}`;
}

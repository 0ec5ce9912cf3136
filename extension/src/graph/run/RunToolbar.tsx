import type { TranslationBundle } from '@jupyterlab/translation';
import { caretDownIcon, runIcon, stopIcon } from '@jupyterlab/ui-components';
import * as React from 'react';

import { StatusIcon } from '../status/StatusIcon';
import { RunProgress } from './RunProgress';
import type { IRunProgress } from './tokens';

interface IRunToolbarProps {
  readonly isRunning: boolean;
  readonly progress: IRunProgress | null;
  readonly trans: TranslationBundle;
  readonly onMenu: (anchor: HTMLElement) => void;
  readonly onStop: () => void;
  readonly onRunStale: () => void;
  /** Whether a person looks at "stale": its ghost run shows then. */
  readonly onLook: (isLooking: boolean) => void;
}

/** The notebook's run controls: a menu of choices, stop, stale, and how far a run is. */
export function RunToolbar(props: IRunToolbarProps): JSX.Element {
  const { isRunning, progress, trans, onMenu, onStop, onRunStale, onLook } = props;
  const [start, end] = [(): void => onLook(true), (): void => onLook(false)];
  return (
    <div
      className="llmos-RunToolbar"
      role="group"
      aria-label={trans.__('Run the graph')}
    >
      <button
        type="button"
        className="llmos-RunToolbar-button"
        aria-haspopup="menu"
        title={trans.__('Run cells by the graph: choose which')}
        onClick={event => {
          // The toolbar would give the focus, which the menu has now, to the notebook.
          event.stopPropagation();
          onMenu(event.currentTarget);
        }}
        onKeyDown={event => {
          if (event.key === 'ArrowDown') {
            event.preventDefault();
            onMenu(event.currentTarget);
          }
        }}
      >
        <runIcon.react tag="span" aria-hidden="true" />
        {trans.__('Run')}
        <caretDownIcon.react tag="span" aria-hidden="true" />
      </button>
      <button
        type="button"
        className="llmos-RunToolbar-button"
        disabled={!isRunning}
        title={trans.__('Stop the run; finished results stay')}
        onClick={onStop}
      >
        <stopIcon.react tag="span" aria-hidden="true" />
        {trans.__('Stop')}
      </button>
      <button
        type="button"
        className="llmos-RunToolbar-button"
        title={trans.__('Run the cells that are not up to date')}
        onClick={onRunStale}
        onMouseEnter={start}
        onMouseLeave={end}
        onFocus={start}
        onBlur={end}
      >
        <StatusIcon status="stale" trans={trans} withWord title="" />
      </button>
      {isRunning && progress && <RunProgress progress={progress} trans={trans} />}
    </div>
  );
}

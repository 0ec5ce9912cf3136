import type { TranslationBundle } from '@jupyterlab/translation';
import { caretDownIcon, runIcon, stopIcon } from '@jupyterlab/ui-components';
import * as React from 'react';

import { STATUS_ICONS } from '../status/statuses';
import { RunProgress } from './RunProgress';
import type { IRunProgress } from './tokens';

/** The controls whose ghost run can be looked at. */
export type RunControl = 'all' | 'stale';

interface IRunToolbarProps {
  /** Also while a sweep, say, can be ended. */
  readonly canStop: boolean;
  readonly isRunning: boolean;
  readonly progress: IRunProgress | null;
  /** Cells that "Run stale" would run. */
  readonly stale: number;
  readonly trans: TranslationBundle;
  readonly onMenu: (anchor: HTMLElement) => void;
  readonly onStop: () => void;
  readonly onRunStale: () => void;
  /** Which control a person looks at, where it stands; null when none. */
  readonly onLook: (control: RunControl | null, anchor: HTMLElement) => void;
}

/** The notebook's run controls: a menu of choices, stop, stale, and how far a run is. */
export function RunToolbar(props: IRunToolbarProps): JSX.Element {
  const { canStop, isRunning, progress, trans, onStop } = props;
  return (
    <div
      className="llmos-RunToolbar"
      role="group"
      aria-label={trans.__('Run the graph')}
    >
      <RunButton {...props} />
      <button
        type="button"
        className="llmos-RunToolbar-button"
        disabled={!canStop}
        title={trans.__('Stop the run; finished results stay')}
        onClick={onStop}
      >
        <stopIcon.react tag="span" aria-hidden="true" />
        {trans.__('Stop')}
      </button>
      <StaleButton {...props} />
      {isRunning && progress && <RunProgress progress={progress} trans={trans} />}
    </div>
  );
}

/** Opens the menu; looking at it shows what its first choice, all cells, would do. */
function RunButton({ trans, onMenu, onLook }: IRunToolbarProps): JSX.Element {
  return (
    <button
      type="button"
      className="llmos-RunToolbar-button"
      aria-haspopup="menu"
      aria-description={trans.__('Run cells by the graph: choose which')}
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
      {...looking('all', onLook)}
    >
      <runIcon.react tag="span" aria-hidden="true" />
      {trans.__('Run')}
      <caretDownIcon.react tag="span" aria-hidden="true" />
    </button>
  );
}

function StaleButton(props: IRunToolbarProps): JSX.Element {
  const { stale, trans, onRunStale, onLook } = props;
  return (
    <button
      type="button"
      className={`llmos-RunToolbar-button${stale > 0 ? ' llmos-mod-stale' : ''}`}
      aria-description={trans.__('Run the cells that are not up to date')}
      onClick={onRunStale}
      {...looking('stale', onLook)}
    >
      <STATUS_ICONS.stale.react
        tag="span"
        className="llmos-Status-icon"
        aria-hidden="true"
      />
      {trans.__('Run stale')}
      {stale > 0 && <span className="llmos-RunToolbar-count">{stale}</span>}
    </button>
  );
}

/** Tells when a control is looked at, by pointer or by keys, and when no longer. */
function looking(
  control: RunControl,
  onLook: IRunToolbarProps['onLook']
): Pick<
  React.HTMLAttributes<HTMLButtonElement>,
  'onMouseEnter' | 'onMouseLeave' | 'onFocus' | 'onBlur'
> {
  const start = (event: React.SyntheticEvent<HTMLElement>): void =>
    onLook(control, event.currentTarget);
  const end = (event: React.SyntheticEvent<HTMLElement>): void =>
    onLook(null, event.currentTarget);
  return { onMouseEnter: start, onMouseLeave: end, onFocus: start, onBlur: end };
}

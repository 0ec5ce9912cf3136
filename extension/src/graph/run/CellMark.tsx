import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import { Elapsed } from '../status/Elapsed';
import { StatusIcon } from '../status/StatusIcon';
import { formatDuration } from '../status/statuses';
import { plannedText } from './planText';
import type { ICellState, IPlannedCell } from './tokens';

/** How often the time of a running cell is shown anew, in milliseconds. */
const TICK_MS = 250;

interface ICellMarkProps {
  readonly state: ICellState | undefined;
  /** What the run that a person looks at would do with the cell. */
  readonly planned: IPlannedCell | undefined;
  readonly trans: TranslationBundle;
}

/** In a cell's margin: its status and time; over its source: what a run would do. */
export function CellMark({ state, planned, trans }: ICellMarkProps): JSX.Element {
  return (
    <>
      {state && state.status !== 'idle' && (
        <span className="llmos-CellMark-status">
          <StatusIcon
            status={state.status}
            trans={trans}
            title={titleOf(state, trans)}
          />
          <Time state={state} trans={trans} />
        </span>
      )}
      {state?.note !== undefined && (
        <span className="llmos-CellMark-plan" role="status">
          <StatusIcon status="running" trans={trans} />
          <span>{state.note}</span>
        </span>
      )}
      {planned && planned.action !== 'keep' && (
        <span className="llmos-CellMark-plan" data-action={planned.action}>
          <StatusIcon
            status={planned.action === 'cached' ? 'cached' : 'waiting'}
            trans={trans}
          />
          <span>
            {plannedText(planned, trans)}
            {planned.expectedMs !== undefined &&
              ` ${timeOf(planned, formatDuration(planned.expectedMs), trans)}`}
          </span>
        </span>
      )}
    </>
  );
}

function timeOf(
  { isMost, isTimeOfOthers }: IPlannedCell,
  time: string,
  trans: TranslationBundle
): string {
  const about = isMost ? trans.__('At most %1', time) : trans.__('About %1', time);
  return isTimeOfOthers
    ? trans.__('%1, by runs with other inputs.', about)
    : `${about}.`;
}

function titleOf(state: ICellState, trans: TranslationBundle): string {
  const { message, reason, expectedMs, status } = state;
  const usual =
    status === 'running' && expectedMs !== undefined
      ? trans.__('Usually takes %1.', formatDuration(expectedMs))
      : undefined;
  const text = message ?? reason ?? usual;
  return text === undefined ? trans.__('Status: %1', status) : text;
}

function Time({
  state,
  trans
}: {
  readonly state: ICellState;
  readonly trans: TranslationBundle;
}): JSX.Element | null {
  const { ms, startedAt } = state;
  const className = 'llmos-CellMark-time';
  if (startedAt !== undefined) {
    return <Elapsed {...{ startedAt, className, trans }} tickMs={TICK_MS} />;
  }
  return ms === undefined ? null : (
    <span className={className}>{formatDuration(ms)}</span>
  );
}

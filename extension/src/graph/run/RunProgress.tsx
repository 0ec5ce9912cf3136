import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import { formatDuration } from '../status/statuses';
import type { IRunProgress } from './tokens';

/** How often the remaining time is shown anew, in milliseconds. */
const TICK_MS = 500;

interface IRunProgressProps {
  readonly progress: IRunProgress;
  readonly trans: TranslationBundle;
}

/**
 * A bar along the run controls: how many cells of a run have ended, and the time that is
 * left. It has no size of its own, so that nothing moves when a run begins.
 */
export function RunProgress({ progress, trans }: IRunProgressProps): JSX.Element {
  const { ended, total, fraction, expectedMs, startedAt } = progress;
  const [now, setNow] = React.useState(() => Date.now());
  React.useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  const left = expectedMs - (now - startedAt);
  const count = trans.__('%1 of %2', ended, total);
  const time = left > 1000 ? trans.__('about %1 left', formatDuration(left)) : '';
  const text = time ? `${count} · ${time}` : count;
  return (
    <span
      className="llmos-RunProgress"
      role="progressbar"
      title={text}
      aria-label={trans.__('Progress of the run')}
      aria-valuemin={0}
      aria-valuemax={total}
      aria-valuenow={ended}
      aria-valuetext={text}
    >
      <span style={{ width: `${Math.round(fraction * 100)}%` }} />
    </span>
  );
}

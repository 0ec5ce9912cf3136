import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import { formatDuration } from './statuses';

interface IElapsedProps {
  /** When it began, in milliseconds since 1970. */
  readonly startedAt: number;
  /** Milliseconds that it should take; undefined where nothing is known. */
  readonly expectedMs?: number | undefined;
  /** How often it is shown anew, in milliseconds. */
  readonly tickMs?: number;
  readonly className?: string;
  readonly trans: TranslationBundle;
}

/** How long something runs already, and of how much; where nobody sees it, it stands still. */
export function Elapsed(props: IElapsedProps): React.JSX.Element {
  const { startedAt, expectedMs, tickMs = 1000, className, trans } = props;
  const node = React.useRef<HTMLSpanElement>(null);
  const [now, setNow] = React.useState(() => Date.now());
  React.useEffect(() => {
    const tick = (): void => {
      if (node.current?.checkVisibility?.() ?? true) {
        setNow(Date.now());
      }
    };
    let timer: ReturnType<typeof setInterval> | undefined;
    const follow = (): void => {
      clearInterval(timer);
      if (!document.hidden) {
        tick();
        timer = setInterval(tick, tickMs);
      }
    };
    follow();
    document.addEventListener('visibilitychange', follow);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', follow);
    };
  }, [startedAt, tickMs]);
  const ms = Math.max(0, now - startedAt);
  const time = tickMs < 1000 ? formatDuration(ms) : formatSeconds(ms);
  const isWithin = expectedMs !== undefined && expectedMs > ms && expectedMs >= 1000;
  return (
    <span ref={node} className={className}>
      {isWithin ? trans.__('%1 of about %2', time, formatSeconds(expectedMs)) : time}
    </span>
  );
}

/** Tenths that stand still for a second say nothing. */
function formatSeconds(ms: number): string {
  return ms < 60_000 ? `${Math.round(ms / 1000)} s` : formatDuration(ms);
}

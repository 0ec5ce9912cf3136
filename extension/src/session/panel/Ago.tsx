import * as React from 'react';

import { ago } from './words';

/** How often an age is told anew, in milliseconds. */
const TICK_MS = 60_000;

/**
 * How long ago something was, or what `words` says of its time; it follows the clock
 * while it is in sight.
 */
export function Ago({
  time,
  words = ago
}: {
  readonly time: string | number;
  readonly words?: (time: string | number) => string;
}): React.JSX.Element {
  const node = React.useRef<HTMLTimeElement>(null);
  const [, setNow] = React.useState(0);
  React.useEffect(() => followClock(node.current, () => setNow(Date.now())), []);
  const date = new Date(time);
  return (
    <time
      ref={node}
      dateTime={Number.isNaN(date.getTime()) ? undefined : date.toISOString()}
      title={date.toLocaleString()}
    >
      {words(time)}
    </time>
  );
}

/** Calls back once a minute while the element is in sight, and when it comes into sight. */
function followClock(node: Element | null, tell: () => void): () => void {
  let timer: ReturnType<typeof setInterval> | undefined;
  const observer = new IntersectionObserver(([...entries]) => {
    clearInterval(timer);
    if (entries.some(({ isIntersecting }) => isIntersecting)) {
      tell();
      timer = setInterval(() => {
        if (!document.hidden) {
          tell();
        }
      }, TICK_MS);
    }
  });
  if (node) {
    observer.observe(node);
  }
  return () => {
    observer.disconnect();
    clearInterval(timer);
  };
}

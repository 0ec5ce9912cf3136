import type { TranslationBundle } from '@jupyterlab/translation';
import { LabIcon } from '@jupyterlab/ui-components';
import type { CellStatus } from '@llmos-lab/skills';

/** A status icon: thin lines in the colour of its text, on a 16 × 16 grid. */
function statusIcon(status: CellStatus, shapes: string): LabIcon {
  return new LabIcon({
    name: `llmos:status-${status}`,
    svgstr:
      '<svg xmlns="http://www.w3.org/2000/svg" width="14" viewBox="0 0 16 16">' +
      '<g fill="none" stroke="currentColor" stroke-width="1.6" ' +
      `stroke-linecap="round" stroke-linejoin="round">${shapes}</g></svg>`
  });
}

const CIRCLE = '<circle cx="8" cy="8" r="6"/>';

/** The one icon of each status. */
export const STATUS_ICONS: Readonly<Record<CellStatus, LabIcon>> = {
  idle: statusIcon('idle', CIRCLE),
  stale: statusIcon(
    'stale',
    `${CIRCLE}<path d="M8 2a6 6 0 0 0 0 12z" fill="currentColor" stroke="none"/>`
  ),
  waiting: statusIcon('waiting', `${CIRCLE}<path d="M8 4.5V8l2.4 1.6"/>`),
  running: statusIcon(
    'running',
    '<circle cx="8" cy="8" r="6" opacity="0.3"/>' +
      '<path class="llmos-Status-arc" d="M8 2a6 6 0 0 1 6 6"/>'
  ),
  done: statusIcon('done', '<path d="M2.8 8.6 6.3 12l7-8"/>'),
  cached: statusIcon(
    'cached',
    '<path d="M9.2 1.5 3.5 9h4L6.8 14.5 12.5 7h-4z" fill="currentColor"/>'
  ),
  failed: statusIcon('failed', '<path d="m3.5 3.5 9 9m0-9-9 9"/>'),
  blocked: statusIcon('blocked', `${CIRCLE}<path d="m3.8 12.2 8.4-8.4"/>`),
  cancelled: statusIcon('cancelled', '<path d="M3.5 3.5h9v9h-9z"/>')
};

/** The one word of each status. */
export function statusWord(status: CellStatus, trans: TranslationBundle): string {
  const words: Readonly<Record<CellStatus, string>> = {
    idle: trans.__('idle'),
    stale: trans.__('stale'),
    waiting: trans.__('waiting'),
    running: trans.__('running'),
    done: trans.__('done'),
    cached: trans.__('cached'),
    failed: trans.__('failed'),
    blocked: trans.__('blocked'),
    cancelled: trans.__('cancelled')
  };
  return words[status];
}

/**
 * A duration as people read it: `12 ms`, `0.48 s`, `3.2 s`, `2 min 5 s`.
 */
export function formatDuration(ms: number): string {
  if (ms < 100) {
    return `${Math.round(ms)} ms`;
  }
  const seconds = ms / 1000;
  if (seconds < 60) {
    return `${seconds.toFixed(seconds < 1 ? 2 : 1)} s`;
  }
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

import { Time } from '@jupyterlab/coreutils';
import type { TranslationBundle } from '@jupyterlab/translation';
import type {
  CellStatus,
  ISessionSummary,
  SessionStatus,
  TraceRecord
} from '@llmos-lab/skills';

/** A status in a word. */
export function statusName(status: SessionStatus, trans: TranslationBundle): string {
  const names: Readonly<Record<SessionStatus, string>> = {
    active: trans.__('Active'),
    paused: trans.__('Paused'),
    completed: trans.__('Completed')
  };
  return names[status];
}

/** The sign beside the word of a status. */
export const STATUS_SIGNS: Readonly<Record<SessionStatus, string>> = {
  active: '●',
  paused: '❚❚',
  completed: '✓'
};

/** A run's status among those of cells, which have one icon and word each. */
export const RUN_STATUSES: Readonly<Record<TraceRecord['status'], CellStatus>> = {
  success: 'done',
  failed: 'failed',
  cancelled: 'cancelled'
};

/** Whether a session is committed, with the commit's short hash. */
export function commitText(
  { isCommitted, commit }: Pick<ISessionSummary, 'isCommitted' | 'commit'>,
  trans: TranslationBundle
): string {
  if (isCommitted && commit !== null) {
    return trans.__('committed %1', commit.slice(0, 7));
  }
  return commit === null ? trans.__('not committed') : trans.__('changed since commit');
}

const MINUTE = 60_000;

/** How long it is until then, such as "in 5 hours"; at least a minute. */
export function until(time: string | number): string {
  const minutes = Math.max(
    1,
    Math.round((new Date(time).getTime() - Date.now()) / MINUTE)
  );
  const format = new Intl.RelativeTimeFormat(
    document.documentElement.lang || undefined
  );
  if (minutes < 60) {
    return format.format(minutes, 'minute');
  }
  const hours = Math.round(minutes / 60);
  return hours < 48
    ? format.format(hours, 'hour')
    : format.format(Math.round(hours / 24), 'day');
}

/** How long ago something was, such as "5 minutes ago"; seconds are "now". */
export function ago(time: string | number): string {
  const now = new Date();
  const date = new Date(time);
  const isNow = Math.abs(now.getTime() - date.getTime()) < 60_000;
  return Time.formatHuman(isNow ? now : date);
}

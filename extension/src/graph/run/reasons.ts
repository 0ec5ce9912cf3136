import type { TranslationBundle } from '@jupyterlab/translation';
import type { PlanReason } from '@llmos-lab/skills';

/**
 * What a worker does before it can run its call.
 *
 * @param loading Packages that it loads; empty while it starts itself
 */
export function loadingText(
  loading: string | undefined,
  trans: TranslationBundle
): string | undefined {
  if (loading === undefined) {
    return undefined;
  }
  return loading === ''
    ? trans.__('Starting a worker…')
    : trans.__('Loading %1…', loading);
}

/** Why a cell is, or is not, part of a run, or is out of date: a sentence for people. */
export function reasonText(
  reason: PlanReason,
  /** A cell's short name. */
  titleOf: (cell: string) => string,
  trans: TranslationBundle
): string {
  switch (reason.code) {
    case 'never-run':
      return trans.__('It has not run since the notebook was opened.');
    case 'restarted':
      return trans.__('The kernel has restarted since it ran.');
    case 'edited':
      return trans.__('Its source, or a skill that it calls, has changed.');
    case 'failed':
      return trans.__('It failed.');
    case 'cancelled':
      return trans.__('It was cancelled.');
    case 'blocked':
      return trans.__('It needs %1, which gave no result.', titleOf(reason.cell));
    case 'upstream':
      return trans.__('It needs %1, which changed or must run.', titleOf(reason.cell));
    case 'undefined':
      return trans.__(
        'No cell above defines "%1" any more. The kernel still has a value of %2.',
        reason.name,
        titleOf(reason.cell)
      );
    case 'chosen':
      return trans.__('It is among the chosen cells.');
    case 'replaced':
      if (reason.by === undefined) {
        return trans.__(
          '%1 needs its "%2", which code outside the notebook has replaced.',
          titleOf(reason.cell),
          reason.name
        );
      }
      return reason.by === reason.cell
        ? trans.__('%1 changes its "%2".', titleOf(reason.cell), reason.name)
        : trans.__(
            '%1 needs its "%2", which %3 has replaced.',
            titleOf(reason.cell),
            reason.name,
            titleOf(reason.by)
          );
    case 'restores':
      return trans.__(
        '%1 runs and replaces "%2", which this cell sets last.',
        titleOf(reason.cell),
        reason.name
      );
    case 'up-to-date':
      return trans.__('It is up to date.');
    case 'not-chosen':
      return trans.__('It was not chosen.');
    case 'empty':
      return trans.__('It is empty.');
  }
}

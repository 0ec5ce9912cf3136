import type { DocumentRegistry } from '@jupyterlab/docregistry';
import type { NotebookPanel } from '@jupyterlab/notebook';
import type { TranslationBundle } from '@jupyterlab/translation';

/** Whether the drive of a document would refuse to write it. */
export function cannotBeSaved({
  contentsModel
}: Pick<DocumentRegistry.Context, 'contentsModel'>): boolean {
  return contentsModel?.writable === false;
}

/** Whether a notebook takes no change: it is locked, or its file cannot be written. */
export function isReadOnly({
  model,
  context
}: Pick<NotebookPanel, 'model' | 'context'>): boolean {
  return model?.readOnly === true || cannotBeSaved(context);
}

/** Why a notebook that is read-only takes no change, and the way on. */
export function readOnlyReason(trans: TranslationBundle): string {
  return trans.__('This notebook is read-only. Keep a copy of it to change it.');
}

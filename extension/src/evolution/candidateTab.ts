import type { IDocumentManager } from '@jupyterlab/docmanager';
import type { TranslationBundle } from '@jupyterlab/translation';

import { requireSaved } from '../session/openDocuments';
import { showAnew } from '../session/showAnew';
import type { IWaiting } from './panel/actions';

/** What tabs are found with; without a manager there are none. */
export interface ITabContext {
  readonly documents?: Pick<
    IDocumentManager,
    'findWidget' | 'closeFile' | 'openOrReveal' | 'registry'
  > | null;
  readonly trans: TranslationBundle;
}

/**
 * Decides on what waits for review and closes the tab of its file, which a save there
 * would bring back. What the decision writes is shown where it is open already; edits that
 * are typed there while it is written stay, and are told.
 *
 * @param becomes path of the file, in the same volume, that has the tab's place afterwards;
 *   where that is `path` itself, its tab stays
 * @throws Error where a tab of either has edits that are not saved
 */
export async function closingTab<T>(
  { documents, trans }: ITabContext,
  { volume, path }: IWaiting,
  decide: () => Promise<T>,
  becomes?: string
): Promise<T> {
  if (!documents) {
    return decide();
  }
  const file = `${volume}:${path}`;
  const next = becomes === undefined ? null : `${volume}:${becomes}`;
  requireSaved({ documents, trans }, next === null ? [file] : [file, next]);
  const tab = documents.findWidget(file);
  const decided = await decide();
  if (next !== null) {
    await showAnew({ documents, trans }, next);
  }
  if (tab && next !== file) {
    if (next !== null) {
      const [ref, activate] = [tab.id, tab.isVisible];
      const place = { ref, mode: 'tab-after', activate } as const;
      documents.openOrReveal(next, undefined, undefined, place);
    }
    await documents.closeFile(file);
  }
  return decided;
}

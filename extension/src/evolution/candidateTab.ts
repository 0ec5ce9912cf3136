import type { IDocumentManager } from '@jupyterlab/docmanager';
import type { TranslationBundle } from '@jupyterlab/translation';

import type { IWaiting } from './panel/actions';

/** What tabs are found with; without a manager there are none. */
export interface ITabContext {
  readonly documents?: Pick<
    IDocumentManager,
    'findWidget' | 'closeFile' | 'openOrReveal'
  > | null;
  readonly trans: TranslationBundle;
}

/**
 * Decides on what waits for review and closes the tab of its file, which a save there
 * would bring back.
 *
 * @param becomes path of the file, in the same volume, that has the tab's place afterwards
 * @throws Error where that tab has edits that are not saved
 */
export async function closingTab<T>(
  { documents, trans }: ITabContext,
  { volume, path }: IWaiting,
  decide: () => Promise<T>,
  becomes?: string
): Promise<T> {
  const file = `${volume}:${path}`;
  const tab = documents?.findWidget(file);
  if (tab?.context.model.dirty === true) {
    throw new Error(
      trans.__('"%1" has edits that are not saved. Save or undo them first.', path)
    );
  }
  const decided = await decide();
  if (tab) {
    if (becomes !== undefined) {
      const [ref, activate] = [tab.id, tab.isVisible];
      const place = { ref, mode: 'tab-after', activate } as const;
      documents?.openOrReveal(`${volume}:${becomes}`, undefined, undefined, place);
    }
    await documents?.closeFile(file);
  }
  return decided;
}

import type { TranslationBundle } from '@jupyterlab/translation';
import { conversationTitle } from '@llmos-lab/skills';

import { offerUndo } from '../session/offerUndo';
import type { AssistantModel } from './panel/model';

/** Deletes the conversation that is shown, with a button that brings it back. */
export async function deleteConversation(
  model: AssistantModel,
  trans: TranslationBundle
): Promise<void> {
  const title = conversationTitle(model.current) || trans.__('Empty');
  const bringBack = await model.remove();
  if (bringBack) {
    offerUndo(trans, trans.__('Deleted the conversation "%1".', title), bringBack);
  }
}

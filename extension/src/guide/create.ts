import type { TranslationBundle } from '@jupyterlab/translation';

import { GuideModel } from './panel/model';
import { GuidePanel, type IGuideActions } from './panel/GuidePanel';
import type { IGuideContext } from './prompts/prompt';
import { samplePrompts } from './prompts/prompts';

/** Makes the guide's content; the prompts and what they run come with it. */
export function createGuide(
  context: IGuideContext,
  actions: IGuideActions,
  trans: TranslationBundle
): GuidePanel {
  const model = new GuideModel(samplePrompts(trans), context);
  return new GuidePanel(model, actions, trans);
}

import type { TranslationBundle } from '@jupyterlab/translation';

import { UNTRANSLATED } from '../src/volumes/fileStore';

/** A translator that marks whatever passes through it. */
export const MARKED = {
  __: (text: string, ...values: string[]) => `«${UNTRANSLATED.__(text, ...values)}»`
} as TranslationBundle;

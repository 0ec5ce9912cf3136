import '../browser';

import { nullTranslator } from '@jupyterlab/translation';
import { CommandRegistry } from '@lumino/commands';

import { showKeys } from '../../src/guide/keys/showKeys';

describe('showKeys', () => {
  // JupyterLab draws the dialog's title by React, when it likes.
  beforeAll(() => Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: false }));

  it('opens with the focus in the search', async () => {
    const focused = new Promise(resolve => {
      const tell = ({ target }: FocusEvent): void => resolve(target);
      document.addEventListener('focusin', tell, { once: true });
    });
    const shown = showKeys(new CommandRegistry(), nullTranslator.load('llmos'));
    expect(await focused).toBe(document.querySelector('.llmos-KeyList input'));
    document.querySelector<HTMLButtonElement>('.jp-Dialog .jp-mod-accept')?.click();
    await shown;
  });
});

import '../browser';

import { nullTranslator } from '@jupyterlab/translation';
import { CommandRegistry } from '@lumino/commands';

import { showKeys } from '../../src/guide/keys/showKeys';

describe('showKeys', () => {
  // JupyterLab draws the dialog's title by React, when it likes.
  beforeAll(() => Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: false }));

  it('opens with the focus in the search', async () => {
    const shown = showKeys(new CommandRegistry(), nullTranslator.load('llmos'));
    for (let turn = 0; turn < 20; turn++) {
      await Promise.resolve();
    }
    const search = document.querySelector('.llmos-KeyList input');
    expect(search).not.toBeNull();
    expect(document.activeElement).toBe(search);
    document.querySelector<HTMLButtonElement>('.jp-Dialog .jp-mod-accept')?.click();
    await shown;
  });
});

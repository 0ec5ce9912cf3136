import './browser';

import { askText } from '../src/askText';

describe('askText', () => {
  // JupyterLab draws the dialog's title by React, when it likes.
  beforeAll(() => Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: false }));

  const ask = (): Promise<string | null> =>
    askText({
      ...{ title: 'Rename', label: 'Name', okLabel: 'Rename', text: 'old' },
      problemOf: text => (text === '' ? 'A name is needed.' : null)
    });
  const input = (): HTMLInputElement => {
    const found = document.querySelector<HTMLInputElement>('.llmos-AskText input');
    if (!found) {
      throw new Error('There is no dialog.');
    }
    return found;
  };
  const accept = (): HTMLButtonElement | null =>
    document.querySelector<HTMLButtonElement>('.jp-Dialog .jp-mod-accept');
  const type = (text: string): void => {
    input().value = text;
    input().dispatchEvent(new Event('input', { bubbles: true }));
  };
  const alert = (): string | null | undefined =>
    document.querySelector('.llmos-AskText [role="alert"]')?.textContent;

  it('says what is wrong and takes no such text, which stays', async () => {
    const answer = ask();
    await Promise.resolve();
    expect(accept()?.disabled).toBe(false);
    type('  ');
    expect(alert()).toBe('A name is needed.');
    expect(accept()?.disabled).toBe(true);
    accept()?.click();
    expect(input().value).toBe('  ');
    type(' new ');
    expect(alert()).toBe('');
    accept()?.click();
    expect(await answer).toBe('new');
  });

  it('gives nothing when it is cancelled', async () => {
    const answer = ask();
    await Promise.resolve();
    document.querySelector<HTMLButtonElement>('.jp-Dialog .jp-mod-reject')?.click();
    expect(await answer).toBeNull();
  });
});

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

  it('selects the text, and gives the focus back to where it was', async () => {
    // As in Chrome, where a field that is selected takes the focus.
    const select = jest
      .spyOn(HTMLInputElement.prototype, 'select')
      .mockImplementation(function (this: HTMLInputElement) {
        this.focus();
        this.setSelectionRange(0, this.value.length);
      });
    const row = document.createElement('div');
    row.tabIndex = 0;
    document.body.append(row);
    row.focus();
    const answer = ask();
    await Promise.resolve();
    expect(document.activeElement).toBe(input());
    expect([input().selectionStart, input().selectionEnd]).toEqual([0, 3]);
    const escape = { key: 'Escape', keyCode: 27, bubbles: true };
    input().dispatchEvent(new KeyboardEvent('keydown', escape));
    expect(await answer).toBeNull();
    expect(document.activeElement).toBe(row);
    row.remove();
    select.mockRestore();
  });
});

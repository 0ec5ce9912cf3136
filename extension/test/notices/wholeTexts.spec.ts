import '../browser';

import { NotificationManager } from '@jupyterlab/apputils';

import { showWholeTexts } from '../../src/notices/wholeTexts';

const ADVICE = 'Choose an output of that type.';
const LONG = `${'The output is of another type. '.repeat(5)}${ADVICE}`;

/** What JupyterLab makes of a text: cut, with an element at each line's end. */
function messageOf(text: string): HTMLElement {
  const message = document.createElement('div');
  message.className = 'jp-toast-message';
  const shown = text.length > 140 ? `${text.slice(0, 140)}…` : text;
  shown.split('\n').forEach((line, at) => {
    message.append(...(at > 0 ? [document.createElement('br')] : []), line);
  });
  return message;
}

function add(parent: Node, id: string, className = ''): HTMLElement {
  const element = parent.appendChild(document.createElement('div'));
  Object.assign(element, { id, className });
  return element;
}

/** One that comes, in an element with its id. */
function toastOf(toasts: HTMLElement, id: string, text: string): HTMLElement {
  return add(toasts, id, 'Toastify__toast').appendChild(messageOf(text));
}

/** The list of notifications, in its popup. */
function listOf(...texts: readonly string[]): HTMLElement {
  const popup = document.createElement('div');
  const list = add(popup, '', 'jp-Notification-Center').appendChild(
    document.createElement('ol')
  );
  texts.forEach(text => {
    const item = list.appendChild(document.createElement('li'));
    item.className = 'jp-Notification-List-Item';
    // The elements are those of notifications that come, without their ids.
    toastOf(item, '', text);
  });
  return popup;
}

/** Lets observers of the page have their turn. */
const observed = (): Promise<void> => Promise.resolve();

describe('showWholeTexts', () => {
  it('completes what is cut in those that come, in their list, and after updates', async () => {
    const page = document.createElement('div');
    const manager = new NotificationManager();
    showWholeTexts(page, manager);
    const toasts = add(page, 'react-toastify-container');
    await observed();
    const id = manager.notify(LONG, 'warning', {});
    const toast = toastOf(toasts, id, LONG);
    await observed();
    expect(toast.textContent).toBe(LONG);

    const popup = listOf(LONG);
    page.append(popup);
    await observed();
    expect(popup.textContent).toBe(LONG);

    const lines = `First.\n${LONG}`;
    manager.update({ id, message: lines });
    toast.replaceChildren(...messageOf(lines).childNodes);
    await observed();
    expect(toast.textContent).toBe(lines.replace('\n', ''));
  });

  it('leaves what is shown whole, and texts that only look cut', async () => {
    const page = document.createElement('div');
    const manager = new NotificationManager();
    showWholeTexts(page, manager);
    const id = manager.notify('Reading…', 'info', {});
    const toasts = add(page, 'react-toastify-container');
    toastOf(toasts, id, 'Reading…');
    toastOf(toasts, 'of-others', LONG);
    await observed();
    expect(toasts.textContent).toBe(`Reading…${LONG.slice(0, 140)}…`);
  });

  it('tells texts with equal beginnings apart', async () => {
    const page = document.createElement('div');
    const manager = new NotificationManager();
    showWholeTexts(page, manager);
    const toasts = add(page, 'react-toastify-container');
    await observed();
    const other = `${LONG} Or another skill.`;
    const texts = [LONG, other].map(text => {
      const id = manager.notify(text, 'warning', {});
      return toastOf(toasts, id, text);
    });
    await observed();
    expect(texts.map(({ textContent }) => textContent)).toEqual([LONG, other]);

    const newestFirst = manager.notifications.map(({ message }) => message);
    const popup = listOf(...newestFirst);
    page.append(popup);
    await observed();
    const items = [...popup.querySelectorAll('li')];
    expect(items.map(({ textContent }) => textContent)).toEqual(newestFirst);
  });
});

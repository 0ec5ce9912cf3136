import type { Notification, NotificationManager } from '@jupyterlab/apputils';

/** Characters after which JupyterLab cuts the text of a notification. */
const CUT = 140;

/**
 * Shows the texts of notifications whole: JupyterLab cuts them, in its list too, and at
 * their end stands what to do.
 */
export function showWholeTexts(
  page: HTMLElement,
  manager: Pick<NotificationManager, 'notifications'>
): void {
  const within = new MutationObserver(() => completeAll(page, manager));
  const watch = (node: Node): void => {
    const holder = node instanceof HTMLElement ? holderIn(node) : null;
    if (holder) {
      within.observe(holder, { childList: true, subtree: true, characterData: true });
      completeAll(holder, manager);
    }
  };
  page.childNodes.forEach(watch);
  new MutationObserver(records =>
    records.forEach(({ addedNodes }) => addedNodes.forEach(watch))
  ).observe(page, { childList: true });
}

/** The element of notifications that come, or of their list; both are children of the page. */
function holderIn(node: HTMLElement): Element | null {
  return node.id === 'react-toastify-container'
    ? node
    : node.querySelector(':scope > .jp-Notification-Center');
}

function completeAll(
  holder: Element,
  { notifications }: Pick<NotificationManager, 'notifications'>
): void {
  for (const element of holder.querySelectorAll('.jp-toast-message')) {
    const message = shownIn(element, notifications)?.message ?? '';
    const { lastChild, textContent: shown } = element;
    const isCut =
      message.length > CUT &&
      // A line's end is an element there.
      shown === `${message.slice(0, CUT).replaceAll('\n', '')}…`;
    if (isCut && lastChild instanceof Text) {
      lastChild.data = lastChild.data.slice(0, -1) + message.slice(CUT);
    }
  }
}

/** What an element shows: one that comes has the notification's id, the list has them in order. */
function shownIn(
  element: Element,
  notifications: readonly Notification.INotification[]
): Notification.INotification | undefined {
  const item = element.closest('.jp-Notification-List-Item');
  if (item?.parentElement) {
    return notifications[[...item.parentElement.children].indexOf(item)];
  }
  const id = element.closest('.Toastify__toast')?.id;
  return notifications.find(notification => notification.id === id);
}

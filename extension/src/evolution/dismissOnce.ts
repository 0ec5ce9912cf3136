import { Notification } from '@jupyterlab/apputils';

import type { IEvolution } from './tokens';

/**
 * Takes a notification away, out of the bell too, once what it says holds no more; one
 * that the person has closed is looked at no longer.
 */
export function dismissOnce(
  isOver: () => boolean,
  notification: string,
  { changed }: Pick<IEvolution, 'changed'>
): void {
  const look = (): void => {
    const isThere = Notification.manager.has(notification);
    if (!isThere || isOver()) {
      changed.disconnect(look);
      Notification.dismiss(notification);
    }
  };
  changed.connect(look);
}

/** Tells of work that a button began and that failed. */

import { Notification } from '@jupyterlab/apputils';

import { reasonOf } from '../reasonOf';
import { STAYS } from '../stays';

/** Shows why `work` failed, if it does; `what` has `%1` for the reason. */
export function tellFailure(
  work: Promise<unknown>,
  what: (reason: string) => string
): void {
  work.catch((error: unknown) => {
    Notification.error(what(reasonOf(error)), { autoClose: STAYS.error });
  });
}

import { Notification } from '@jupyterlab/apputils';

/** What each editing command of the graph returns. */
export type EditOutcome =
  | {
      readonly ok: true;
      /** Ids of the cells that the edit is about, the new ones for example. */
      readonly cells: readonly string[];
    }
  | { readonly ok: false; readonly reason: string };

/** How long a refusal can be read, in milliseconds. */
const REFUSAL_MS = 10_000;

/**
 * Shows why an edit is not made, and gives the outcome that says so.
 *
 * @param whenOver calls back when that is so no more: then it is not shown any longer
 */
export function refused(
  reason: string,
  whenOver?: (callback: () => void) => void
): EditOutcome {
  const id = Notification.warning(reason, { autoClose: REFUSAL_MS });
  whenOver?.(() => Notification.dismiss(id));
  return { ok: false, reason };
}

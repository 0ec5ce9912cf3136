import { Dialog, Notification, type ISessionContext } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { IStuckKernel } from '@llmos-lab/kernel';

import { reasonOf } from '../reasonOf';
import { STAYS } from '../stays';

/** Whose code goes on running, and why it cannot be stopped. */
export interface IRestartOffer {
  readonly context: ISessionContext;
  readonly reason: IStuckKernel['reason'];
  readonly trans: TranslationBundle;
}

/**
 * Asks whether Python is to be restarted, and does it. The question goes away by itself
 * when the code ends meanwhile. Never rejects: a restart that fails is told.
 */
export async function offerRestart(offer: IRestartOffer): Promise<void> {
  const { context, trans } = offer;
  const dialog = new Dialog({
    title: trans.__('Python is still computing'),
    body: explain(offer),
    buttons: [
      Dialog.cancelButton({ label: trans.__('Let it run') }),
      Dialog.warnButton({ label: trans.__('Restart Python') })
    ]
  });
  const onStatus = (): void => {
    if (context.session?.kernel?.status !== 'busy') {
      dialog.reject();
    }
  };
  context.statusChanged.connect(onStatus);
  try {
    const { button } = await dialog.launch();
    if (button.accept) {
      await context.restartKernel();
    }
  } catch (error) {
    const reason = reasonOf(error);
    Notification.error(
      trans.__('Python could not be restarted: %1. Reload the page.', reason),
      { autoClose: STAYS.error }
    );
  } finally {
    context.statusChanged.disconnect(onStatus);
  }
}

function explain({ reason, trans }: IRestartOffer): string {
  const why =
    reason === 'ignored'
      ? trans.__(
          'It was told to stop and goes on: it is inside compiled code, or the cell catches the interrupt.'
        )
      : trans.__(
          'This site is served without cross-origin isolation, so the page cannot reach Python while it computes.'
        );
  const what = trans.__(
    'A restart ends it at once: the notebook and its outputs stay, variables are lost. Skills that have run come back from the cache when you run their cells again.'
  );
  return `${why}\n\n${what}`;
}

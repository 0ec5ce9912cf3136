import { Notification } from '@jupyterlab/apputils';

import { CommandIDs } from '../../commands';
import { Sessions } from '../../session/store/sessions';
import type { ITransferContext } from './context';
import { updateWorkingNotebooks, type IPulled } from './workingNotebooks';

/** What showing changes works with: pulls, branches and rolling back all have it. */
export type IMergedContext = Pick<
  ITransferContext,
  'documents' | 'sessions' | 'user' | 'app' | 'trans'
>;

/** Open documents and working notebooks without edits of their own show what has come. */
export async function showMerged(
  context: IMergedContext,
  pulled: IPulled
): Promise<void> {
  const { volume, changes } = pulled;
  for (const { path } of changes) {
    const widget = context.documents.findWidget(`${volume}:${path}`);
    if (widget && !widget.context.model.dirty) {
      await widget.context.revert();
    }
  }
  await followWorkingNotebooks(context, pulled);
}

/** Working notebooks without edits of their own show what has come; the others are named. */
export async function followWorkingNotebooks(
  { documents, sessions, user, app, trans }: IMergedContext,
  pulled: IPulled
): Promise<void> {
  if (!(sessions instanceof Sessions)) {
    return;
  }
  const { volume } = pulled;
  const { contents } = app.serviceManager;
  const places = { sessions, documents, contents, user };
  const stayed = await updateWorkingNotebooks(places, pulled);
  if (stayed.length > 0) {
    const history = (): void =>
      void app.commands.execute(CommandIDs.showHistory, { volume });
    Notification.warning(
      trans.__(
        'Notebooks with edits or outputs that are not committed stayed as they are: %1. The other version is in the history; committing yours makes yours the newer one.',
        stayed.join(', ')
      ),
      {
        autoClose: false,
        actions: [{ label: trans.__('Show history'), callback: history }]
      }
    );
  }
}

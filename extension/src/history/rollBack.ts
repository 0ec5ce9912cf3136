import { Notification } from '@jupyterlab/apputils';
import { planRollback, rollbackMessage } from '@llmos-lab/skills';

import { followWorkingNotebooks } from '../remotes/transfer/showMerged';
import { applyChanges } from '../session/applyChanges';
import type { ISessionContext } from '../session/context';
import { titleIn } from '../session/fileTitle';
import { agrees, type IRestoreRequest } from './agree';

/** Takes back what a commit changed, by a new commit; notebooks that people work in follow. */
export async function rollBack(
  context: ISessionContext,
  request: IRestoreRequest
): Promise<string | null> {
  const { trans } = context;
  const { volume, commit } = request;
  const { store } = volume.volume.repository;
  const { changes, blocked } = await planRollback(store, commit);
  const [entry] = await store.log({ from: commit, limit: 1 });
  const later = blocked.map(titleIn(context.sessions, volume.volume.name)).join(', ');
  const subject = entry?.message.split('\n')[0] ?? '';
  if (changes.length === 0) {
    throw new Error(
      blocked.length === 0
        ? trans.__('There is nothing to roll back: its changes are gone already.')
        : trans.__(
            'Later commits changed the same files: %1. Roll those back first, or restore single files.',
            later
          )
    );
  }
  const verdict = await volume.volume.repository.allows(changes);
  if (!verdict.allowed) {
    throw new Error(trans.__('This cannot be rolled back. %1', verdict.reason));
  }
  const sure =
    trans.__('A new commit takes back "%1".', subject) +
    (blocked.length === 0
      ? ''
      : ` ${trans.__('Left as they are, since later commits changed them: %1.', later)}`);
  const question = {
    title: trans.__('Roll back commit?'),
    accept: trans.__('Roll back')
  };
  if (!(await agrees(request, question, sure))) {
    return null;
  }
  const message = rollbackMessage(commit, subject, changes);
  const before = await store.head();
  const oid = await applyChanges(context, volume, changes, message);
  await volume.refresh();
  const shown = changes.map(({ path, content }) => ({
    type: content === null ? ('delete' as const) : ('save' as const),
    path
  }));
  const { name } = volume.volume;
  await followWorkingNotebooks(context, {
    volume: name,
    changes: shown,
    before,
    store
  });
  Notification.success(
    oid === null
      ? trans.__('Its changes are gone already: there was nothing to commit.')
      : trans.__('Rolled back in commit %1.', oid.slice(0, 7)),
    { autoClose: 6000 }
  );
  return oid;
}

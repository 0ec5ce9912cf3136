import { MainAreaWidget } from '@jupyterlab/apputils';
import { NotebookPanel } from '@jupyterlab/notebook';
import {
  commitNotebook,
  diffNotebooks,
  isRecord,
  notebookCopy,
  sessionFolder,
  type ISession
} from '@llmos-lab/skills';

import { addCommand, type CommandArgs } from '../addCommand';
import { CommandIDs } from '../commands';
import { diffIcon } from '../icons';
import { requireSession, SESSION_ARGS, type ISessionContext } from '../session/context';
import { readJson } from '../session/store/driveFiles';
import { sessionId } from '../session/store/notebookSessions';
import type { VolumeSessions } from '../session/store/volumeSessions';
import { ComparePanel, type IComparison } from './ComparePanel';

/** Adds the command that compares a working notebook with its last commit. */
export function addCompareCommand(context: ISessionContext): void {
  const { trans, notebooks } = context;
  addCommand(
    context,
    CommandIDs.compareSession,
    {
      label: trans.__('Compare with last commit'),
      caption: trans.__('Show, cell by cell, what has changed since the last commit'),
      icon: diffIcon,
      args: SESSION_ARGS,
      isEnabled: args => typeof args['id'] === 'string' || !!notebooks.currentWidget
    },
    args => openComparison(context, args)
  );
}

async function openComparison(
  context: ISessionContext,
  args: CommandArgs
): Promise<void> {
  const { app, trans, sessions } = context;
  const { session, volume: name } = await requireSession(context, args);
  const id = `llmos-compare-${name}-${session.id}`;
  const open = [...app.shell.widgets('main')].find(widget => widget.id === id);
  if (!open) {
    const read = (): Promise<IComparison> => compare(context, session.id, name);
    // What cannot be compared opens no tab, but says why.
    const first = await read();
    const content = new ComparePanel(first, {
      ...{ read, trans, changed: sessions.changed },
      commit: () => {
        const args = { id: session.id, volume: name };
        void app.commands.execute(CommandIDs.commitSession, args);
      }
    });
    const tab = new MainAreaWidget({ content });
    tab.id = id;
    tab.title.label = trans.__('Changes in %1', session.name);
    tab.title.caption = trans.__('%1, compared with its last commit', session.path);
    tab.title.icon = diffIcon;
    tab.title.closable = true;
    app.shell.add(tab, 'main', { type: 'History' });
  }
  app.shell.activateById(id);
}

/** @throws Error when there is no commit, or no working notebook, to compare */
async function compare(
  context: ISessionContext,
  id: string,
  name: string
): Promise<IComparison> {
  const { sessions, trans } = context;
  const { session } = await requireSession(context, { id, volume: name });
  const volume = sessions.volumeOf(name);
  const { store } = volume.volume.repository;
  const [commit] = await store.log({ path: sessionFolder(id), limit: 1 });
  const before = commit && (await committed(volume, session));
  if (!commit || before === null) {
    throw new Error(
      trans.__('"%1" is not committed yet. Commit it, then compare.', session.name)
    );
  }
  const working = await workingNotebook(context, session);
  if (working === null) {
    throw new Error(
      trans.__(
        'The notebook %1 is gone. Open the session to get it back.',
        session.path
      )
    );
  }
  const after = readJson(
    commitNotebook(working, hasOutputs(before) ? 'keep' : 'clear')
  );
  const diff = diffNotebooks(before, after);
  if (!diff) {
    throw new Error(trans.__('One of the two is no notebook that can be read.'));
  }
  return { commit, diff, name: session.name };
}

async function committed(
  { volume }: VolumeSessions,
  session: ISession
): Promise<unknown> {
  const bytes = await volume.repository.store.read(notebookCopy(session));
  return bytes && readJson(new TextDecoder().decode(bytes));
}

/** What is on the screen, saved or not; else the file. Null where there is none. */
async function workingNotebook(
  { documents, sessions }: ISessionContext,
  session: ISession
): Promise<unknown> {
  const open = documents.findWidget(session.path);
  if (open instanceof NotebookPanel && sessionId(open) === session.id && open.model) {
    return open.model.toJSON();
  }
  const there = await sessions.workingNotebook(session);
  return there.kind === 'notebook' ? there.content : null;
}

/** A commit may have been made without outputs: then none are compared. */
function hasOutputs(notebook: unknown): boolean {
  const cells: unknown = isRecord(notebook) ? notebook['cells'] : null;
  return (
    Array.isArray(cells) &&
    cells.some(
      (cell: unknown) =>
        isRecord(cell) && Array.isArray(cell['outputs']) && cell['outputs'].length > 0
    )
  );
}

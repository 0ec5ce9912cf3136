import type { JupyterFrontEnd } from '@jupyterlab/application';
import { MainAreaWidget } from '@jupyterlab/apputils';
import { notebookCopy, sessionOfPath } from '@llmos-lab/skills';

import { CommandIDs } from '../commands';
import { eachNotebook } from '../notebook/eachNotebook';
import type { ISessionContext } from '../session/context';
import { readAtCommit, splitAtCommit } from '../volumes/atCommit';
import { HISTORY_DRIVE } from '../volumes/copyToUser';
import { passingTitle } from '../volumes/passing';
import { addReadOnlyDrive } from '../volumes/readOnlyDrive';
import { commitFiles } from './commitFiles';
import { addBranchCommands } from './branchCommands';
import { addHistoryCommands } from './commands';
import { addCompareCommand } from './compare';
import { HistoryPanel, type IHistoryActions } from './HistoryPanel';
import { HistoryModel, type IHistoryRange } from './model';

/** Adds the history of volumes, sessions and files, in one tab of the main area. */
export function addHistory(context: ISessionContext): void {
  const { app, sessions, trans } = context;
  addReadOnlyDrive(
    context,
    HISTORY_DRIVE,
    commitFiles(name => sessions.volumeOf(name).volume.repository.store),
    path =>
      trans.__(
        '"%1" is as it was in a commit and cannot be changed. Restore it from the history to work on it.',
        splitAtCommit(path).path
      )
  );
  addCompareCommand(context);
  titleSessions(context);
  let tab: MainAreaWidget<HistoryPanel> | undefined;
  const show = (range: IHistoryRange, commit?: string): void => {
    if (tab && !tab.isDisposed) {
      void tab.content.model.show(range, commit);
    } else {
      const model = new HistoryModel(sessions, trans, range, commit);
      const content = new HistoryPanel(model, historyActions(app), trans);
      tab = new MainAreaWidget({ content });
      tab.id = 'llmos-history';
      tab.title.label = trans.__('History');
      tab.title.caption = trans.__('Commits and what they changed');
      tab.title.closable = true;
      app.shell.add(tab, 'main', { type: 'History' });
    }
    app.shell.activateById(tab.id);
  };
  addHistoryCommands(context, show);
  addBranchCommands(context, show);
}

/** A session's notebook is called by its id there: its tab is called as the session. */
function titleSessions({ notebooks, sessions, trans }: ISessionContext): void {
  eachNotebook(notebooks, ({ context, title }) => {
    const at = readAtCommit(context.path);
    const id = at && sessionOfPath(at.path);
    if (id && at.path === notebookCopy({ id })) {
      void sessions.ready.then(() => {
        const found = sessions.find(id, at.volume);
        // Any other title is one that JupyterLab holds: it would rename the file.
        if (found && title.label === passingTitle(context.path, trans)) {
          title.label = passingTitle(context.path, trans, found.session.name);
        }
      });
    }
  });
}

/** The history acts through commands, as everything else does. */
function historyActions({ commands }: JupyterFrontEnd): IHistoryActions {
  const run = (
    command: string,
    { volume }: IHistoryRange,
    args: Readonly<Record<string, string>>
  ): void => {
    void commands.execute(command, { volume, ...args });
  };
  /** Files stand on main, and so does the commit that changed them: it is shown there. */
  const bringBack = async (
    command: string,
    { volume, branch }: IHistoryRange,
    args: Readonly<Record<string, string>>
  ): Promise<void> => {
    const commit: unknown = await commands.execute(command, { volume, ...args });
    if (branch !== undefined && typeof commit === 'string') {
      await commands.execute(CommandIDs.showHistory, { volume, commit });
    }
  };
  return {
    openFile: (range, commit, path) =>
      run(CommandIDs.openAtCommit, range, { commit, path }),
    restoreFile: (range, commit, path) =>
      run(CommandIDs.restoreFile, range, { commit, path }),
    restoreSession: (range, commit, id) =>
      void bringBack(CommandIDs.restoreSession, range, { commit, id }),
    rollBack: (range, commit) => void bringBack(CommandIDs.rollBack, range, { commit }),
    keepBranch: (range, commit) => run(CommandIDs.makeBranch, range, { commit }),
    mergeBranch: (range, name) => run(CommandIDs.mergeBranch, range, { name }),
    deleteBranch: (range, name) => run(CommandIDs.deleteBranch, range, { name }),
    show: range =>
      run(CommandIDs.showHistory, range, range.branch ? { branch: range.branch } : {})
  };
}

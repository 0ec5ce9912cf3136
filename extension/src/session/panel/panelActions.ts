import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { ISessionSummary } from '@llmos-lab/skills';
import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';

import { CommandIDs } from '../../commands';
import type { ITransfers } from '../../remotes/tokens';
import type { ISessionActions } from './actions';
import { showMenu } from './panelMenu';
import { remoteEntries } from './remoteMenu';
import { sessionEntries } from './sessionMenu';

/** The panel acts through commands, as everything else does. */
export function panelActions(
  { commands }: JupyterFrontEnd,
  transfers: ITransfers | null
): ISessionActions {
  const run = (command: string, args: ReadonlyPartialJSONObject): void => {
    void commands.execute(command, args);
  };
  const of = ({ session, volume }: ISessionSummary) => ({ id: session.id, volume });
  return {
    open: summary => run(CommandIDs.openSession, of(summary)),
    commit: summary => run(CommandIDs.commitSession, of(summary)),
    commitCurrent: () => run(CommandIDs.commitSession, {}),
    compare: summary => run(CommandIDs.compareSession, of(summary)),
    history: ({ session, volume }) =>
      run(CommandIDs.showHistory, { volume, session: session.id }),
    showMenu: (summary, button) => showMenu(commands, sessionEntries(summary), button),
    volumeHistory: (volume, commit) =>
      run(CommandIDs.showHistory, { volume, ...(commit && { commit }) }),
    openFile: (volume, path) => run('docmanager:open', { path: `${volume}:${path}` }),
    push: volume => run(CommandIDs.push, { volume }),
    pull: volume => run(CommandIDs.pull, { volume }),
    stopTransfer: volume => run(CommandIDs.cancelTransfer, { volume }),
    showRemoteMenu: (volume, button) => {
      const kind = transfers?.view(volume)?.kind ?? null;
      showMenu(commands, remoteEntries(volume, kind), button);
    }
  };
}

import type { JupyterFrontEnd } from '@jupyterlab/application';

import { CommandIDs } from '../commands';
import type { ISessions } from '../tokens';
import type { IEvolutionActions } from './panel/actions';

/** What the panel can do, by commands. */
export function panelActions(
  { commands }: JupyterFrontEnd,
  sessions: ISessions
): IEvolutionActions {
  const run = (
    command: string,
    args: Readonly<Record<string, string | boolean>>
  ): void => void commands.execute(command, { ...args });
  return {
    run: volume => run(CommandIDs.evolve, { volume }),
    stop: volume => run(CommandIDs.stopEvolving, { volume }),
    turn: (job, isOn) => run(CommandIDs.turnJob, { job, isOn }),
    share: (volume, isOn) => run(CommandIDs.shareWithTeam, { volume, isOn }),
    useModel: isOn => run(CommandIDs.useModelInEvolution, { isOn }),
    takeName: ({ volume, id }, better) =>
      run(CommandIDs.renameCandidate, { volume, id, ...better }),
    accept: ({ volume, id }) => run(CommandIDs.acceptCandidate, { volume, id }),
    reject: ({ volume, id }) => run(CommandIDs.rejectCandidate, { volume, id }),
    allow: ({ volume, id }) => run(CommandIDs.allowCandidate, { volume, id }),
    rename: ({ volume, id }) => run(CommandIDs.renameCandidate, { volume, id }),
    edit: ({ volume, path }) => run('docmanager:open', { path: `${volume}:${path}` }),
    promote: ({ volume, id }, suggestion) => {
      void commands
        .execute(CommandIDs.promoteSkill, { volume, id, suggestion })
        .then((done: unknown) => {
          // What was proposed for everybody is not proposed again.
          if (done === 'proposed' || done === 'exported') {
            run(CommandIDs.dismissPromotion, { volume, id });
          }
        });
    },
    dismiss: ({ volume, id }) => run(CommandIDs.dismissPromotion, { volume, id }),
    showCommit: (volume, commit) => run(CommandIDs.showHistory, { volume, commit }),
    openSession: (volume, id) =>
      run(CommandIDs.openSessions, { key: `${volume}:${id}` }),
    sessionName: (volume, id) => sessions.find(id, volume)?.session.name ?? id
  };
}

import type { JupyterFrontEnd } from '@jupyterlab/application';
import { InputDialog, Notification } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { IEvolutionRun } from '@llmos-lab/skills';

import { addCommand, textArg, type CommandArgs } from '../addCommand';
import { CommandIDs } from '../commands';
import { evolutionIcon } from '../icons';
import type { ICandidateFile } from './evolutionFiles';
import { EVOLUTION_PANEL_ID } from './panel/EvolutionPanel';
import type { IEvolution } from './tokens';

/** What the commands work with. */
export interface IEvolutionCommandContext {
  readonly app: JupyterFrontEnd;
  readonly evolution: IEvolution;
  readonly trans: TranslationBundle;
}

const ID = { type: 'string', description: 'Id of the candidate' };

/** Adds the commands that run jobs and review what they learned. */
export function addEvolutionCommands(context: IEvolutionCommandContext): void {
  addJobCommands(context);
  addReviewCommands(context);
}

function addJobCommands(context: IEvolutionCommandContext): void {
  const { app, evolution, trans } = context;
  addCommand(
    context,
    CommandIDs.openEvolution,
    {
      label: trans.__('Evolution'),
      caption: trans.__('Show skills learned from your runs'),
      icon: evolutionIcon
    },
    () => Promise.resolve(app.shell.activateById(EVOLUTION_PANEL_ID))
  );
  addCommand(
    context,
    CommandIDs.evolve,
    {
      label: trans.__('Learn skills from your runs now'),
      caption: trans.__('Look for workflows that you have run again and again'),
      icon: evolutionIcon
    },
    async () => {
      const run = await evolution.run('user');
      if (run) {
        tellRun(context, run);
      } else {
        Notification.info(trans.__('Another tab is at it already.'), {
          autoClose: 5000
        });
      }
      return run;
    }
  );
  addCommand(
    context,
    CommandIDs.stopEvolving,
    {
      label: trans.__('Stop learning skills'),
      caption: trans.__('Stop the job that runs; what it has found stays'),
      isEnabled: () => evolution.jobs.some(({ progress }) => progress !== null)
    },
    () => Promise.resolve(evolution.stop('user'))
  );
}

function addReviewCommands(context: IEvolutionCommandContext): void {
  const { evolution, trans } = context;
  addCommand(
    context,
    CommandIDs.acceptCandidate,
    {
      label: trans.__('Accept learned skill'),
      caption: trans.__('Commit it to your volume'),
      args: { id: ID },
      required: ['id']
    },
    async args => {
      const { id, skill } = requireCandidate(context, args);
      const oid = await evolution.accept(id);
      tellAccepted(context, skill.id, oid);
      return oid;
    }
  );
  addCommand(
    context,
    CommandIDs.rejectCandidate,
    {
      label: trans.__('Reject learned skill…'),
      caption: trans.__('Take it away; its workflow is not proposed again'),
      args: {
        id: ID,
        reason: { type: 'string', description: 'Why; with it nothing is asked' }
      },
      required: ['id']
    },
    async args => {
      const { id, skill } = requireCandidate(context, args);
      const reason = textArg(args, 'reason') ?? (await askReason(skill.name, trans));
      if (reason !== null) {
        await evolution.reject(id, reason);
      }
    }
  );
  addCommand(
    context,
    CommandIDs.renameCandidate,
    {
      label: trans.__('Rename learned skill…'),
      caption: trans.__('Give it another name, and the id that goes with it'),
      args: { id: ID, name: { type: 'string', description: 'The new name' } },
      required: ['id']
    },
    async args => {
      const { id, skill } = requireCandidate(context, args);
      const name = textArg(args, 'name') ?? (await askName(skill.name, trans));
      if (name !== null && name !== skill.name) {
        await evolution.rename(id, name);
      }
    }
  );
}

function requireCandidate(
  { evolution, trans }: IEvolutionCommandContext,
  args: CommandArgs
): ICandidateFile {
  const id = textArg(args, 'id') ?? '';
  const found = evolution.candidates.find(candidate => candidate.id === id);
  if (!found) {
    throw new Error(trans.__('No learned skill "%1" waits for review.', id));
  }
  return found;
}

async function askReason(
  name: string,
  trans: TranslationBundle
): Promise<string | null> {
  const { button, value } = await InputDialog.getText({
    title: trans.__('Reject "%1"?', name),
    label: trans.__('This workflow is not proposed again. Why (optional):'),
    okLabel: trans.__('Reject')
  });
  return button.accept ? (value ?? '') : null;
}

async function askName(name: string, trans: TranslationBundle): Promise<string | null> {
  const { button, value } = await InputDialog.getText({
    title: trans.__('Rename learned skill'),
    label: trans.__('Name'),
    text: name,
    okLabel: trans.__('Rename')
  });
  return button.accept ? (value?.trim() ?? '') || null : null;
}

/** Says what a run came to, with the way to what it found. */
export function tellRun(
  { app, trans }: IEvolutionCommandContext,
  run: IEvolutionRun
): void {
  const { status, error, candidates, rejected } = run;
  if (status === 'failed') {
    Notification.error(trans.__('Learning skills failed: %1', error ?? ''), {
      autoClose: false
    });
  } else if (candidates.length > 0) {
    const open = (): void => void app.commands.execute(CommandIDs.openEvolution);
    Notification.success(
      trans._n(
        '%1 learned skill to review.',
        '%1 learned skills to review.',
        candidates.length
      ),
      { autoClose: 8000, actions: [{ label: trans.__('Show'), callback: open }] }
    );
  } else if (status === 'done') {
    Notification.info(
      rejected.length > 0
        ? trans._n(
            'Nothing new to review; %1 was rejected, see the history.',
            'Nothing new to review; %1 were rejected, see the history.',
            rejected.length
          )
        : trans.__('Nothing new to review.'),
      { autoClose: 5000 }
    );
  }
}

function tellAccepted(
  { app, trans }: IEvolutionCommandContext,
  id: string,
  oid: string
): void {
  const { commands } = app;
  Notification.success(
    trans.__('"%1" is in your volume, in commit %2.', id, oid.slice(0, 7)),
    {
      autoClose: 10_000,
      actions: [
        {
          label: trans.__('Insert'),
          callback: () => void commands.execute(CommandIDs.insertSkill, { id })
        },
        {
          label: trans.__('Promote…'),
          callback: () => void commands.execute(CommandIDs.promoteSkill, { id })
        }
      ]
    }
  );
}

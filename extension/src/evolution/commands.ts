import type { JupyterFrontEnd } from '@jupyterlab/application';
import { Notification } from '@jupyterlab/apputils';

import { addCommand, textArg, type CommandArgs } from '../addCommand';
import { CommandIDs } from '../commands';
import { evolutionIcon } from '../icons';
import { STAYS } from '../stays';
import { USER_VOLUME } from '../volumes/copyToUser';
import type { ITabContext } from './candidateTab';
import { EVOLUTION_PANEL_ID } from './EvolutionFrame';
import { addReviewCommands } from './reviewCommands';
import { tellRun } from './tellRun';
import type { IEvolution, IJobState } from './tokens';

/** What the commands work with. */
export interface IEvolutionCommandContext extends ITabContext {
  readonly app: JupyterFrontEnd;
  readonly evolution: IEvolution;
}

const JOBS = ['user', 'team', 'system'] as const;

/** Volume whose job is meant. */
export const VOLUME = {
  type: 'string',
  description: 'Name of the volume, such as team-optics; by default your own'
};

/** Adds the commands that run jobs and review what they learned. */
export function addEvolutionCommands(context: IEvolutionCommandContext): void {
  addJobCommands(context);
  addJobSettings(context);
  addReviewCommands(context);
}

/** The volume that the arguments name, else the person's own. */
export function volumeArg(args: CommandArgs): string {
  return textArg(args, 'volume') ?? USER_VOLUME;
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
      icon: evolutionIcon,
      args: { volume: VOLUME }
    },
    async args => {
      const volume = volumeArg(args);
      const isHere = jobOf(context, volume)?.isTaken === true;
      const run = isHere ? null : await evolution.run(volume);
      if (run) {
        tellRun(context, volume, run);
      } else {
        Notification.info(
          isHere
            ? trans.__('The job runs already.')
            : trans.__('Another tab is at it already.'),
          { autoClose: STAYS.note }
        );
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
      args: { volume: VOLUME },
      isEnabled: args => (jobOf(context, volumeArg(args))?.progress ?? null) !== null
    },
    args => Promise.resolve(evolution.stop(volumeArg(args)))
  );
}

function jobOf(
  { evolution }: IEvolutionCommandContext,
  volume: string
): IJobState | undefined {
  return evolution.jobs.find(each => each.volume === volume);
}

function addJobSettings(context: IEvolutionCommandContext): void {
  const { evolution, trans } = context;
  const isOn = { type: 'boolean', description: 'On or off' };
  addCommand(
    context,
    CommandIDs.turnJob,
    {
      label: trans.__('Turn a job of evolution on or off'),
      caption: trans.__('Whether it looks for skills by itself'),
      args: {
        job: {
          type: 'string',
          enum: [...JOBS],
          description: 'Whose runs it learns from'
        },
        isOn
      },
      required: ['job', 'isOn']
    },
    async args => {
      const job = JOBS.find(each => each === textArg(args, 'job'));
      if (!job) {
        throw new Error(trans.__('There is no such job: choose user, team or system.'));
      }
      await evolution.turn(job, args['isOn'] === true);
    }
  );
  addCommand(
    context,
    CommandIDs.useModelInEvolution,
    {
      label: trans.__('Let the model read messages of commits'),
      caption: trans.__('Whether the assistant’s model helps to find patterns'),
      args: { isOn },
      required: ['isOn']
    },
    args => evolution.useModel(args['isOn'] === true)
  );
  addCommand(
    context,
    CommandIDs.shareWithTeam,
    {
      label: trans.__('Share your sessions with a team'),
      caption: trans.__(
        "Lets the team's job copy the sessions that you have committed"
      ),
      args: { volume: VOLUME, isOn },
      required: ['volume', 'isOn']
    },
    args => evolution.share(volumeArg(args), args['isOn'] === true)
  );
}

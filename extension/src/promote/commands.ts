import type { JupyterFrontEnd } from '@jupyterlab/application';
import { Notification } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { ISkillEntry } from '@llmos-lab/kernel';
import { VolumeError, type ISecretFinding } from '@llmos-lab/skills';

import { addCommand, textArg, type CommandArgs } from '../addCommand';
import { CommandIDs } from '../commands';
import { download } from '../download';
import { promoteIcon } from '../icons';
import type { IRemotes } from '../remotes/tokens';
import { askingSecrets, mayCommit } from '../session/commit/askSecrets';
import type { ISkillLibrary } from '../tokens';
import { planPromotion, targetsOf, type IPromotionPlan } from './plan';
import {
  promote,
  requireReviewed,
  signedIn,
  type IPromoteParts,
  type Promoted,
  type Way
} from './promote';
import { answerOf } from './promoteDialog';
import type { IPromoteAnswer, IPromoteChoice } from './PromoteForm';
import { STAYS } from '../stays';
import { askAndStepBack, teamPlace } from './stepBackCommand';

/** What the commands work with. */
export interface IPromoteContext extends IPromoteParts {
  readonly app: JupyterFrontEnd;
  readonly library: ISkillLibrary;
  /** Which volumes have a server, by which others get what is promoted. */
  readonly remotes: Pick<IRemotes, 'get'> | null;
}

const ID = { type: 'string', description: 'Id of the skill' };
const VOLUME = {
  type: 'string',
  description: 'Name of the volume that has it; by default the nearest'
};
const REASON = {
  type: 'string',
  description: 'Why; with it and the choice given nothing is asked'
};

/** Adds the commands that bring a skill to more people, and take it back. */
export function addPromoteCommands(context: IPromoteContext): void {
  const { trans, volumes } = context;
  addCommand(
    context,
    CommandIDs.promoteSkill,
    {
      label: trans.__('Promote…'),
      caption: trans.__('Give this skill to a team or propose it for everybody'),
      icon: promoteIcon,
      args: {
        ...{ id: ID, volume: VOLUME },
        to: {
          type: 'string',
          description: 'Drive of the volume and the way, such as team-optics/direct'
        },
        reason: REASON,
        suggestion: {
          type: 'string',
          description: 'What the reason says until somebody writes another'
        }
      },
      required: ['id'],
      isEnabled: args => {
        const entry = entryOf(context, args);
        return entry !== undefined && targetsOf(entry, volumes.volumes).length > 0;
      }
    },
    args => askAndPromote(context, requireEntry(context, args), args)
  );
  addCommand(
    context,
    CommandIDs.demoteSkill,
    {
      label: trans.__('Demote or roll back…'),
      caption: trans.__(
        'Take this skill out of its team, or bring back the one before'
      ),
      icon: promoteIcon,
      args: {
        id: ID,
        way: {
          type: 'string',
          enum: ['previous', 'remove'],
          description: 'The version before, or none; without it a dialog asks'
        },
        reason: REASON
      },
      required: ['id'],
      isEnabled: args => teamPlace(context, entryOf(context, args)) !== undefined
    },
    args => askAndStepBack(context, requireEntry(context, args), args)
  );
}

/** The skill of that id in the volume that is named, else the nearest. */
function entryOf(
  { library }: IPromoteContext,
  args: CommandArgs
): ISkillEntry | undefined {
  const id = textArg(args, 'id') ?? '';
  const volume = textArg(args, 'volume');
  return volume === undefined
    ? library.get(id)
    : [...library.entries, ...library.shadowed].find(
        entry => entry.volume === volume && entry.skill.id === id
      );
}

function requireEntry(context: IPromoteContext, args: CommandArgs): ISkillEntry {
  const entry = entryOf(context, args);
  if (!entry) {
    const { trans } = context;
    throw new Error(trans.__('There is no skill "%1".', textArg(args, 'id') ?? ''));
  }
  return entry;
}

/** @returns how it was promoted; undefined when somebody has thought better of it */
async function askAndPromote(
  context: IPromoteContext,
  entry: ISkillEntry,
  args: CommandArgs,
  before?: IPromoteAnswer
): Promise<Promoted['kind'] | undefined> {
  const { contents, volumes, trans } = context;
  requireReviewed(entry, trans);
  const plans = await Promise.all(
    targetsOf(entry, volumes.volumes).map(target =>
      planPromotion(contents, entry, target)
    )
  );
  const offers = plans.flatMap(plan => offersOf(context, plan));
  const [first] = offers;
  if (!first) {
    throw new Error(
      trans.__('There is no volume to promote it to. Add a team in your profile first.')
    );
  }
  const answer = await answerOf(args, 'to', {
    title: trans.__('Promote "%1"', entry.skill.name),
    accept: trans.__('Promote'),
    placeholder: trans.__('Why others should have it; it stands in the history'),
    choices: offers.map(({ choice }) => choice),
    first: before ?? {
      choice: first.choice.id,
      reason: textArg(args, 'suggestion') ?? ''
    },
    trans
  });
  const offer = offers.find(({ choice }) => choice.id === answer?.choice);
  if (answer && offer) {
    const { reason } = answer;
    const { plan, way } = offer;
    requireNews(plan, entry, trans);
    try {
      const done = await askingSecrets(
        accepted => promote(context, entry, plan, { reason, way, accepted }),
        secrets => mayPromote(secrets, trans)
      );
      if (done) {
        tell(context, entry, plan, done);
      }
      return done?.kind;
    } catch (error) {
      if (!(error instanceof VolumeError && error.code === 'conflict')) {
        throw error;
      }
      // Others changed the skill there: what would change now is another thing to agree to.
      Notification.warning(error.message, { autoClose: 8000 });
      const same = { id: entry.skill.id, volume: entry.volume };
      return askAndPromote(context, requireEntry(context, same), same, answer);
    }
  }
  if (answer) {
    throw new Error(trans.__('"%1" is no way to promote this skill.', answer.choice));
  }
  return undefined;
}

/** @throws Error where the volume has it just so */
function requireNews(
  { files, target }: IPromotionPlan,
  { skill }: ISkillEntry,
  trans: TranslationBundle
): void {
  if (files.length === 0) {
    const { name } = target.volume;
    throw new Error(trans.__('%1 has this version of "%2" already.', name, skill.id));
  }
}

function mayPromote(
  secrets: readonly ISecretFinding[],
  trans: TranslationBundle
): Promise<boolean> {
  return mayCommit(secrets, trans, {
    title: trans.__('Promote what looks like secrets?'),
    accept: trans.__('Promote all the same')
  });
}

interface IOffer {
  readonly plan: IPromotionPlan;
  readonly way: Way;
  readonly choice: IPromoteChoice;
}

function offersOf(context: IPromoteContext, plan: IPromotionPlan): readonly IOffer[] {
  const { trans, systemRepository, remotes } = context;
  const { target, files } = plan;
  const { name } = target.volume;
  const offer = (way: Way, label: string, note: string): IOffer => ({
    ...{ plan, way },
    choice: { id: `${name}/${way}`, label, note, files }
  });
  if (target.way === 'direct') {
    const note = remotes?.get(name)
      ? trans.__(
          'One commit in the volume here. Members have it once you push it and they pull.'
        )
      : trans.__(
          'One commit in the volume here. It has no server: members have it once the volume is connected to one, you push, and they pull.'
        );
    return [offer('direct', trans.__('To %1', name), note)];
  }
  const repository = systemRepository();
  const account = signedIn(context);
  const pullRequest = offer(
    'pull-request',
    trans.__('Propose for %1: pull request to %2', name, repository),
    trans.__('A branch and a pull request on GitHub; its owners decide.')
  );
  const file = offer(
    'export',
    trans.__('Propose for %1: download the proposal', name),
    account === undefined
      ? trans.__(
          'A zip with the files, the message and what to do. For a pull request connect to GitHub first.'
        )
      : trans.__('A zip with the files, the message and what to do.')
  );
  return account === undefined ? [file] : [pullRequest, file];
}

function tell(
  { trans }: IPromoteContext,
  entry: ISkillEntry,
  { target }: IPromotionPlan,
  done: Promoted
): void {
  const { id } = entry.skill;
  const { name } = target.volume;
  switch (done.kind) {
    case 'committed':
      Notification.success(
        trans.__(
          'Promoted "%1" to %2 in commit %3.',
          id,
          name,
          (done.oid ?? '').slice(0, 7)
        ),
        { autoClose: 8000 }
      );
      return;
    case 'proposed': {
      const open = (): void => void window.open(done.url, '_blank', 'noopener');
      Notification.success(trans.__('Proposed "%1": %2', id, done.url), {
        autoClose: false,
        actions: [{ label: trans.__('Open'), callback: open }]
      });
      return;
    }
    case 'exported': {
      const file = `promote-${id}.zip`;
      download(new Blob([done.zip], { type: 'application/zip' }), file);
      Notification.success(
        trans.__(
          'Saved %1. Its README says how the owners of %2 take the skill in.',
          file,
          name
        ),
        { autoClose: STAYS.warning }
      );
    }
  }
}

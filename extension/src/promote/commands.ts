import type { JupyterFrontEnd } from '@jupyterlab/application';
import { Notification } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { ISkillEntry } from '@llmos-lab/kernel';
import { VolumeError, type ISecretFinding } from '@llmos-lab/skills';

import { addCommand, textArg, type CommandArgs } from '../addCommand';
import { CommandIDs } from '../commands';
import { download } from '../download';
import { promoteIcon } from '../icons';
import { askingSecrets, mayCommit } from '../session/commit/askSecrets';
import type { ISkillLibrary } from '../tokens';
import { planPromotion, targetsOf, type IPromotionPlan } from './plan';
import {
  promote,
  signedIn,
  type IPromoteParts,
  type Promoted,
  type Way
} from './promote';
import { answerOf } from './promoteDialog';
import type { IPromoteAnswer, IPromoteChoice } from './PromoteForm';
import { askAndStepBack, teamPlace } from './stepBackCommand';

/** What the commands work with. */
export interface IPromoteContext extends IPromoteParts {
  readonly app: JupyterFrontEnd;
  readonly library: ISkillLibrary;
  readonly trans: TranslationBundle;
}

const ID = { type: 'string', description: 'Id of the skill' };
const REASON = {
  type: 'string',
  description: 'Why; with it and the choice given nothing is asked'
};

/** Adds the commands that bring a skill to more people, and take it back. */
export function addPromoteCommands(context: IPromoteContext): void {
  const { trans, library, volumes } = context;
  const entryOf = (args: CommandArgs): ISkillEntry | undefined =>
    library.get(textArg(args, 'id') ?? '');
  addCommand(
    context,
    CommandIDs.promoteSkill,
    {
      label: trans.__('Promote…'),
      caption: trans.__('Give this skill to a team or propose it for everybody'),
      icon: promoteIcon,
      args: {
        id: ID,
        to: {
          type: 'string',
          description: 'Drive of the volume and the way, such as team-optics/direct'
        },
        reason: REASON
      },
      required: ['id'],
      isEnabled: args => {
        const entry = entryOf(args);
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
        way: { type: 'string', enum: ['previous', 'remove'] },
        reason: REASON
      },
      required: ['id'],
      isEnabled: args => teamPlace(context, entryOf(args)) !== undefined
    },
    args => askAndStepBack(context, requireEntry(context, args), args)
  );
}

function requireEntry(
  { library, trans }: IPromoteContext,
  args: CommandArgs
): ISkillEntry {
  const id = textArg(args, 'id') ?? '';
  const entry = library.get(id);
  if (!entry) {
    throw new Error(trans.__('There is no skill "%1".', id));
  }
  return entry;
}

async function askAndPromote(
  context: IPromoteContext,
  entry: ISkillEntry,
  args: CommandArgs,
  before?: IPromoteAnswer
): Promise<void> {
  const { contents, volumes, trans } = context;
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
    choices: offers.map(({ choice }) => choice),
    first: before ?? { choice: first.choice.id, reason: '' },
    trans
  });
  const offer = offers.find(({ choice }) => choice.id === answer?.choice);
  if (answer && offer) {
    const { reason } = answer;
    if (offer.plan.files.length === 0) {
      const { name } = offer.plan.target.volume;
      throw new Error(
        trans.__('%1 has this version of "%2" already.', name, entry.skill.id)
      );
    }
    const { plan, way } = offer;
    try {
      const done = await askingSecrets(
        accepted => promote(context, entry, plan, { reason, way, accepted }),
        secrets => mayPromote(secrets, trans)
      );
      if (done) {
        tell(context, entry, plan, done);
      }
    } catch (error) {
      if (!(error instanceof VolumeError && error.code === 'conflict')) {
        throw error;
      }
      // Others changed the skill there: what would change now is another thing to agree to.
      Notification.warning(error.message, { autoClose: 8000 });
      const id = { id: entry.skill.id };
      await askAndPromote(context, requireEntry(context, id), id, answer);
    }
  } else if (answer) {
    throw new Error(trans.__('"%1" is no way to promote this skill.', answer.choice));
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
  const { trans, systemRepository } = context;
  const { target, files } = plan;
  const { name } = target.volume;
  const offer = (way: Way, label: string, note: string): IOffer => ({
    ...{ plan, way },
    choice: { id: `${name}/${way}`, label, note, files }
  });
  if (target.way === 'direct') {
    const note = trans.__('One commit in the volume; all members have it then.');
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
    case 'exported':
      download(new Blob([done.zip], { type: 'application/zip' }), `promote-${id}.zip`);
  }
}

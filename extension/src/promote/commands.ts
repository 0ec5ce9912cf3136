import type { JupyterFrontEnd } from '@jupyterlab/application';
import { Notification } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { ISkillEntry } from '@llmos-lab/kernel';
import type { ISecretFinding } from '@llmos-lab/skills';

import { addCommand, textArg, type CommandArgs } from '../addCommand';
import { CommandIDs } from '../commands';
import { download } from '../download';
import { promoteIcon } from '../icons';
import { askingSecrets, mayCommit } from '../session/commit/askSecrets';
import type { ISkillLibrary, IVolume } from '../tokens';
import { splitDrive, TEAM_VOLUME } from '../volumes/copyToUser';
import { planPromotion, planStepBack, targetsOf, type IPromotionPlan } from './plan';
import {
  promote,
  signedIn,
  stepBack,
  type IPromoteParts,
  type Promoted,
  type Way
} from './promote';
import { askPromotion } from './promoteDialog';
import type { IPromoteAnswer, IPromoteChoice } from './PromoteForm';

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
  args: CommandArgs
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
    first: { choice: first.choice.id, reason: '' },
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
    const done = await askingSecrets(
      accepted => promote(context, entry, plan, { reason, way, accepted }),
      secrets => mayPromote(secrets, trans)
    );
    if (done) {
      tell(context, entry, plan, done);
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

/** What the arguments say, else what the person says. */
async function answerOf(
  args: CommandArgs,
  key: string,
  question: Parameters<typeof askPromotion>[0]
): Promise<IPromoteAnswer | undefined> {
  const choice = textArg(args, key) ?? question.first.choice;
  const reason = textArg(args, 'reason');
  return reason === undefined
    ? askPromotion({ ...question, first: { choice, reason: '' } })
    : { choice, reason };
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

/** Where a team has the skill: the nearest, whether it is in force or hidden. */
function teamPlace(
  { volumes }: IPromoteContext,
  entry: ISkillEntry | undefined
): { readonly volume: IVolume; readonly path: string } | undefined {
  const paths = entry ? [entry.path, ...entry.shadows] : [];
  for (const path of paths) {
    const { drive } = splitDrive(path);
    const volume = TEAM_VOLUME.test(drive) ? volumes.get(drive) : undefined;
    if (volume?.can({ verb: 'promote' }).allowed) {
      return { volume, path };
    }
  }
  return undefined;
}

async function askAndStepBack(
  context: IPromoteContext,
  entry: ISkillEntry,
  args: CommandArgs
): Promise<void> {
  const { trans } = context;
  const place = teamPlace(context, entry);
  if (!place) {
    throw new Error(trans.__('No team of yours has the skill "%1".', entry.skill.id));
  }
  const { volume, path } = place;
  const local = splitDrive(path).local;
  const previous = await planStepBack(volume, local, 'previous');
  const removal = await planStepBack(volume, local, 'remove');
  const choices: readonly IPromoteChoice[] = [
    ...(previous.previous === null
      ? []
      : [
          {
            id: 'previous',
            label: trans.__('Bring back the version before in %1', volume.name),
            note: trans.__('As it was in commit %1.', previous.previous.slice(0, 7)),
            files: previous.files
          }
        ]),
    {
      id: 'remove',
      label: trans.__('Take it out of %1', volume.name),
      note: trans.__('You keep it in your own volume; others lose it.'),
      files: removal.files
    }
  ];
  const answer = await answerOf(args, 'way', {
    title: trans.__('Demote or roll back "%1"', entry.skill.name),
    accept: trans.__('Go on'),
    choices,
    first: { choice: choices[0]?.id ?? 'remove', reason: '' },
    trans
  });
  if (!answer) {
    return;
  }
  const way = answer.choice === 'previous' ? 'previous' : 'remove';
  const there = { ...entry, path };
  const oid = await stepBack(context, volume, there, { reason: answer.reason, way });
  Notification.success(
    way === 'previous'
      ? trans.__(
          '%1 has the version before again, in commit %2.',
          volume.name,
          (oid ?? '').slice(0, 7)
        )
      : trans.__(
          'Took "%1" out of %2. It is in your volume.',
          entry.skill.id,
          volume.name
        ),
    { autoClose: 8000 }
  );
}

import { Notification } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { ISkillEntry } from '@llmos-lab/kernel';
import { teamOf } from '@llmos-lab/skills';

import type { CommandArgs } from '../addCommand';
import { askingSecrets, mayCommit } from '../session/commit/askSecrets';
import type { IVolume } from '../tokens';
import { splitDrive } from '../volumes/copyToUser';
import type { IPromoteContext } from './commands';
import { answerOf } from './promoteDialog';
import type { IPromoteChoice } from './PromoteForm';
import { planStepBack, stepBack, type IStepBack } from './stepBack';

/** Where a team has the skill: the nearest, whether it is in force or hidden. */
export function teamPlace(
  { volumes }: IPromoteContext,
  entry: ISkillEntry | undefined
): { readonly volume: IVolume; readonly path: string } | undefined {
  const paths = entry ? [entry.path, ...entry.shadows] : [];
  for (const path of paths) {
    const { drive } = splitDrive(path);
    const volume = teamOf(drive) === null ? undefined : volumes.get(drive);
    if (volume?.can({ verb: 'promote' }).allowed) {
      return { volume, path };
    }
  }
  return undefined;
}

/** Asks how a skill is taken back and why, as far as the arguments do not say. */
export async function askAndStepBack(
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
  const offers = await offersOf(volume, splitDrive(path).local, trans);
  const choices = offers.map(({ choice }) => choice);
  const answer = await answerOf(args, 'way', {
    title: trans.__('Demote or roll back "%1"', entry.skill.name),
    accept: trans.__('Take back'),
    placeholder: trans.__('Why it is taken back; it stands in the history'),
    choices,
    first: { choice: choices[0]?.id ?? 'remove', reason: '' },
    trans
  });
  if (!answer) {
    return;
  }
  const { choice, reason } = answer;
  const plan = offers.find(offer => offer.choice.id === choice)?.plan;
  if (!plan) {
    throw new Error(
      choice === 'previous'
        ? trans.__('%1 has no version before of "%2".', volume.name, entry.skill.id)
        : trans.__('"%1" is no way to take this skill back.', choice)
    );
  }
  const there = { ...entry, path };
  const done = await askingSecrets(
    async accepted => ({
      oid: await stepBack(context, volume, there, { plan, reason, accepted })
    }),
    secrets => mayCommit(secrets, trans)
  );
  if (!done) {
    return;
  }
  Notification.success(
    plan.previous === null
      ? trans.__(
          'Took "%1" out of %2. It is in your volume.',
          entry.skill.id,
          volume.name
        )
      : trans.__(
          '%1 has the version before again, in commit %2.',
          volume.name,
          (done.oid ?? '').slice(0, 7)
        ),
    { autoClose: 8000 }
  );
}

interface IOffer {
  readonly plan: IStepBack;
  readonly choice: IPromoteChoice;
}

async function offersOf(
  volume: IVolume,
  path: string,
  trans: TranslationBundle
): Promise<readonly IOffer[]> {
  const previous = await planStepBack(volume, path, 'previous', trans);
  const removal = await planStepBack(volume, path, 'remove', trans);
  const back = previous && {
    plan: previous,
    choice: {
      id: 'previous',
      label: trans.__('Bring back the version before in %1', volume.name),
      note: trans.__('As it was in commit %1.', previous.previous?.slice(0, 7) ?? ''),
      files: previous.files
    }
  };
  const out = removal && {
    plan: removal,
    choice: {
      id: 'remove',
      label: trans.__('Take it out of %1', volume.name),
      note: trans.__('You keep it in your own volume; others lose it.'),
      files: removal.files
    }
  };
  return [back, out].filter(offer => offer !== null);
}

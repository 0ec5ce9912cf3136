import { InputDialog, Notification } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import { isOfPromotion, promotionKey, skillPath } from '@llmos-lab/skills';

import { addCommand, tellError, textArg, type CommandArgs } from '../addCommand';
import { CommandIDs } from '../commands';
import { STAYS } from '../stays';
import { SYSTEM_VOLUME } from '../volumes/copyToUser';
import { closingTab } from './candidateTab';
import { VOLUME, type IEvolutionCommandContext } from './commands';
import { dismissOnce } from './dismissOnce';
import { notAgain, tellGone } from './tellGone';
import { tellAccepted } from './tellRun';
import type {
  IDraft,
  IEvolution,
  IRejectionOfVolume,
  IReviewed,
  IRunOfVolume
} from './tokens';

type IWaitingSkill = IReviewed | IDraft;

const ID = { type: 'string', description: 'Id of the candidate' };

/** Adds the commands that decide on what was learned. */
export function addReviewCommands(context: IEvolutionCommandContext): void {
  const { evolution, trans } = context;
  addCommand(
    context,
    CommandIDs.acceptCandidate,
    {
      label: trans.__('Accept learned skill'),
      caption: trans.__('Commit it to its volume'),
      args: { id: ID, volume: VOLUME },
      required: ['id']
    },
    async args => {
      const candidate = requireCandidate(context, args);
      const { id, skill, volume } = candidate;
      const oid = await closingTab(
        context,
        candidate,
        () => evolution.accept(volume, id),
        // The file of a draft that is in force is the skill itself.
        isDraftInForce(candidate) ? candidate.path : skillPath(skill.id)
      );
      const isUpdate = updates(candidate);
      tellAccepted(context, { id: skill.id, volume, isUpdate }, oid);
      return oid;
    }
  );
  addCommand(
    context,
    CommandIDs.rejectCandidate,
    {
      label: trans.__('Reject learned skill…'),
      caption: trans.__(
        'Take it away; its workflow is not proposed until you press Propose again in the panel'
      ),
      args: {
        ...{ id: ID, volume: VOLUME },
        reason: { type: 'string', description: 'Why; with it nothing is asked' }
      },
      required: ['id']
    },
    async args => {
      const candidate = requireCandidate(context, args);
      const reason = textArg(args, 'reason') ?? (await askReason(candidate, trans));
      if (reason !== null) {
        const { id, volume } = candidate;
        const undo = await closingTab(context, candidate, () =>
          evolution.reject(volume, id, reason)
        );
        const told = trans.__('Rejected "%1".', candidate.skill.name);
        const words = [told, whatFollows(candidate, trans)];
        const toast = tellGone(words, bringBack(undo, trans), trans);
        dismissOnce(() => !isRejected(evolution, candidate), toast, evolution);
      }
    }
  );
  addAllowCommand(context);
  addRenameCommand(context);
  addDismissCommand(context);
}

function addAllowCommand(context: IEvolutionCommandContext): void {
  const { evolution, trans } = context;
  addCommand(
    context,
    CommandIDs.allowCandidate,
    {
      label: trans.__('Propose again'),
      caption: trans.__('Take the rejection back, so that it can be proposed'),
      args: { id: ID, volume: VOLUME },
      required: ['id']
    },
    async args => {
      const [id, volume] = [textArg(args, 'id'), textArg(args, 'volume')];
      const found = evolution.rejections.find(
        each => each.id === id && (volume === undefined || each.volume === volume)
      );
      if (!found) {
        throw new Error(trans.__('No "%1" was rejected.', id ?? ''));
      }
      await evolution.allow(found);
      tellAllowed(context, found);
    }
  );
}

/** Says when it comes back, with the way there. */
function tellAllowed(
  { app, evolution, trans }: IEvolutionCommandContext,
  rejection: IRejectionOfVolume
): void {
  const { id } = rejection;
  const volume = isOfPromotion(rejection) ? SYSTEM_VOLUME : rejection.volume;
  const action = (label: string, command: string, args = {}) => ({
    ...{ autoClose: STAYS.offer },
    actions: [{ label, callback: () => void app.commands.execute(command, args) }]
  });
  const last = lastRun(evolution, volume);
  const toast = last?.promotions?.some(
    each => promotionKey(each) === rejection.signature
  )
    ? Notification.info(
        trans.__('"%1" waits again to be proposed for everybody.', id),
        action(trans.__('Show'), CommandIDs.openEvolution)
      )
    : Notification.info(
        trans.__('The next run may propose "%1" again.', id),
        action(trans.__('Run now'), CommandIDs.evolve, { volume })
      );
  const isOver = (): boolean =>
    isRejected(evolution, rejection) || lastRun(evolution, volume)?.id !== last?.id;
  dismissOnce(isOver, toast, evolution);
}

/** The newest run that came to its end, of the job of a volume. */
function lastRun(
  { history }: Pick<IEvolution, 'history'>,
  volume: string
): IRunOfVolume | undefined {
  return history.find(run => run.volume === volume && run.status === 'done');
}

function isRejected(
  { rejections }: Pick<IEvolution, 'rejections'>,
  { id, volume }: Pick<IRejectionOfVolume, 'id' | 'volume'>
): boolean {
  return rejections.some(each => each.id === id && each.volume === volume);
}

function addRenameCommand(context: IEvolutionCommandContext): void {
  const { evolution, trans } = context;
  addCommand(
    context,
    CommandIDs.renameCandidate,
    {
      label: trans.__('Rename learned skill…'),
      caption: trans.__('Give it another name, and the id that goes with it'),
      args: {
        ...{ id: ID, volume: VOLUME },
        name: { type: 'string', description: 'The new name' },
        description: { type: 'string', description: 'A new description' }
      },
      required: ['id']
    },
    async args => {
      const candidate = requireCandidate(context, args);
      const { id, skill, volume } = candidate;
      const name = textArg(args, 'name') ?? (await askName(skill.name, trans));
      const description = textArg(args, 'description') ?? skill.description;
      const isNew = name !== skill.name || description !== skill.description;
      if (name !== null && isNew) {
        await closingTab(context, candidate, () =>
          evolution.rename(volume, id, name, textArg(args, 'description'))
        );
      }
    }
  );
}

function addDismissCommand(context: IEvolutionCommandContext): void {
  const { evolution, trans } = context;
  addCommand(
    context,
    CommandIDs.dismissPromotion,
    {
      label: trans.__('Do not propose for everybody'),
      caption: trans.__(
        'This version is not proposed until you press Propose again in the panel'
      ),
      args: { id: { type: 'string', description: 'Id of the skill' }, volume: VOLUME },
      required: ['id', 'volume']
    },
    async args => {
      const [id, volume] = [textArg(args, 'id'), textArg(args, 'volume')];
      const found = evolution.promotions.find(
        each => each.id === id && each.volume === volume
      );
      if (!found) {
        throw new Error(trans.__('"%1" waits for no proposal.', id ?? ''));
      }
      await evolution.dismiss(found);
    }
  );
}

function requireCandidate(
  { evolution, trans }: IEvolutionCommandContext,
  args: CommandArgs
): IWaitingSkill {
  const id = textArg(args, 'id') ?? '';
  const volume = textArg(args, 'volume');
  const waiting = [...evolution.candidates, ...evolution.drafts];
  const found = waiting.find(
    each => each.id === id && (volume === undefined || each.volume === volume)
  );
  if (!found) {
    throw new Error(trans.__('No learned skill "%1" waits for review.', id));
  }
  return found;
}

async function askReason(
  waiting: IWaitingSkill,
  trans: TranslationBundle
): Promise<string | null> {
  const { button, value } = await InputDialog.getText({
    title: trans.__('Reject "%1"?', waiting.skill.name),
    label: rejectLabel(waiting, trans),
    okLabel: trans.__('Reject')
  });
  return button.accept ? (value ?? '') : null;
}

/** Whether it is in force already: its file is the skill itself. */
function isDraftInForce(waiting: IWaitingSkill): boolean {
  return 'isApplied' in waiting;
}

/** Whether it renews a skill that the volume has. */
function updates(waiting: IWaitingSkill): boolean {
  return 'review' in waiting && waiting.review.updates !== undefined;
}

function rejectLabel(waiting: IWaitingSkill, trans: TranslationBundle): string {
  if (isDraftInForce(waiting)) {
    return trans.__(
      'It goes out of your volume, and this workflow is not proposed until you press Propose again in the panel. Why (optional):'
    );
  }
  if (!('review' in waiting)) {
    return trans.__(
      'These commits are not proposed until you press Propose again in the panel. Why (optional):'
    );
  }
  return updates(waiting)
    ? trans.__('The skill stays as it is until there are new runs. Why (optional):')
    : trans.__(
        'This workflow is not proposed until you press Propose again in the panel. Why (optional):'
      );
}

/** What a rejection comes to, once it is done. */
function whatFollows(waiting: IWaitingSkill, trans: TranslationBundle): string {
  if (!('review' in waiting)) {
    return trans.__(
      'These commits are not proposed until you press Propose again in the panel.'
    );
  }
  return updates(waiting)
    ? trans.__('The skill stays as it is until there are new runs.')
    : notAgain(trans);
}

/** Takes a rejection back, and says so where that fails. */
function bringBack(undo: () => Promise<void>, trans: TranslationBundle): () => void {
  return () => {
    undo().catch((error: unknown) =>
      tellError(trans, trans.__('It stays rejected'), error)
    );
  };
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

import type { JupyterFrontEnd } from '@jupyterlab/application';
import { Notification } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { IAppliedSkill, IEvolutionRun } from '@llmos-lab/skills';

import { CommandIDs } from '../commands';
import { STAYS } from '../stays';
import { SYSTEM_VOLUME } from '../volumes/copyToUser';
import { dismissOnce } from './dismissOnce';
import { foundBy, idsFoundBy } from './foundBy';
import type { IEvolution } from './tokens';

interface ITellContext {
  readonly app: JupyterFrontEnd;
  readonly trans: TranslationBundle;
}

interface IAcceptedSkill {
  readonly id: string;
  readonly volume: string;
  /** Whether the volume had it before, as another version. */
  readonly isUpdate: boolean;
}

type IWaitingSkills = Pick<
  IEvolution,
  'changed' | 'candidates' | 'drafts' | 'promotions'
>;

/** Says what a run came to, with the way to what it found until all of it is decided. */
export function tellRun(
  { app, evolution, trans }: ITellContext & { readonly evolution: IWaitingSkills },
  volume: string,
  run: IEvolutionRun
): void {
  const { status, error, applied = [], notes = [] } = run;
  const open = (): void => void app.commands.execute(CommandIDs.openEvolution);
  const actions = [{ label: trans.__('Show'), callback: open }];
  const found = foundBy(run);
  notes.forEach(note => Notification.warning(note, { autoClose: STAYS.warning }));
  if (applied.length > 0) {
    const told = Notification.success(tellApplied(applied, trans), {
      ...{ autoClose: STAYS.offer, actions }
    });
    const ids = applied.map(({ id }) => id);
    dismissOnceDecided(told, ids, evolution);
  }
  if (status === 'failed') {
    Notification.error(trans.__('Learning skills failed: %1', error ?? ''), {
      autoClose: STAYS.error
    });
  } else if (found > 0) {
    const told =
      volume === SYSTEM_VOLUME
        ? trans._n(
            '%1 skill to propose for everybody.',
            '%1 skills to propose for everybody.',
            found
          )
        : trans._n(
            '%1 learned skill to review.',
            '%1 learned skills to review.',
            found
          );
    const id = Notification.success(told, { autoClose: STAYS.offer, actions });
    dismissOnceDecided(id, idsFoundBy(run), evolution);
  } else if (status === 'done' && applied.length === 0) {
    Notification.info(tellNothing(run, trans), { autoClose: STAYS.note });
  }
}

/** Why there is nothing new. */
function tellNothing(
  { rejected, turnedDown = 0 }: IEvolutionRun,
  trans: TranslationBundle
): string {
  if (rejected.length > 0) {
    return trans._n(
      'Nothing new to review; %1 was rejected, see the history.',
      'Nothing new to review; %1 were rejected, see the history.',
      rejected.length
    );
  }
  return turnedDown > 0
    ? trans._n(
        'Nothing new to review; %1 pattern was turned down before.',
        'Nothing new to review; %1 patterns were turned down before.',
        turnedDown
      )
    : trans.__('Nothing new to review.');
}

/** Takes a notification away once none of these waits any more. */
function dismissOnceDecided(
  notification: string,
  ids: readonly string[],
  evolution: IWaitingSkills
): void {
  const isWaiting = (): boolean => {
    const { candidates, drafts, promotions } = evolution;
    return [...candidates, ...drafts, ...promotions].some(({ id }) => ids.includes(id));
  };
  dismissOnce(() => !isWaiting(), notification, evolution);
}

/** Says which skills nobody has looked at yet, in their volume though they are. */
function tellApplied(
  applied: readonly IAppliedSkill[],
  trans: TranslationBundle
): string {
  return trans._n(
    'Learned and applied as a draft: %2. Accept it or take it out again in Evolution.',
    'Learned and applied as drafts: %2. Accept them or take them out again in Evolution.',
    applied.length,
    applied.map(({ id }) => id).join(', ')
  );
}

/** Says where an accepted skill is, and what can be done with it. */
export function tellAccepted(
  { app, trans }: ITellContext,
  { id, volume, isUpdate }: IAcceptedSkill,
  oid: string
): void {
  const run = (command: string): void =>
    void app.commands.execute(command, { id, volume });
  Notification.success(acceptedText({ id, volume, isUpdate }, oid.slice(0, 7), trans), {
    autoClose: STAYS.offer,
    actions: [
      { label: trans.__('Insert'), callback: () => run(CommandIDs.insertSkill) },
      { label: trans.__('Promote…'), callback: () => run(CommandIDs.promoteSkill) }
    ]
  });
}

function acceptedText(
  { id, volume, isUpdate }: IAcceptedSkill,
  commit: string,
  trans: TranslationBundle
): string {
  if (volume === 'user') {
    return isUpdate
      ? trans.__('"%1" is updated in your volume, in commit %2.', id, commit)
      : trans.__('"%1" is in your volume, in commit %2.', id, commit);
  }
  return isUpdate
    ? trans.__('"%1" is updated in %2, in commit %3.', id, volume, commit)
    : trans.__('"%1" is in %2, in commit %3.', id, volume, commit);
}

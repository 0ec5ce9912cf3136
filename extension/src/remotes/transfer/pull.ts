import { Notification } from '@jupyterlab/apputils';
import type { IMergePlan } from '@llmos-lab/skills';

import { CommandIDs } from '../../commands';
import { askMerge } from '../merge/mergeDialog';
import type { IRemote, PullResult } from '../remote';
import {
  forgetFailure,
  readyRemote,
  tellFailure,
  type ITransferContext
} from './context';
import { showMerged } from './showMerged';

/**
 * Fetches what others pushed and merges it; where both sides changed a file the person
 * chooses.
 *
 * @returns whether the volume has now all that the server has
 */
export async function pull(
  context: ITransferContext,
  volume: string
): Promise<boolean> {
  const remote = await readyRemote(context, volume);
  if (!remote) {
    return false;
  }
  forgetFailure(volume, 'pull');
  try {
    return await take(context, volume, remote);
  } catch (error) {
    tellFailure(context, volume, 'pull', error);
    return false;
  }
}

/**
 * Merges what somebody else has, and shows what came of it.
 *
 * @returns whether the volume has now all of it
 */
export async function take(
  context: ITransferContext,
  volume: string,
  source: Pick<IRemote, 'name' | 'pull'>
): Promise<boolean> {
  const store = context.volumes.get(volume)?.repository?.store;
  const before = (await store?.head()) ?? null;
  const result = await pullFrom(context, volume, source);
  if ('changes' in result && store) {
    await showMerged(context, { volume, changes: result.changes, before, store });
  }
  const isUndone = await mayUndo(context, volume, result);
  return conclude(context, { volume, name: source.name, isUndone }, result);
}

/** Asks what is new, and merges nothing. */
export async function fetchRemote(
  context: ITransferContext,
  volume: string
): Promise<void> {
  const remote = await readyRemote(context, volume);
  if (!remote?.fetch) {
    return;
  }
  forgetFailure(volume, 'fetch');
  try {
    await context.transfers.run(volume, 'fetch', async transfer =>
      remote.fetch?.(transfer)
    );
  } catch (error) {
    tellFailure(context, volume, 'fetch', error);
  }
}

function pullFrom(
  { transfers, volumes, trans, author }: ITransferContext,
  volume: string,
  remote: Pick<IRemote, 'name' | 'pull'>
): Promise<PullResult> {
  const store = volumes.get(volume)?.repository?.store;
  const choose = async (
    plan: IMergePlan
  ): Promise<Awaited<ReturnType<typeof askMerge>>> =>
    store ? askMerge({ store, plan, from: remote.name, trans }) : null;
  return transfers.run(volume, 'pull', transfer => {
    const merge = { author: author(), message: `Merge from ${remote.name}`, choose };
    return remote.pull(merge, transfer);
  });
}

/** A merge is taken back by a commit, which a team lets its members make of little. */
async function mayUndo(
  { volumes }: Pick<ITransferContext, 'volumes'>,
  volume: string,
  result: PullResult
): Promise<boolean> {
  const repository = volumes.get(volume)?.repository;
  if (result.kind !== 'merged' || !repository) {
    return false;
  }
  const back = result.changes.map(({ path }) => ({ path, content: null }));
  return (await repository.allows(back)).allowed;
}

function conclude(
  { app, trans }: ITransferContext,
  about: { readonly volume: string; readonly name: string; readonly isUndone: boolean },
  result: PullResult
): boolean {
  const { volume, name, isUndone } = about;
  const run = (command: string, args: object): (() => void) => {
    return () => void app.commands.execute(command, { volume, ...args });
  };
  switch (result.kind) {
    case 'empty':
      Notification.info(trans.__('%1 has no commits yet. Push to it.', name), {
        autoClose: 6000
      });
      return true;
    case 'up-to-date':
      Notification.info(
        trans.__('There is nothing new: every commit of %1 is here.', name),
        { autoClose: 4000 }
      );
      return true;
    case 'cancelled':
      Notification.info(
        trans.__(
          'Nothing was merged. What was fetched from %1 is there at the next pull.',
          name
        ),
        { autoClose: 8000 }
      );
      return false;
    case 'forward':
    case 'merged': {
      const { oid, changes } = result;
      const history = {
        label: trans.__('Show history'),
        callback: run(CommandIDs.showHistory, { commit: oid })
      };
      const undo = {
        label: trans.__('Undo'),
        callback: run(CommandIDs.rollBack, { commit: oid, ask: false })
      };
      Notification.success(
        trans._n(
          'Pulled from %2: %1 file changed.',
          'Pulled from %2: %1 files changed.',
          changes.length,
          name
        ),
        { autoClose: 15_000, actions: isUndone ? [history, undo] : [history] }
      );
      return true;
    }
  }
}

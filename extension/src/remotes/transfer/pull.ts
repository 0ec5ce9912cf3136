import { Notification } from '@jupyterlab/apputils';
import type { IMergePlan } from '@llmos-lab/skills';

import { CommandIDs } from '../../commands';
import type { StoreChange } from '../../volumes/fileStore';
import type { PullResult } from '../github/pull';
import { askMerge } from '../merge/mergeDialog';
import type { IRemote } from '../remote';
import { readyRemote, tellFailure, type ITransferContext } from './context';

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
  try {
    const result = await pullFrom(context, volume, remote);
    await showPulled(context, volume, 'changes' in result ? result.changes : []);
    return conclude(context, volume, remote.name, result);
  } catch (error) {
    tellFailure(context, volume, 'pull', error);
    return false;
  }
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
  remote: IRemote
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

function conclude(
  { app, trans }: ITransferContext,
  volume: string,
  name: string,
  result: PullResult
): boolean {
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
      Notification.info(trans.__('Everything of %1 is here.', name), {
        autoClose: 4000
      });
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
      const { oid, changes, kind } = result;
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
        { autoClose: 15_000, actions: kind === 'merged' ? [history, undo] : [history] }
      );
      return true;
    }
  }
}

/** Open documents without edits of their own show what was pulled. */
async function showPulled(
  { documents }: ITransferContext,
  volume: string,
  changes: readonly StoreChange[]
): Promise<void> {
  for (const { path } of changes) {
    const widget = documents.findWidget(`${volume}:${path}`);
    if (widget && !widget.context.model.dirty) {
      await widget.context.revert();
    }
  }
}

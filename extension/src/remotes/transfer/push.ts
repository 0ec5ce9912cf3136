import { Dialog, Notification, showDialog } from '@jupyterlab/apputils';

import { saveRepository } from '../../saveRepository';
import { volumeName } from '../../skills/skillText';
import type { IPushTransfer, PushResult } from '../remote';
import { RemoteError } from '../remoteError';
import {
  forgetFailure,
  readyRemote,
  tellFailure,
  type ITransferContext
} from './context';
import { pull } from './pull';

/** What a person decided about a push. */
type PushOptions = Pick<IPushTransfer, 'asOne'>;

/**
 * Pushes a volume. Without a network it waits until there is one; what a person must
 * decide is asked.
 */
export async function push(
  context: ITransferContext,
  volume: string,
  options: PushOptions = {}
): Promise<PushResult | null> {
  const { transfers, isOnline, trans } = context;
  if (!isOnline() && context.remotes.get(volume)) {
    transfers.wait(volume, null, options.asOne);
    Notification.info(
      trans.__(
        'There is no network. "%1" is pushed as soon as there is one.',
        volumeName(volume, trans)
      ),
      { autoClose: 6000 }
    );
    return null;
  }
  const sent = await send(context, volume, options);
  return sent && conclude(context, { volume, name: sent.name, options }, sent.result);
}

/** @returns null when the person cancels, when it waits, and when it failed */
async function send(
  context: ITransferContext,
  volume: string,
  options: PushOptions
): Promise<{ readonly name: string; readonly result: PushResult } | null> {
  try {
    const remote = await readyRemote(context, volume);
    if (!remote) {
      return null;
    }
    forgetFailure(volume, 'push');
    const result = await context.transfers.run(volume, 'push', transfer =>
      remote.push({ ...transfer, ...options })
    );
    return { name: remote.name, result };
  } catch (error) {
    if (!waits(context, volume, options, error)) {
      tellFailure(context, volume, 'push', error);
    }
    return null;
  }
}

async function conclude(
  context: ITransferContext,
  about: {
    readonly volume: string;
    readonly name: string;
    readonly options: PushOptions;
  },
  result: PushResult
): Promise<PushResult | null> {
  const { trans } = context;
  const { volume, name, options } = about;
  switch (result.kind) {
    case 'pushed':
      Notification.success(
        trans._n(
          'Pushed %1 commit to %2.',
          'Pushed %1 commits to %2.',
          result.commits,
          name
        ),
        { autoClose: 6000 }
      );
      return result;
    case 'up-to-date':
      Notification.info(trans.__('%1 has everything already.', name), {
        autoClose: 4000
      });
      return result;
    case 'pull-first':
      return (await agreesToPull(context, name)) && (await pull(context, volume))
        ? push(context, volume, options)
        : null;
    case 'backlog':
      return decideBacklog(context, volume, name, result.commits);
  }
}

async function agreesToPull(
  { trans }: ITransferContext,
  name: string
): Promise<boolean> {
  const { button } = await showDialog({
    title: trans.__('Pull first?'),
    body: trans.__(
      '%1 has commits that are not here. They are pulled and merged first; where both sides changed a file you choose.',
      name
    ),
    buttons: [
      Dialog.cancelButton(),
      Dialog.okButton({ label: trans.__('Pull, then push') })
    ]
  });
  return button.accept;
}

/** A backlog that takes minutes at one write a second: as one commit, or taken by hand. */
async function decideBacklog(
  context: ITransferContext,
  volume: string,
  name: string,
  commits: number
): Promise<PushResult | null> {
  const { trans, volumes } = context;
  const asOne = Dialog.okButton({ label: trans.__('Push as one commit') });
  const take = Dialog.okButton({
    label: trans.__('Export repository'),
    className: 'jp-mod-reject'
  });
  const { button } = await showDialog({
    title: trans.__('%1 commits to push', commits),
    body: trans.__(
      'GitHub takes about one a second from a page. They can go to %1 as one commit with all files; the single commits stay here. Or export the repository and push it with git.',
      name
    ),
    buttons: [Dialog.cancelButton(), take, asOne],
    defaultButton: 2
  });
  if (button.label === asOne.label) {
    return push(context, volume, { asOne: true });
  }
  const repository = volumes.get(volume)?.repository;
  if (button.label === take.label && repository) {
    await saveRepository(repository, volume, `${volume}.git.zip`, trans);
  }
  return null;
}

/** Whether the push goes on by itself later: then nobody needs to be told of a fault. */
function waits(
  context: ITransferContext,
  volume: string,
  { asOne }: PushOptions,
  error: unknown
): boolean {
  const { transfers, isOnline, trans } = context;
  if (!(error instanceof RemoteError)) {
    return false;
  }
  if (error.code === 'unreachable' && !isOnline()) {
    transfers.wait(volume, null, asOne);
    return true;
  }
  if (error.code === 'rate-limited' && error.resetsAt !== undefined) {
    transfers.wait(volume, error.resetsAt, asOne);
    Notification.warning(
      trans.__(
        'The server asks to wait. The push goes on at %1; what has arrived is not sent again.',
        new Date(error.resetsAt).toLocaleTimeString()
      ),
      { autoClose: 10_000 }
    );
    return true;
  }
  return false;
}

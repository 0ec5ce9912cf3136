import { Dialog, Notification, showDialog } from '@jupyterlab/apputils';

import { addCommand, textArg, type CommandArgs } from '../addCommand';
import { askText } from '../askText';
import { CommandIDs } from '../commands';
import { branchIcon } from '../icons';
import { askMerge } from '../remotes/merge/mergeDialog';
import { showMerged } from '../remotes/transfer/showMerged';
import type { ISessionContext } from '../session/context';
import type { VolumeSessions } from '../session/store/volumeSessions';
import { STAYS } from '../stays';
import { badBranchName, HEADS, takenBranchName } from '../volumes/branchNames';
import { USER_VOLUME } from '../volumes/copyToUser';
import type { ShowHistory } from './commands';

const VOLUME = {
  volume: { type: 'string', default: USER_VOLUME, description: 'Name of the volume' }
} as const;
const NAME = { name: { type: 'string', description: 'Name of the branch' } } as const;

/** Adds the commands that keep, merge and delete branches. */
export function addBranchCommands(context: ISessionContext, show: ShowHistory): void {
  const { trans } = context;
  const volumeOf = (args: CommandArgs): VolumeSessions =>
    context.sessions.volumeOf(textArg(args, 'volume') ?? USER_VOLUME);
  addCommand(
    context,
    CommandIDs.makeBranch,
    {
      label: trans.__('Keep as branch…'),
      caption: trans.__('Give a commit a name, to come back to it or to merge it'),
      icon: branchIcon,
      args: {
        ...{ ...VOLUME, ...NAME },
        commit: { type: 'string', description: 'SHA-1; by default the newest commit' }
      }
    },
    args => make(context, volumeOf(args), args, show)
  );
  addCommand(
    context,
    CommandIDs.mergeBranch,
    {
      label: trans.__('Merge branch…'),
      caption: trans.__('Bring what a branch changed into the files'),
      icon: branchIcon,
      args: { ...VOLUME, ...NAME },
      required: ['name']
    },
    args => merge(context, volumeOf(args), textArg(args, 'name') ?? '', show)
  );
  addCommand(
    context,
    CommandIDs.deleteBranch,
    {
      label: trans.__('Delete branch…'),
      caption: trans.__('Take the name away; files and other branches stay'),
      icon: branchIcon,
      args: {
        ...VOLUME,
        ...NAME,
        ask: { type: 'boolean', default: true, description: 'Ask first' }
      },
      required: ['name']
    },
    args => remove(context, volumeOf(args), args, show)
  );
}

/** Branches are the volume's own: where a person may write skills, they may make some. */
function requireRight({ volume }: VolumeSessions): void {
  const verdict = volume.can({ verb: 'write', path: 'skills' });
  if (!verdict.allowed) {
    throw new Error(verdict.reason);
  }
}

async function make(
  { trans }: ISessionContext,
  sessions: VolumeSessions,
  args: CommandArgs,
  show: ShowHistory
): Promise<void> {
  requireRight(sessions);
  const { name: volume, repository } = sessions.volume;
  const commit = textArg(args, 'commit') ?? (await repository.store.head());
  if (commit === null) {
    throw new Error(trans.__('There is no commit yet. Commit something first.'));
  }
  const branches = await repository.refs(HEADS);
  const refs = [...branches.keys()].map(branch => HEADS + branch);
  const asked = {
    title: trans.__('Keep commit %1 as a branch', commit.slice(0, 7)),
    label: trans.__('Name'),
    placeholder: 'try-other-optimizer',
    okLabel: trans.__('Keep'),
    problemOf: (name: string) =>
      badBranchName(name, trans) ?? takenBranchName(name, refs, trans)
  };
  const name = textArg(args, 'name') ?? (await askText(asked));
  if (name) {
    await repository.makeBranch(name, commit);
    show({ volume, branch: name });
  }
}

/** Merges a branch; notebooks that people work in follow, as after a pull. */
async function merge(
  context: ISessionContext,
  sessions: VolumeSessions,
  name: string,
  show: ShowHistory
): Promise<void> {
  requireRight(sessions);
  const { trans, author } = context;
  const { name: volume, repository } = sessions.volume;
  const oid = (await repository.refs(HEADS)).get(name);
  if (oid === undefined) {
    throw new Error(trans.__('There is no branch "%1".', name));
  }
  const { store } = repository;
  const before = await store.head();
  const result = await repository.merge(oid, {
    author: author(),
    message: `Merge branch ${name}`,
    choose: plan => askMerge({ store, plan, from: name, trans })
  });
  await sessions.refresh();
  const { changes } = result;
  await showMerged(context, { volume, changes, before, store });
  switch (result.kind) {
    case 'up-to-date':
      Notification.info(
        trans.__(
          'There is nothing to merge: main has every commit of "%1". To get back what was rolled back since, choose a commit and restore from it.',
          name
        ),
        { autoClose: STAYS.warning }
      );
      return;
    case 'cancelled':
      return;
    case 'forward':
    case 'merged':
      show({ volume }, result.oid ?? undefined);
  }
}

async function remove(
  context: ISessionContext,
  sessions: VolumeSessions,
  args: CommandArgs,
  show: ShowHistory
): Promise<void> {
  const { trans } = context;
  requireRight(sessions);
  const name = textArg(args, 'name') ?? '';
  if (args['ask'] !== false) {
    const { button } = await showDialog({
      title: trans.__('Delete the branch "%1"?', name),
      body: trans.__(
        'Files stay as they are. Commits that only this branch has can no longer be found.'
      ),
      buttons: [Dialog.cancelButton(), Dialog.warnButton({ label: trans.__('Delete') })]
    });
    if (!button.accept) {
      return;
    }
  }
  const { name: volume, repository } = sessions.volume;
  const commit = await repository.dropBranch(name);
  show({ volume });
  const back = (): void => {
    void context.app.commands.execute(CommandIDs.makeBranch, { volume, name, commit });
  };
  Notification.success(trans.__('Deleted the branch "%1".', name), {
    autoClose: 10_000,
    actions: [{ label: trans.__('Undo'), callback: back }]
  });
}

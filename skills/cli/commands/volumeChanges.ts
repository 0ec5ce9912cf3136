import { existsSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  canAccess,
  planRollback,
  rollbackMessage,
  withoutLogin,
  type IFileChange
} from '@llmos-lab/skills';
import type { Command } from 'commander';
import { checkAccess } from '../applyChanges';
import { isRepository, openClone, type IClone } from '../clone';
import { CommandFailure, REFUSED } from '../failure';
import { cloneFrom } from '../git/cloneFrom';
import { gitIn } from '../git/gitIn';
import { resolve as objectOf } from '../git/plumbing';
import { OWNER_KEY, parseOwner } from '../identity';
import { onInterrupt } from '../interrupt';
import { makeFolder } from '../makeFolder';
import { printJson, printLine } from '../output';
import { removeFolder } from '../scratchFolder';

/** The branch of volumes. */
const BRANCH = 'main';

const OWNER_HELP =
  'whose it is: user:ID, team:ID or system (default: as its repository is named, else your own)';

interface IInitOptions {
  readonly bare?: boolean;
  readonly owner?: string;
  readonly json?: boolean;
}

/** `llmos volume init|clone|rollback`. */
export function addVolumeChanges(volume: Command): void {
  volume
    .command('init')
    .description(
      'Make a volume of a folder that is no Git repository yet: a new one, or one with files.'
    )
    .argument('<dir>', 'folder')
    .option('--bare', 'without files beside the history')
    .option('--owner <owner>', OWNER_HELP)
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExample:\n  $ llmos volume init ~/volumes/user')
    .action(init);
  volume
    .command('clone')
    .description('Copy a volume from a Git server, with its history.')
    .argument('<address>', 'address of the repository')
    .argument('<dir>', 'new folder')
    .option('--owner <owner>', OWNER_HELP)
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nExample:\n  $ llmos volume clone git@github.com:ana/llmunix-user-ana.git ~/me'
    )
    .action(clone);
  volume
    .command('rollback')
    .description('Take back what a commit changed, by a new commit.')
    .argument('<dir>', 'folder of the volume')
    .argument('<commit>', 'the commit, as "volume log" names it')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nSkills of a team are taken back in the site (Demote or roll back…), with a reason.\n' +
        '\nExample:\n  $ llmos volume rollback . 3f2a1b0c'
    )
    .action(rollBack);
}

async function init(dir: string, options: IInitOptions): Promise<void> {
  const folder = resolve(dir);
  if (existsSync(folder) && (await isRepository(folder))) {
    throw new CommandFailure(
      `${folder} is a Git repository already, so it is a volume as it is. ` +
        `Say whose it is with: git -C ${folder} config ${OWNER_KEY} OWNER`
    );
  }
  checkOwner(options.owner);
  await makeFolder(folder);
  const git = gitIn(folder);
  await git.init(options.bare === true, [`--initial-branch=${BRANCH}`]);
  await setOwner(folder, options.owner);
  tell(options, { folder }, `Made a volume without commits in ${folder}.`);
}

async function clone(
  address: string,
  dir: string,
  options: IInitOptions
): Promise<void> {
  const folder = resolve(dir);
  const isThere = existsSync(folder);
  if (isThere && readdirSync(folder).length > 0) {
    throw new CommandFailure(`${folder} is not empty. Give a new folder.`);
  }
  checkOwner(options.owner);
  const forget = onInterrupt(() => {
    if (!isThere) {
      removeFolder(folder);
    }
  });
  await cloneFrom(address, { folder }).finally(forget);
  await setOwner(folder, options.owner);
  await takeBranch(folder);
  const { store } = await openClone(folder);
  const commits = (await store.log({ merged: true })).length;
  const place = withoutLogin(address);
  const kept =
    place === address ? '' : ' Its name and password are not kept: Git asks for them.';
  tell(options, { folder, commits }, `Cloned ${place} to ${folder}.${kept}`);
}

/**
 * Checks out the branch of volumes where the server names one as its own that it has not.
 *
 * @throws CommandFailure where that is missing too, and there are others
 */
async function takeBranch(folder: string): Promise<void> {
  const git = gitIn(folder);
  if ((await objectOf(git, 'HEAD')) !== null) {
    return;
  }
  const names = ['--format=%(refname:lstrip=3)', 'refs/remotes/origin/'];
  const list = await git.raw('for-each-ref', ...names);
  const branches = list.split('\n').filter(name => name !== '');
  if (branches.length === 0) {
    return;
  }
  if (!branches.includes(BRANCH)) {
    const own = (await git.raw('symbolic-ref', '--short', 'HEAD')).trim();
    throw new CommandFailure(
      `The repository has no branch ${own}, which it names as its own, and no ${BRANCH}. ` +
        `It has ${branches.join(', ')}. Take one with: git -C ${folder} switch BRANCH`
    );
  }
  await git.raw('checkout', '--quiet', '-B', BRANCH, '--track', `origin/${BRANCH}`);
}

/** Before anything is made: a second try would find it there. */
function checkOwner(owner: string | undefined): void {
  if (owner !== undefined) {
    parseOwner(owner);
  }
}

async function setOwner(folder: string, owner: string | undefined): Promise<void> {
  if (owner !== undefined) {
    await gitIn(folder).addConfig(OWNER_KEY, owner);
  }
}

async function rollBack(
  dir: string,
  name: string,
  options: { readonly json?: boolean }
): Promise<void> {
  const clone = await openClone(dir);
  const { store, author, folder } = clone;
  const found = await gitIn(folder).raw(
    ...['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`]
  );
  const commit = found.trim();
  if (commit === '') {
    throw new CommandFailure(`There is no commit ${name} in this volume.`);
  }
  const { changes, blocked } = await planRollback(store, commit);
  if (changes.length === 0) {
    throw new CommandFailure(
      blocked.length === 0
        ? 'There is nothing to roll back: its changes are gone already.'
        : `Later commits changed the same files: ${blocked.join(', ')}. Roll those back first.`
    );
  }
  requireNoPromotion(clone, changes);
  checkAccess(clone, changes);
  const [entry] = await store.log({ from: commit, limit: 1 });
  const subject = entry?.message.split('\n')[0] ?? '';
  const message = rollbackMessage(commit, subject, changes);
  const oid = await store.commit(changes, message, author, await store.head());
  tell(
    options,
    { commit: oid, paths: changes.map(({ path }) => path), blocked },
    `Rolled back "${subject}" (${oid.slice(0, 8)}).` +
      (blocked.length === 0
        ? ''
        : ` Left as they are, since later commits changed them: ${blocked.join(', ')}.`)
  );
}

/** Of a team's skills the history says why they come and go; here nobody says it. */
function requireNoPromotion(
  { actor, owner }: IClone,
  changes: readonly IFileChange[]
): void {
  const isPromoted = changes.some(({ path }) => {
    const verdict = canAccess(actor, owner, { verb: 'write', path });
    return !verdict.allowed && verdict.why?.code === 'team-by-promotion';
  });
  if (isPromoted) {
    throw new CommandFailure(
      "This takes back skills or other files of a team, which change by promotion alone. To take a skill out, or to its version before, use Demote or roll back… of the skill in the site's list of skills, and push.",
      REFUSED
    );
  }
}

function tell(
  { json }: { readonly json?: boolean },
  result: object,
  sentence: string
): void {
  if (json) {
    printJson(result);
  } else {
    printLine(sentence);
  }
}

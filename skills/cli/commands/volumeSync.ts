import {
  mergeBase,
  planMerge,
  resolveMerge,
  type IMergeConflict,
  type MergeChoice
} from '@llmos-lab/skills';
import type { Command } from 'commander';
import type { SimpleGit } from 'simple-git';
import { changedPaths, openClone, type IClone } from '../clone';
import { CommandFailure, WRONG_USAGE } from '../failure';
import { gitIn } from '../git/gitIn';
import { VOLUME_HELP } from '../options';
import { count, printJson, printLine, warn } from '../output';
import { startProgress } from '../progress';
import { volumeOr } from '../places';

interface IOptions {
  readonly remote: string;
  readonly take?: string;
  readonly push: boolean;
  readonly json?: boolean;
}

/** `llmos volume sync`. */
export function addVolumeSync(volume: Command): void {
  volume
    .command('sync')
    .description('Pull what others pushed, merge as the site does, and push.')
    .argument('[dir]', VOLUME_HELP)
    .option('--remote <name>', 'which remote', 'origin')
    .option('--take <which>', 'of a file that both sides changed: mine, theirs or both')
    .option('--no-push', 'only pull')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExample:\n  $ llmos volume sync . --take both')
    .action(sync);
}

/**
 * Fetches the remote's branches to where they are then looked for. A bare clone has no
 * rule for that, and the rule of a mirror would write over its own branches.
 */
async function fetch(git: SimpleGit, remote: string): Promise<void> {
  const branches = `+refs/heads/*:refs/remotes/${remote}/*`;
  await git.raw('fetch', '--quiet', '--refmap=', remote, branches);
}

/** How the two sides came together. */
type Pulled =
  | { readonly kind: 'up-to-date' | 'forward'; readonly commit: string | null }
  | { readonly kind: 'merged'; readonly commit: string };

async function sync(dir: string | undefined, options: IOptions): Promise<void> {
  const take = readChoice(options.take);
  const clone = await openClone(volumeOr(dir));
  const git = gitIn(clone.folder);
  const { remote } = options;
  const remotes = (await git.raw('remote')).split('\n');
  if (!remotes.includes(remote)) {
    throw new CommandFailure(
      `${clone.folder} has no remote "${remote}". Add one with: git remote add ${remote} ADDRESS`
    );
  }
  const progress = startProgress();
  progress.show(`Fetching from ${remote}`);
  try {
    await fetch(git, remote);
    const pulled = await pull(clone, git, { remote, take });
    progress.show(`Pushing to ${remote}`);
    const pushed = options.push && (await push(clone, git, remote));
    progress.end();
    if (options.json) {
      printJson({ ...pulled, pushed });
    } else {
      printLine(SENTENCES[pulled.kind]);
      printLine(pushed ? `Pushed to ${remote}.` : 'Nothing to push.');
      await tellUncommitted(clone);
    }
  } finally {
    progress.end();
  }
}

/** What is not committed stays here, which is easily taken for pushed. */
async function tellUncommitted(clone: IClone): Promise<void> {
  const paths = clone.isBare ? [] : await changedPaths(clone, []);
  if (paths.length > 0) {
    const rest = paths.length > LISTED ? ', …' : '';
    warn(
      `${count(paths.length, 'file')} with changes that are not committed stayed here: ` +
        `${paths.slice(0, LISTED).join(', ')}${rest}`
    );
  }
}

/** Most files that are named. */
const LISTED = 3;

const SENTENCES = {
  'up-to-date': 'There was nothing to pull.',
  forward: 'Pulled what others pushed.',
  merged: 'Merged what others pushed.'
} as const;

function readChoice(text: string | undefined): MergeChoice | null {
  const found = (['mine', 'theirs', 'both'] as const).find(each => each === text);
  if (text !== undefined && !found) {
    throw new CommandFailure(
      `--take must be mine, theirs or both; found "${text}".`,
      WRONG_USAGE
    );
  }
  return found ?? null;
}

async function pull(
  { store, author, branch }: IClone,
  git: SimpleGit,
  { remote, take }: { readonly remote: string; readonly take: MergeChoice | null }
): Promise<Pulled> {
  const ref = `refs/remotes/${remote}/${branch}`;
  const theirs = (await git.raw('rev-parse', '--verify', '--quiet', ref)).trim();
  const mine = await store.head();
  if (theirs === '') {
    return { kind: 'up-to-date', commit: mine };
  }
  if (mine === null) {
    await store.forward(theirs, null);
    return { kind: 'forward', commit: theirs };
  }
  const entries = [
    ...(await store.log({ from: mine, merged: true })),
    ...(await store.log({ from: theirs, merged: true }))
  ];
  const base = mergeBase(entries, mine, theirs);
  if (base === theirs) {
    return { kind: 'up-to-date', commit: mine };
  }
  if (base === mine) {
    await store.forward(theirs, mine);
    return { kind: 'forward', commit: theirs };
  }
  const plan = await planMerge(store, base, mine, theirs);
  if (plan.conflicts.length > 0 && take === null) {
    throw conflicting(plan.conflicts);
  }
  const choices = new Map(
    plan.conflicts.map(({ path }) => [path, take ?? 'both'] as const)
  );
  const changes = await resolveMerge(store, plan, choices);
  const message = `Merge from ${remote}`;
  const commit = await store.commit(changes, message, author, mine, [theirs]);
  return { kind: 'merged', commit };
}

function conflicting(conflicts: readonly IMergeConflict[]): CommandFailure {
  const paths = conflicts.map(({ path }) => `  ${path}`).join('\n');
  return new CommandFailure(
    `Both sides changed:\n${paths}\n` +
      'Say which to keep with --take mine, theirs or both (side by side).'
  );
}

async function push(
  { store, branch }: IClone,
  git: SimpleGit,
  remote: string
): Promise<boolean> {
  const ref = `refs/remotes/${remote}/${branch}`;
  const there = (await git.raw('rev-parse', '--verify', '--quiet', ref)).trim();
  const head = await store.head();
  if (head === null || head === there) {
    return false;
  }
  await git.raw(
    // A mirror would push all that it has, and take away what it has not.
    ...['-c', `remote.${remote}.mirror=false`, 'push', '--quiet'],
    ...[remote, `refs/heads/${branch}:refs/heads/${branch}`]
  );
  // Git itself writes it down only where the clone has a rule for it.
  await git.raw('update-ref', ref, head);
  return true;
}

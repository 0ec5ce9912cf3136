import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { resolve as absolute } from 'node:path';
import {
  parseSkill,
  parseTraces,
  type ILogEntry,
  type IVolumeStore
} from '@llmos-lab/skills';
import type { Command } from 'commander';
import { CheckRepoActions, simpleGit } from 'simple-git';
import { CommandFailure } from '../failure';
import { openGitStore } from '../git/store';
import { count, printJson, printLine } from '../output';

interface IOutputOptions {
  readonly json?: boolean;
}

/** `llmos volume`: a volume that is a Git repository on this machine. */
export function addVolumeCommand(program: Command): void {
  const volume = program
    .command('volume')
    .description('Volumes: Git repositories with skills, sessions and traces.');
  volume
    .command('init <dir>')
    .description('Make an empty volume in a new or empty folder.')
    .option('--bare', 'without files beside the history')
    .action(init);
  volume
    .command('log <dir>')
    .description('List commits, newest first.')
    .option('--path <path>', 'only commits that changed this file or folder')
    .option('--limit <n>', 'most commits to list', '50')
    .option('--json', 'print JSON')
    .action(log);
  volume
    .command('stats <dir>')
    .description('Count commits, skills, sessions and traces at the newest commit.')
    .option('--json', 'print JSON')
    .action(stats);
}

async function init(dir: string, { bare = false }: { bare?: boolean }): Promise<void> {
  const folder = absolute(dir);
  if (existsSync(folder) && (await isRepository(folder))) {
    throw new CommandFailure(`${folder} is a Git repository already.`, 1);
  }
  await mkdir(folder, { recursive: true });
  await simpleGit(folder).init(bare, ['--initial-branch=main']);
  printLine(`Made an empty volume in ${folder}.`);
}

async function log(
  dir: string,
  options: IOutputOptions & { readonly path?: string; readonly limit: string }
): Promise<void> {
  const limit = Number(options.limit);
  if (!Number.isInteger(limit) || limit < 1) {
    throw new CommandFailure(
      `--limit must be a whole number from 1; found "${options.limit}".`,
      2
    );
  }
  const store = await openVolume(dir);
  const entries = await store.log({
    limit,
    ...(options.path !== undefined && { path: options.path })
  });
  if (options.json) {
    printJson(entries);
  } else if (entries.length === 0) {
    printLine('No commits yet.');
  } else {
    entries.forEach(entry => printLine(describe(entry)));
  }
}

function describe({ oid, author, message }: ILogEntry): string {
  const date = new Date(author.time * 1000)
    .toISOString()
    .slice(0, 16)
    .replace('T', ' ');
  const [subject = ''] = message.split('\n');
  return `${oid.slice(0, 8)}  ${date}  ${author.name}  ${subject}`;
}

async function stats(dir: string, options: IOutputOptions): Promise<void> {
  const store = await openVolume(dir);
  const counts = {
    commits: (await store.log()).length,
    ...(await countSkills(store)),
    ...(await countSessions(store))
  };
  if (options.json) {
    printJson(counts);
    return;
  }
  printLine(count(counts.commits, 'commit'));
  printLine(`${count(counts.skills, 'skill')}, ${counts.broken} with problems`);
  printLine(
    `${count(counts.sessions, 'session')} with ${count(counts.traces, 'trace')}`
  );
}

async function countSkills(
  store: IVolumeStore
): Promise<{ readonly skills: number; readonly broken: number }> {
  const files = (await store.list('skills')).filter(
    ({ kind, path }) => kind === 'file' && path.endsWith('.md')
  );
  let broken = 0;
  for (const { path } of files) {
    const text = decode(await store.read(path));
    if (parseSkill(text, path).problems.some(({ severity }) => severity === 'error')) {
      broken++;
    }
  }
  return { skills: files.length, broken };
}

async function countSessions(
  store: IVolumeStore
): Promise<{ readonly sessions: number; readonly traces: number }> {
  const folders = (await store.list('sessions')).filter(
    ({ kind }) => kind === 'folder'
  );
  let traces = 0;
  for (const { path } of folders) {
    const content = await store.read(`${path}/traces.jsonl`);
    traces += content === null ? 0 : parseTraces(decode(content)).traces.length;
  }
  return { sessions: folders.length, traces };
}

async function openVolume(dir: string): Promise<IVolumeStore> {
  const folder = absolute(dir);
  if (!existsSync(folder)) {
    throw new CommandFailure(`There is no folder ${folder}.`, 1);
  }
  if (!(await isRepository(folder))) {
    throw new CommandFailure(
      `${folder} is not a Git repository. Make one with: llmos volume init ${dir}`,
      1
    );
  }
  return openGitStore({ folder });
}

/** Whether the folder itself is a repository, bare or with a work tree. */
async function isRepository(folder: string): Promise<boolean> {
  const git = simpleGit(folder);
  return (
    (await git.checkIsRepo(CheckRepoActions.IS_REPO_ROOT)) ||
    (await git.checkIsRepo(CheckRepoActions.BARE))
  );
}

function decode(content: Uint8Array | null): string {
  return content === null ? '' : new TextDecoder().decode(content);
}

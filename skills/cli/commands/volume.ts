import {
  isRun,
  parseSkillFile,
  parseTraces,
  type ILogEntry,
  type IVolumeStore
} from '@llmos-lab/skills';
import type { Command } from 'commander';
import { basename } from 'node:path';
import { openClone } from '../clone';
import { readCount, VOLUME_HELP } from '../options';
import { count, minute, printJson, printLine } from '../output';
import { volumeOr } from '../places';
import { listSkills } from '../skillFiles';
import { addVolumeChanges } from './volumeChanges';
import { addVolumeSync } from './volumeSync';

interface IOutputOptions {
  readonly json?: boolean;
}

/** `llmos volume`: a volume that is a Git repository on this machine. */
export function addVolumeCommand(program: Command): void {
  const volume = program
    .command('volume')
    .description('Volumes: Git repositories with skills, sessions and traces.');
  addVolumeChanges(volume);
  addVolumeSync(volume);
  volume
    .command('log')
    .description('List commits, newest first.')
    .argument('[dir]', VOLUME_HELP)
    .option('--path <path>', 'only commits that changed this file or folder')
    .option('--limit <n>', 'most commits to list', '50')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nExample:\n  $ llmos volume log . --path skills/low-pass.md'
    )
    .action(log);
  volume
    .command('stats')
    .description('Count commits, skills, sessions and traces at the newest commit.')
    .argument('[dir]', VOLUME_HELP)
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nExample:\n  $ llmos volume stats ~/llmunix-user-ana --json'
    )
    .action(stats);
}

async function log(
  dir: string | undefined,
  options: IOutputOptions & { readonly path?: string; readonly limit: string }
): Promise<void> {
  const limit = readCount('--limit', options.limit);
  const { store } = await openClone(volumeOr(dir));
  const entries = await store.log({
    ...{ limit, merged: true },
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
  const date = minute(new Date(author.time * 1000).toISOString());
  const [subject = ''] = message.split('\n');
  return `${oid.slice(0, 8)}  ${date}  ${author.name}  ${subject}`;
}

async function stats(dir: string | undefined, options: IOutputOptions): Promise<void> {
  const { store } = await openClone(volumeOr(dir));
  const counts = {
    commits: (await store.log({ merged: true })).length,
    ...(await countSkills(store)),
    ...(await countSessions(store))
  };
  if (options.json) {
    printJson(counts);
    return;
  }
  printLine(count(counts.commits, 'commit'));
  printLine(`${count(counts.skills, 'skill')}, ${counts.broken} with problems`);
  const runs = counts.traces - counts.answers;
  printLine(
    `${count(counts.sessions, 'session')} with ${count(runs, 'trace')} ` +
      `and ${count(counts.answers, 'answer')} of the assistant`
  );
}

async function countSkills(
  store: IVolumeStore
): Promise<{ readonly skills: number; readonly broken: number }> {
  const paths = await listSkills('skills', async folder =>
    (await store.list(folder)).map(({ kind, path }) => ({
      ...{ name: basename(path), path, isFolder: kind === 'folder' }
    }))
  );
  let broken = 0;
  for (const path of paths) {
    const text = decode(await store.read(path));
    const { problems } = parseSkillFile({ path, text });
    if (problems.some(({ severity }) => severity === 'error')) {
      broken++;
    }
  }
  return { skills: paths.length, broken };
}

async function countSessions(
  store: IVolumeStore
): Promise<Readonly<Record<'sessions' | 'traces' | 'answers', number>>> {
  const folders = (await store.list('sessions')).filter(
    ({ kind }) => kind === 'folder'
  );
  let traces = 0;
  let answers = 0;
  for (const { path } of folders) {
    const content = await store.read(`${path}/traces.jsonl`);
    const records = parseTraces(decode(content)).traces;
    traces += records.length;
    answers += records.filter(record => !isRun(record)).length;
  }
  return { sessions: folders.length, traces, answers };
}

function decode(content: Uint8Array | null): string {
  return content === null ? '' : new TextDecoder().decode(content);
}

import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { ANA, git, sessionText, traceLine } from './replayVolume';
import { llmos, type IRun } from './run';
import { llmosJson } from './schema';

/** A folder of the test's own, and an empty volume in it; see `useVolume`. */
export let folder: string;
export let volume: string;

export const ENV = { ...ANA, GIT_CONFIG_GLOBAL: '/dev/null' };

/** Gives each test of a file a folder with an empty volume, and takes it away again. */
export function useVolume(): void {
  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'llmos-verbs-')));
    volume = join(folder, 'volume');
    git(folder, 'init', '--quiet', '--initial-branch=main', volume);
  });
  afterEach(() => rmSync(folder, { recursive: true }));
}

/** Runs the command line in the folder. */
export function run(...args: string[]): IRun {
  return llmos(args, { env: ENV, cwd: folder });
}

/** What a command prints with `--json`, checked by its schema. */
export function json(command: string, ...args: string[]): unknown {
  return llmosJson(command, args, { env: ENV, cwd: folder }).value;
}

/** Nothing is left to commit, and Git finds nothing wrong. */
export function expectClean(place = volume): void {
  expect(git(place, 'status', '--porcelain')).toBe('');
  git(place, 'fsck', '--strict', '--no-dangling');
}

/** A session as the site leaves it in a volume. */
export function writeSession(place: string, id: string, user = 'local'): void {
  const at = join(place, 'sessions', id);
  mkdirSync(at, { recursive: true });
  writeFileSync(join(at, 'session.json'), sessionText(id, user));
  writeFileSync(
    join(at, 'chat.jsonl'),
    `${JSON.stringify({
      ...{ v: 1, id: 'm1', role: 'user', content: 'Halve it.' },
      ...{
        timestamp: '2026-11-21T10:00:00Z',
        skills_used: [],
        traces: [],
        artifacts: []
      }
    })}\n`
  );
  writeFileSync(join(at, 'traces.jsonl'), `${traceLine(1, 2)}\n${traceLine(2, 3)}\n`);
  writeFileSync(
    join(at, `${id}.ipynb`),
    JSON.stringify({
      ...{ nbformat: 4, nbformat_minor: 5, metadata: {} },
      cells: [
        { cell_type: 'code', id: 'a', metadata: {}, source: 'x = 1', outputs: [] }
      ]
    })
  );
}

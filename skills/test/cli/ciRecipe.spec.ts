import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { ANA, git } from './replayVolume';
import { BUNDLE, llmos } from './run';

const EXAMPLES = join(__dirname, '../../../examples/ci');
const read = (name: string): string => readFileSync(join(EXAMPLES, name), 'utf8');

/** Words of each command, as completion knows them. */
function knownWords(): ReadonlyMap<string, readonly string[]> {
  const script = llmos(['completion', 'bash']).stdout;
  const lines = [...script.matchAll(/^ {4}"([^"]*)"\) words="([^"]*)"/gm)];
  return new Map(lines.map(([, path = '', words = '']) => [path, words.split(' ')]));
}

/** Commands of `llmos` in a text, as words. */
function commandsIn(text: string): readonly (readonly string[])[] {
  const calls = text.matchAll(
    /(?:\$LLMOS|\bllmos) ((?:skills|evolve|workflow|volume)[^|>\n]*)/g
  );
  return [...calls].map(([, words = '']) => words.trim().split(/\s+/));
}

describe('the recipe for continuous integration', () => {
  it('is YAML whose commands and options exist', () => {
    const workflow = parse(read('evolve.yml')) as {
      readonly on: { readonly schedule: readonly { readonly cron: string }[] };
      readonly jobs: {
        readonly evolve: { readonly steps: readonly { readonly run?: string }[] };
      };
    };
    expect(workflow.on.schedule[0]?.cron).toMatch(/^\d+ \d+ \* \* \*$/);
    const scripts = workflow.jobs.evolve.steps.flatMap(({ run }) => run ?? []);
    for (const script of scripts) {
      const plain = script.replace(/\$\{\{.*?\}\}/g, 'x');
      expect(spawnSync('bash', ['-n'], { input: plain }).status).toBe(0);
    }
    const config = parse(read('pre-commit-config.yaml')) as {
      readonly repos: readonly {
        readonly hooks: readonly { readonly entry: string }[];
      }[];
    };
    const entries = config.repos.flatMap(({ hooks }) =>
      hooks.map(({ entry }) => entry)
    );
    const commands = commandsIn(
      [...scripts, ...entries, read('pre-commit')].join('\n')
    );
    expect(commands.length).toBeGreaterThan(3);
    expect(commands.find(([verb]) => verb === 'evolve')).toContain('--as-job');
    const known = knownWords();
    for (const [first = '', second = '', ...rest] of commands) {
      const path = known.has(`${first} ${second}`) ? `${first} ${second}` : first;
      expect(known.has(path)).toBe(true);
      const options = [second, ...rest].filter(word => word.startsWith('--'));
      expect(known.get(path)).toEqual(expect.arrayContaining(options));
    }
  });

  it('fails where a command fails whose report it keeps', () => {
    const { jobs } = parse(read('evolve.yml')) as {
      readonly jobs: {
        readonly evolve: {
          readonly steps: readonly { readonly name?: string; readonly run?: string }[];
        };
      };
    };
    const script = jobs.evolve.steps.find(({ name }) => name === 'Learn')?.run ?? '';
    const folder = mkdtempSync(join(tmpdir(), 'llmos-recipe-'));
    try {
      const volume = join(folder, 'volume');
      git(folder, 'init', '--quiet', volume);
      const command = join(folder, 'llmos');
      const body =
        '#!/bin/sh\necho "$1 was asked"\n[ "$1" = "$FAILS" ] && exit 3\nexit 0\n';
      writeFileSync(command, body, { mode: 0o755 });
      const tokens: (string | undefined)[] = [];
      const learn = (run: string, fails: string): number | null => {
        const { status, stdout } = spawnSync('bash', ['-e', '-c', script], {
          ...{ cwd: volume, encoding: 'utf8' },
          env: {
            ...{ ...process.env, GITHUB_RUN_ID: run, LLMOS: command, FAILS: fails },
            LLMOS_OWNER: 'team:optics'
          }
        });
        // What the commands print lies where the runner takes no commands.
        const [, token, printed] =
          /^::stop-commands::(\S{30,})\n([^]*)::\1::\n$/.exec(stdout) ?? [];
        expect(printed).toMatch(/^skills was asked\n/);
        tokens.push(token);
        return status;
      };
      expect(learn('1', 'nothing')).toBe(0);
      expect(readFileSync(join(folder, 'report.txt'), 'utf8')).toBe(
        'evolve was asked\n'
      );
      expect(git(volume, 'config', 'llmos.owner')).toBe('team:optics');
      expect(learn('2', 'evolve')).toBe(3);
      expect(learn('3', 'skills')).toBe(3);
      expect(new Set(tokens).size).toBe(3);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('has a hook that refuses what is staged with faults, and nothing else', () => {
    const folder = mkdtempSync(join(tmpdir(), 'llmos-hook-'));
    try {
      git(folder, 'init', '--quiet', '--initial-branch=main');
      copyFileSync(join(EXAMPLES, 'pre-commit'), join(folder, '.git/hooks/pre-commit'));
      mkdirSync(join(folder, 'skills'));
      const file = join(folder, 'skills/note.md');
      const good = '---\nname: Note\ndescription: Says how.\n---\nText\n';
      const commit = (): { code: number | null; stderr: string } => {
        const { status, stderr } = spawnSync('git', ['commit', '-m', 'Skills'], {
          cwd: folder,
          encoding: 'utf8',
          env: { ...process.env, ...ANA, LLMOS: `node ${BUNDLE}` }
        });
        return { code: status, stderr };
      };
      writeFileSync(file, '---\nname: [\n---\nText\n');
      git(folder, 'add', '.');
      const refused = commit();
      expect(refused.code).toBe(1);
      expect(refused.stderr).toContain('skills/note.md:');
      writeFileSync(file, good);
      git(folder, 'add', '.');
      // What is not staged does not count.
      writeFileSync(file, '---\nname: [\n');
      expect(commit()).toMatchObject({ code: 0 });
      expect(git(folder, 'show', 'HEAD:skills/note.md')).toBe(good.trim());
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

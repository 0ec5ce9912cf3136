import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BUNDLE, llmos, ON_TERMINAL } from './run';

interface ICheck {
  readonly ok: boolean;
  readonly skills: readonly Record<string, unknown>[];
  readonly problems: readonly Record<string, unknown>[];
}

const LIBRARY = 'library/system';
const PROBLEMS = 'test/fixtures/problems';

describe('llmos skills check', () => {
  it('finds no fault in the system library and exits with 0', () => {
    const { code, stdout } = llmos(['skills', 'check', LIBRARY, '--json']);
    const report = JSON.parse(stdout) as ICheck;
    expect(report.problems).toEqual([]);
    expect([code, report.ok]).toEqual([0, true]);
    const hamiltonian = report.skills.find(({ id }) => id === 'quantum-hamiltonian');
    expect(hamiltonian).toMatchObject({ kind: 'executable', type: 'python-wasm' });
    expect(hamiltonian?.['outputs']).toContainEqual(
      expect.objectContaining({ name: 'hamiltonian' })
    );
  });

  it('lists every problem with file, line, code and message, and exits with 1', () => {
    const { code, stdout } = llmos(['skills', 'check', PROBLEMS, '--json']);
    const { ok, problems } = JSON.parse(stdout) as ICheck;
    expect([code, ok]).toEqual([1, false]);
    expect(problems.length).toBeGreaterThan(25);
    expect(problems).toContainEqual(
      expect.objectContaining({
        file: `${PROBLEMS}/unknown-port-type.md`,
        line: 6,
        code: 'unknown-port-type',
        message: 'The type "float" is not known. Write "number".'
      })
    );
  });

  it('checks one file', () => {
    const path = `${PROBLEMS}/tab-indent.md`;
    const { code, stdout } = llmos(['skills', 'check', path]);
    expect(code).toBe(1);
    expect(stdout).toBe(
      `${path}:5: error tab-indent\n` +
        '    The line is indented with a tab, which YAML does not allow. Indent with spaces.\n' +
        '0 skills, 1 problem.\n'
    );
  });

  it('leaves warnings out on request', () => {
    const path = `${PROBLEMS}/required-with-default.md`;
    expect(llmos(['skills', 'check', path]).code).toBe(1);
    expect(llmos(['skills', 'check', path, '--errors-only']).code).toBe(0);
  });

  it('reads Agent Skills folders by their name', () => {
    const { stdout } = llmos(['skills', 'check', 'test/fixtures/shapes', '--json']);
    const { skills } = JSON.parse(stdout) as ICheck;
    expect(skills).toContainEqual(
      expect.objectContaining({ id: 'pdf-forms', kind: 'context', type: null })
    );
  });

  it('says when a path is not there and exits with 2', () => {
    const { code, stdout, stderr } = llmos(['skills', 'check', 'no/such/folder']);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^llmos: There is no file or folder no\/such\/folder\. /);
  });

  it('writes no colour into pipes', () => {
    // eslint-disable-next-line no-control-regex
    expect(llmos(['skills', 'check', PROBLEMS]).stdout).not.toMatch(/\u001b/);
  });
});

describe('llmos skills list', () => {
  it('lists the system library by default', () => {
    const { code, stdout } = llmos(['skills', 'list', '--json']);
    const { skills } = JSON.parse(stdout) as ICheck;
    expect(code).toBe(0);
    expect(skills.map(({ id }) => id)).toContain('plot-xy');
  });

  it('prints a table for people', () => {
    const { stdout } = llmos(['skills', 'list', LIBRARY]);
    expect(stdout).toMatch(/^plot-xy +python-wasm +visualisation +Draws /m);
    expect(stdout).toMatch(/^\d+ skills\.$/m);
  });
});

describe('llmos skills list of a folder with problems', () => {
  it.each([false, true])('fails as sessions list does, with --json %s', isJson => {
    const args = ['skills', 'list', PROBLEMS, ...(isJson ? ['--json'] : [])];
    const { code, stdout } = llmos(args);
    expect(code).toBe(1);
    expect(stdout).toMatch(isJson ? /"ok": false/ : /problems: see "skills check"/);
  });
});

describe('llmos skills search', () => {
  it('ranks ids with scores', () => {
    const { stdout } = llmos([
      'skills',
      'search',
      'scater chart',
      '--volume',
      LIBRARY,
      '--json'
    ]);
    const matches = JSON.parse(stdout) as { id: string; score: number }[];
    expect(matches[0]?.id).toBe('plot-xy');
    const scores = matches.map(({ score }) => score);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
  });

  it('refuses a limit that is no number', () => {
    const { code, stderr } = llmos(['skills', 'search', 'x', '--limit', 'many']);
    expect([code, stderr]).toEqual([
      2,
      'llmos: --limit must be a whole number from 1; found "many".\n'
    ]);
  });
});

describe('llmos skills show', () => {
  it('prints ports and text of one skill, also by alias', () => {
    const { code, stdout } = llmos(['skills', 'show', 'plot-xy-node']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Plot XY \(plot-xy\)\n/);
    expect(stdout).toContain('\nInputs:\n  y ');
    expect(stdout).toContain('def execute(inputs)');
  });

  it('gives files the text as it is, and writes out what would act on a terminal', () => {
    const volume = mkdtempSync(join(tmpdir(), 'llmos-show-'));
    mkdirSync(join(volume, 'skills'));
    const text =
      '---\r\nname: hostile\r\ndescription: Writes.\r\n---\r\na\u001b[2Jb\r\n';
    writeFileSync(join(volume, 'skills/hostile.md'), text);
    const args = ['skills', 'show', 'hostile', '--volume', volume];
    expect(llmos(args).stdout.endsWith(`\n\n${text}`)).toBe(true);
    const shown = spawnSync('python3', ['-c', ON_TERMINAL, 'node', BUNDLE, ...args], {
      encoding: 'utf8'
    });
    expect(shown.stdout).toContain(String.raw`a\x1b[2Jb`);
    expect(shown.stdout).not.toContain('\u001b');
    rmSync(volume, { recursive: true });
  });

  it('lists what values the inputs take', () => {
    const { stdout } = llmos(['skills', 'show', 'quantum-vqe']);
    expect(stdout).toMatch(/\n {2}ansatz .*one of "/);
    expect(stdout).toMatch(/\n {2}iterations .*\b1 to \d+ /);
  });

  it('suggests near ids', () => {
    const { code, stderr } = llmos(['skills', 'show', 'plot-xz']);
    expect(code).toBe(1);
    expect(stderr).toMatch(/There is no skill "plot-xz"\. Near it: .*plot-xy/);
    const { stderr: part } = llmos(['skills', 'show', 'vqe']);
    expect(part).toContain('There is no skill "vqe". Near it: quantum-vqe');
  });

  it('says where the list is when nothing is near', () => {
    expect(llmos(['skills', 'show', 'nope'])).toMatchObject({
      code: 1,
      stderr: 'llmos: There is no skill "nope". See: llmos skills list\n'
    });
  });
});

it('explains wrong usage and exits with 2', () => {
  const { code, stderr } = llmos(['skills', 'frobnicate']);
  expect(code).toBe(2);
  expect(stderr).toContain("unknown command 'frobnicate'");
});

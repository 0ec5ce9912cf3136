import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { llmos } from './run';
import { checked } from './schema';

const SKILL = '---\nname: Note\ndescription: Says how.\n---\nText\n';
const TRACE = JSON.stringify({
  v: 1,
  id: 't1',
  session: 's1',
  user: 'ana',
  started: '2026-11-21T10:00:00.000Z',
  ms: 1,
  status: 'success',
  goal: '',
  trigger: 'all',
  nodes: [],
  edges: [],
  env: {}
});
const ANSWER = JSON.stringify({
  ...(JSON.parse(TRACE) as object),
  ...{ id: 't2', kind: 'chat', prompt: 'Why?', skills_used: [], tools: [] }
});

let folder: string;
const git = (...args: string[]): string =>
  execFileSync('git', ['-c', 'user.name=Ana', '-c', 'user.email=a@b.c', ...args], {
    cwd: join(folder, 'volume'),
    encoding: 'utf8'
  });
const volume = (verb: string, ...args: string[]): ReturnType<typeof llmos> =>
  llmos(['volume', verb, join(folder, 'volume'), ...args]);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'llmos-volume-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('llmos volume', () => {
  it('makes a volume, lists its commits and counts what is in it', () => {
    expect(volume('init').code).toBe(0);
    expect(volume('log').stdout).toBe('No commits yet.\n');
    mkdirSync(join(folder, 'volume/skills'));
    mkdirSync(join(folder, 'volume/sessions/s1'), { recursive: true });
    writeFileSync(join(folder, 'volume/skills/note.md'), SKILL);
    writeFileSync(join(folder, 'volume/skills/bad.md'), '---\nname: [\n---\n');
    git('add', '.');
    git('commit', '--quiet', '-m', 'Skills');
    writeFileSync(
      join(folder, 'volume/sessions/s1/traces.jsonl'),
      `${TRACE}\n${ANSWER}\n`
    );
    git('add', '.');
    git('commit', '--quiet', '-m', 'A session\n\nWith a body');
    const log = JSON.parse(volume('log', '--json').stdout) as { message: string }[];
    expect(log.map(({ message }) => message)).toEqual([
      'A session\n\nWith a body',
      'Skills'
    ]);
    expect(volume('log', '--path', 'skills').stdout).toMatch(
      /^[0-9a-f]{8} {2}\d{4}-\d\d-\d\d \d\d:\d\d {2}Ana {2}Skills\n$/
    );
    expect(JSON.parse(volume('stats', '--json').stdout)).toEqual({
      commits: 2,
      skills: 2,
      broken: 1,
      sessions: 1,
      traces: 2,
      answers: 1
    });
    expect(volume('stats').stdout).toContain(
      '1 session with 1 trace and 1 answer of the assistant'
    );
  });

  it('lists and counts what merges brought, and skills that are folders', () => {
    volume('init');
    const add = (path: string, text: string): void => {
      const place = join(folder, 'volume', path);
      mkdirSync(dirname(place), { recursive: true });
      writeFileSync(place, text);
      git('add', '.');
      git('commit', '--quiet', '-m', path);
    };
    add('skills/note.md', SKILL);
    git('switch', '--quiet', '--create', 'theirs');
    add('skills/folder/SKILL.md', SKILL);
    git('switch', '--quiet', 'main');
    add('skills/note/beside.md', 'Of the note');
    add('skills/README.md', 'About these');
    git('merge', '--quiet', '-m', 'Merge', 'theirs');
    const messages = (...args: string[]): readonly string[] => {
      const entries = checked('volume log', volume('log', '--json', ...args).stdout);
      return (entries as { message: string }[]).map(({ message }) => message);
    };
    expect(messages()[0]).toBe('Merge');
    expect([...messages()].sort()).toEqual([
      ...['Merge', 'skills/README.md', 'skills/folder/SKILL.md'],
      ...['skills/note.md', 'skills/note/beside.md']
    ]);
    expect(messages('--path', 'skills/folder')).toEqual([
      ...['Merge', 'skills/folder/SKILL.md']
    ]);
    expect(messages('--path', 'skills/README.md')).toEqual(['skills/README.md']);
    expect(JSON.parse(volume('stats', '--json').stdout)).toMatchObject({
      ...{ commits: 5, skills: 2, broken: 0 }
    });
  });

  it('says what is wrong with a folder', () => {
    expect(volume('log')).toMatchObject({ code: 2, stdout: '' });
    mkdirSync(join(folder, 'volume'));
    const { code, stderr } = volume('stats');
    expect(code).toBe(2);
    expect(stderr).toContain(
      'is not a Git repository. Make one with: llmos volume init'
    );
    writeFileSync(join(folder, 'volume/hosts'), '');
    expect(volume('log').stderr).toMatch(
      /is not a Git repository\. Give the folder of a volume\.\n$/
    );
    mkdirSync(join(folder, 'volume/sessions'));
    expect(volume('log').stderr).toContain('Make one with: llmos volume init');
    volume('init');
    expect(volume('init').stderr).toContain('is a Git repository already');
    expect(volume('init').stderr).toContain('config llmos.owner');
    expect(volume('log', '--limit', 'many').code).toBe(2);
  });

  it('says of a path that cannot be in a volume what is wrong, without a stack', () => {
    volume('init');
    writeFileSync(join(folder, 'volume/a.md'), 'a');
    git('add', '.');
    git('commit', '--quiet', '-m', 'One');
    const run = volume('log', '--path', '../x');
    expect(run.code).toBe(2);
    expect(run.stderr).toMatch(/^llmos: .*\.\.\/x.*\n$/);
  });

  it('says what Git says of a damaged repository, not that it is empty', () => {
    volume('init');
    writeFileSync(join(folder, 'volume/a.md'), 'a');
    git('add', '.');
    git('commit', '--quiet', '-m', 'One');
    writeFileSync(join(folder, 'volume/.git/refs/heads/main'), 'no object\n');
    const run = volume('log');
    expect(run).toMatchObject({ code: 1, stdout: '' });
    expect(run.stderr).toMatch(/^llmos: Git says: /);
  });
});

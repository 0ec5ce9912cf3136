import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { sha256 } from '../../cli/sha256';
import { parsePromotion } from '../../src/skill/promotion';
import { ANA, git, sessionText } from './replayVolume';
import { llmos, type IRun } from './run';
import { llmosJson } from './schema';

let folder: string;
/** A clone of the person's own, and one of a team, which `TEAM` is a member of. */
let volume: string;
let team: string;
const ENV = { ...ANA, GIT_CONFIG_GLOBAL: '/dev/null', LLMOS_USER: 'ana' };
const TEAM = { ...ENV, LLMOS_TEAMS: 'optics' };
const run = (...args: string[]): IRun => llmos(args, { env: TEAM, cwd: folder });
const json = (command: string, ...args: string[]): unknown => {
  const { code, value } = llmosJson(command, args, { env: TEAM, cwd: folder });
  expect(code).toBe(0);
  return value;
};
const files = (place: string): readonly string[] =>
  git(place, 'ls-tree', '-r', '--name-only', 'HEAD').split('\n');

/** Writes a skill as a folder with other files, to be imported. */
function source(name: string, beside: readonly string[]): string {
  const place = join(folder, name, 'lens');
  const text = `---\nname: Lens\ndescription: Is ${name}.\n---\nText\n`;
  for (const [path, content] of [
    ['SKILL.md', text],
    ...beside.map(path => [path, name] as const)
  ] as const) {
    mkdirSync(dirname(join(place, path)), { recursive: true });
    writeFileSync(join(place, path), content);
  }
  return place;
}

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'llmos-places-')));
  volume = join(folder, 'volume');
  team = join(folder, 'team');
  for (const [place, owner] of [
    [volume, 'user:ana'],
    [team, 'team:optics']
  ] as const) {
    run('volume', 'init', place, '--owner', owner);
  }
});
afterEach(() => rmSync(folder, { recursive: true }));

it('takes what waits for review for no skill, also where a volume has no skills', () => {
  mkdirSync(join(volume, 'evolution/candidates'), { recursive: true });
  const text = '---\nname: Lens\ndescription: Waits.\n---\nText\n';
  writeFileSync(join(volume, 'evolution/candidates/lens.md'), text);
  expect(json('skills list', volume)).toMatchObject({ skills: [] });
  expect(run('skills', 'show', 'lens', '--volume', volume).code).toBe(1);
  const to = ['--to', team, '--reason', 'Good'];
  const promoted = run('skills', 'promote', 'lens', '--volume', volume, ...to);
  expect(promoted.stderr).toContain('has no skill "lens"');
});

describe('a bare repository', () => {
  let bare: string;
  beforeEach(() => {
    const first = source('first', ['a.csv', 'sub/b.csv']);
    run('skills', 'import', first, '--volume', volume);
    bare = join(folder, 'bare.git');
    git(folder, 'clone', '--quiet', '--bare', volume, bare);
  });

  it('refuses names that are taken, as a clone does', () => {
    const before = git(bare, 'rev-parse', 'HEAD');
    const second = source('second', []);
    for (const place of [bare, volume]) {
      const made = run('skills', 'create', 'lens', '--volume', place);
      expect(made.stderr).toBe(`llmos: ${place} has a skill "lens" already.\n`);
      const brought = run('skills', 'import', second, '--volume', place);
      expect(brought.stderr).toContain('has lens already. Add --replace');
      expect([made.code, brought.code]).toEqual([1, 1]);
    }
    expect(git(bare, 'rev-parse', 'HEAD')).toBe(before);
    json('skills create', 'prism', '--volume', bare);
    expect(files(bare)).toContain('skills/prism.md');
  });

  it('is told of, once, where it stands in a folder of volumes', () => {
    const env = { ...TEAM, LLMOS_VOLUMES_PATH: folder };
    const { code, stdout, stderr } = llmos(['skills', 'search', 'lens'], { env });
    expect([code, stderr]).toEqual([
      0,
      `llmos: ${bare} of LLMOS_VOLUMES_PATH has no files beside its history, so it is ` +
        'left out. Put a clone of it there.\n'
    ]);
    expect(stdout).toContain('lens');
  });

  it('is not what a volume without skills has its history in', () => {
    const fresh = join(folder, 'fresh');
    run('volume', 'init', fresh);
    const env = { ...TEAM, LLMOS_VOLUMES_PATH: fresh };
    expect(llmos(['skills', 'list'], { env })).toMatchObject({ code: 0, stderr: '' });
  });

  it('shows, lists, finds and checks the skills of its newest commit', () => {
    git(volume, 'rm', '-r', '--quiet', 'skills/lens');
    json('skills create', 'prism', '--volume', volume);
    git(volume, 'push', '--quiet', bare, 'main');
    expect(json('skills list', 'bare.git')).toMatchObject({
      ok: true,
      skills: ['lens', 'prism'].map(id => ({
        ...{ id, file: `bare.git/skills/${id}.md`, volume: 'bare.git', shadows: [] }
      }))
    });
    const both = ['--volume', 'bare.git', '--volume', volume];
    expect(json('skills show', 'lens', ...both)).toMatchObject({
      ...{ id: 'lens', file: 'bare.git/skills/lens.md', volume: 'bare.git' },
      shadows: [{ volume, path: join(volume, 'skills/lens.md') }]
    });
    const shown = run('skills', 'show', 'lens', '--volume', 'bare.git');
    expect(shown.stdout).toMatch(/^bare\.git\/skills\/lens\.md$[^]*^Text$/m);
    expect(json('skills search', 'lens', '--volume', bare)).toMatchObject([
      { id: 'lens' }
    ]);
    expect(json('skills check', 'bare.git')).toMatchObject({ ok: true, problems: [] });
    expect(run('skills', 'list', bare).stdout).toMatch(/^2 skills\.$/m);
  });

  it('says where it has problems', () => {
    writeFileSync(join(volume, 'skills/broken.md'), '---\nname: [\n---\n');
    git(volume, 'add', '.');
    git(volume, 'commit', '--quiet', '-m', 'By hand');
    git(volume, 'push', '--quiet', bare, 'main');
    const checked = run('skills', 'check', 'bare.git');
    expect(checked.stdout).toMatch(/^bare\.git\/skills\/broken\.md:\d+: error /m);
    expect(checked.code).toBe(1);
  });

  it('has skills exported with their files', () => {
    json('skills export', 'lens', '--output', 'out', '--volume', bare);
    const names = ['SKILL.md', 'a.csv', 'sub/b.csv'];
    expect(names.map(name => existsSync(join(folder, 'out/lens', name)))).toEqual([
      ...[true, true, true]
    ]);
  });

  it('shows its sessions and traces', () => {
    const before = run('sessions', 'list', '--volume', 'bare.git');
    expect(before).toEqual({ code: 0, stdout: '0 sessions.\n', stderr: '' });
    mkdirSync(join(volume, 'sessions/s-1'), { recursive: true });
    writeFileSync(join(volume, 'sessions/s-1/session.json'), sessionText('s-1'));
    writeFileSync(join(volume, 'sessions/s-1/traces.jsonl'), 'no trace\n');
    git(volume, 'add', '.');
    git(volume, 'commit', '--quiet', '-m', 'By hand');
    git(volume, 'push', '--quiet', bare, 'main');
    expect(json('sessions list', '--volume', bare)).toMatchObject({
      sessions: [{ id: 's-1', name: 'Halving', committed: true }]
    });
    expect(json('sessions show', 's-1', '--volume', bare)).toMatchObject({
      session: { id: 's-1' }
    });
    expect(run('traces', 'list', '--volume', 'bare.git').stdout).toContain(
      'bare.git/sessions/s-1/traces.jsonl:1: '
    );
  });

  it('is refused by what needs files, with what to do', () => {
    const refused = [
      ['skills', 'create', 'prism', '--no-commit', '--volume', 'bare.git'],
      ['sessions', 'commit', 's-1', '--volume', 'bare.git'],
      ['evolve', '--volume', 'bare.git'],
      ['workflow', 'run', 'x.ipynb', '--volume', 'bare.git']
    ];
    const before = files(bare);
    for (const args of refused) {
      const { code, stderr } = run(...args);
      expect(stderr).toMatch(
        /bare\.git has no files beside its history\. .+ a clone of it\.\n$/
      );
      expect(code).not.toBe(0);
    }
    expect(files(bare)).toEqual(before);
  });

  it('may be empty', () => {
    run('volume', 'init', 'empty.git', '--bare');
    expect(json('skills list', 'empty.git')).toEqual({
      ...{ ok: true, skills: [], problems: [] }
    });
  });

  it('has its skills replaced whole', () => {
    json('skills import', source('second', ['c.csv']), '--replace', '--volume', bare);
    expect(files(bare)).toEqual(['skills/lens.md', 'skills/lens/c.csv']);
    expect(git(bare, 'show', 'HEAD:skills/lens.md')).toContain('Is second.');
  });

  it('promotes its skills with their files', () => {
    const args = ['lens', '--volume', bare, '--to', team, '--reason', 'Good.'];
    json('skills promote', ...args);
    expect(files(team)).toEqual([
      'skills/lens.md',
      'skills/lens/a.csv',
      'skills/lens/sub/b.csv'
    ]);
    expect(parsePromotion(git(team, 'log', '-1', '--format=%B'))).toMatchObject({
      fromCommit: git(bare, 'rev-parse', 'HEAD')
    });
    expect(run('skills', 'promote', 'prism', ...args.slice(1))).toMatchObject({
      ...{ code: 1, stdout: '' },
      stderr: `llmos: ${bare} has no skill "prism". See: llmos skills list ${bare}\n`
    });
  });
});

describe('a skill that was applied automatically', () => {
  it('is not promoted before a person has reviewed it', () => {
    const text =
      '---\nname: Fresh\ndescription: New.\nlearned_draft: true\n---\nText\n';
    mkdirSync(join(volume, 'skills'));
    writeFileSync(join(volume, 'skills/fresh.md'), text);
    const args = ['--volume', volume, '--to', team, '--reason', 'Good.'];
    const { code, stderr } = run('skills', 'promote', 'fresh', ...args);
    expect(code).toBe(1);
    expect(stderr).toContain('take its line "learned_draft: true" out');
  });
});

describe('a skill in the place of another', () => {
  it('takes away files that only the other had', () => {
    const first = source('first', ['a.csv', 'sub/b.csv']);
    json('skills import', first, '--volume', volume);
    const second = source('second', ['a.csv', 'c.csv']);
    json('skills import', second, '--replace', '--volume', volume);
    const left = ['skills/lens.md', 'skills/lens/a.csv', 'skills/lens/c.csv'];
    expect(files(volume)).toEqual(left);
    expect(git(volume, 'status', '--porcelain')).toBe('');
    expect(existsSync(join(volume, 'skills/lens/sub'))).toBe(false);
  });

  it('does so in files where nothing is committed', () => {
    const plain = join(folder, 'plain');
    mkdirSync(plain);
    const into = ['--replace', '--no-commit', '--volume'];
    const namesIn = (place: string): readonly string[] =>
      ['a.csv', 'b.csv', 'c.csv'].filter(name =>
        existsSync(join(place, 'skills/lens', name))
      );
    json('skills import', source('first', ['a.csv', 'b.csv']), '--volume', plain);
    json('skills import', source('first', ['a.csv', 'b.csv']), '--volume', volume);
    for (const place of [plain, volume]) {
      json('skills import', source('second', ['c.csv']), ...into, place);
      expect(namesIn(place)).toEqual(['c.csv']);
    }
    // What only the work tree has would be lost.
    const again = run('skills', 'import', source('third', []), ...into, volume);
    expect(again.stderr).toContain(
      'skills/lens/c.csv is not committed, and would be lost'
    );
    expect(namesIn(volume)).toEqual(['c.csv']);
  });

  it('leaves what no commit has, and says so', () => {
    json('skills import', source('first', ['a.csv']), '--volume', volume);
    writeFileSync(join(volume, 'skills/lens/mine.csv'), 'mine');
    const before = git(volume, 'rev-parse', 'HEAD');
    const args = ['--replace', '--volume', volume];
    const held = run('skills', 'import', source('second', []), ...args);
    expect(held.stderr).toContain('skills/lens/mine.csv is not committed');
    expect(held.code).toBe(1);
    expect(git(volume, 'rev-parse', 'HEAD')).toBe(before);
    expect(existsSync(join(volume, 'skills/lens/mine.csv'))).toBe(true);
  });

  it('is promoted so too, also over a folder with SKILL.md', () => {
    json('skills import', source('first', ['a.csv']), '--volume', volume);
    const there = join(team, 'skills/lens');
    mkdirSync(there, { recursive: true });
    writeFileSync(
      join(there, 'SKILL.md'),
      '---\nname: Lens\ndescription: Old.\n---\nText\n'
    );
    writeFileSync(join(there, 'old.csv'), 'old');
    git(team, 'add', '.');
    git(team, 'commit', '--quiet', '-m', 'By hand');
    const args = ['--volume', volume, '--to', team, '--reason', 'Good.'];
    json('skills promote', 'lens', ...args);
    expect(files(team)).toEqual(['skills/lens.md', 'skills/lens/a.csv']);
    expect(parsePromotion(git(team, 'log', '-1', '--format=%B'))).toMatchObject({
      replaces: expect.stringMatching(/^sha256:/) as unknown
    });
    const again = run('skills', 'promote', 'lens', ...args);
    expect(again.stderr).toContain('has this version of "lens" already');
  });

  it('is promoted as what it is, exported here or there', () => {
    const exportTo = (place: string): void => {
      json('skills export', 'quantum-vqe', '-o', join(place, 'skills'));
      git(place, 'add', '.');
      git(place, 'commit', '--quiet', '-m', 'By hand');
    };
    const shown = (place: string): unknown =>
      json('skills show', 'quantum-vqe', '--volume', place);
    exportTo(volume);
    const skill = shown(volume) as { type: string; code: string };
    const same = { type: 'qiskit', code: skill.code };
    const args = ['quantum-vqe', '--volume', volume, '--to', team, '--reason', 'Good.'];
    json('skills promote', ...args);
    expect(files(team)).toEqual(['skills/quantum-vqe.md']);
    expect(shown(team)).toMatchObject(same);
    const written = readFileSync(join(team, 'skills/quantum-vqe.md'));
    expect(parsePromotion(git(team, 'log', '-1', '--format=%B'))).toMatchObject({
      version: sha256(written)
    });
    expect(run('skills', 'promote', ...args).stderr).toContain('this version');
    // And back: over one that was exported.
    git(team, 'rm', '--quiet', 'skills/quantum-vqe.md');
    exportTo(team);
    json('skills promote', ...args);
    expect(files(team)).toEqual(['skills/quantum-vqe.md']);
    expect(readFileSync(join(team, 'skills/quantum-vqe.md'))).toEqual(written);
  });
});

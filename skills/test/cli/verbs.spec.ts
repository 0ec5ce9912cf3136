import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { parseCommit } from '../../src/session/commitMessage';
import { parsePromotion } from '../../src/skill/promotion';
import { ANA, git, sessionText, traceLine } from './replayVolume';
import { llmos, type IRun } from './run';
import { checked, llmosJson } from './schema';

let folder: string;
let volume: string;
const ENV = { ...ANA, GIT_CONFIG_GLOBAL: '/dev/null' };
const run = (...args: string[]): IRun => llmos(args, { env: ENV, cwd: folder });
const json = (command: string, ...args: string[]): unknown =>
  llmosJson(command, args, { env: ENV, cwd: folder }).value;
const isClean = (place = volume): void => {
  expect(git(place, 'status', '--porcelain')).toBe('');
  git(place, 'fsck', '--strict', '--no-dangling');
};

/** A session as the site leaves it in a volume. */
function writeSession(place: string, id: string, user = 'local'): void {
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

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'llmos-verbs-')));
  volume = join(folder, 'volume');
  git(folder, 'init', '--quiet', '--initial-branch=main', volume);
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('llmos skills', () => {
  it('makes, exports, imports and replaces skills, one commit each', () => {
    expect(
      json('skills create', 'low-pass', '--type', 'ngspice', '--volume', volume)
    ).toEqual({
      id: 'low-pass',
      path: 'skills/low-pass.md',
      commit: git(volume, 'rev-parse', 'HEAD')
    });
    expect(git(volume, 'log', '-1', '--format=%s')).toBe('skill: Add low-pass');
    expect(json('skills check', volume)).toMatchObject({ ok: true, problems: [] });
    mkdirSync(join(volume, 'skills/low-pass'));
    writeFileSync(join(volume, 'skills/low-pass/r.lib'), '* none\n');
    json('skills export', 'low-pass', '-o', join(folder, 'out'), '--volume', volume);
    expect(existsSync(join(folder, 'out/low-pass/SKILL.md'))).toBe(true);
    const other = join(folder, 'other');
    json('volume init', other);
    expect(
      json('skills import', join(folder, 'out/low-pass'), '--volume', other)
    ).toMatchObject({ skills: [{ id: 'low-pass' }], problems: [] });
    const place = 'skills/low-pass.md';
    expect(readFileSync(join(other, place))).toEqual(readFileSync(join(volume, place)));
    expect(git(other, 'ls-files').split('\n')).toContain('skills/low-pass/r.lib');
    const again = run(
      'skills',
      'import',
      join(folder, 'out/low-pass'),
      '--volume',
      other
    );
    expect(again).toMatchObject({ code: 1, stdout: '' });
    expect(again.stderr).toContain('has low-pass already. Add --replace');
    const from = [join(folder, 'out/low-pass'), '--volume', other, '--replace'];
    expect(json('skills import', ...from)).toMatchObject({ commit: null });
    expect(run('skills', 'import', ...from)).toMatchObject({ code: 0, stderr: '' });
    isClean(other);
  });

  it('imports a zip, and none that holds more than it may', () => {
    const text = '---\nname: Zipped\ndescription: From a zip.\n---\nText\n';
    const zip = join(folder, 'skills.zip');
    writeFileSync(zip, zipSync({ 'zipped/SKILL.md': new TextEncoder().encode(text) }));
    expect(json('skills import', zip, '--volume', volume)).toMatchObject({
      skills: [{ id: 'zipped' }],
      problems: []
    });
    isClean();
    const before = git(volume, 'rev-parse', 'HEAD');
    // A few kilobytes that say of themselves that they become 30 MB.
    writeFileSync(zip, zipSync({ 'bomb/SKILL.md': new Uint8Array(30 * 1024 * 1024) }));
    const bomb = run('skills', 'import', zip, '--volume', volume);
    expect(bomb).toMatchObject({ code: 1 });
    expect(bomb.stderr).toContain('a file may have 20.0 MB');
    writeFileSync(zip, zipSync({ '../out.md': new Uint8Array(1) }));
    expect(run('skills', 'import', zip, '--volume', volume).stderr).toContain(
      'The path "../out.md" cannot be used'
    );
    expect(git(volume, 'rev-parse', 'HEAD')).toBe(before);
  });

  it('reads no folder that holds more than an import may, nor behind a link', () => {
    const many = join(folder, 'many');
    mkdirSync(many);
    writeFileSync(join(many, 'large.md'), '');
    truncateSync(join(many, 'large.md'), 21 * 1024 * 1024);
    const large = run('skills', 'import', many, '--volume', volume);
    expect([large.code, large.stderr]).toEqual([
      1,
      expect.stringContaining('a file may have 20.0 MB')
    ]);
    run('skills', 'create', 'one', '--volume', volume);
    symlinkSync('/', join(volume, 'out'));
    git(volume, 'add', '.');
    git(volume, 'commit', '--quiet', '-m', 'Link');
    const other = join(folder, 'other');
    run('volume', 'init', other);
    const args = ['skills', 'import', `file://${volume}`, '--folder', 'out/etc'];
    expect(run(...args, '--volume', other).stderr).toContain('is a link');
  });

  it('imports from a Git repository and says so in the file', () => {
    run('skills', 'create', 'one', '--volume', volume);
    const other = join(folder, 'other');
    run('volume', 'init', other);
    json('skills import', `file://${volume}`, '--volume', other);
    const text = readFileSync(join(other, 'skills/one.md'), 'utf8');
    expect(text).toContain(git(volume, 'rev-parse', 'HEAD'));
  });

  it('promotes with the reason, and only members', () => {
    run('skills', 'create', 'one', '--volume', volume);
    const team = join(folder, 'team');
    run('volume', 'init', team, '--owner', 'team:optics');
    const args = [
      'promote',
      'one',
      '--volume',
      volume,
      '--to',
      team,
      '--reason',
      'Good.'
    ];
    const refused = run('skills', ...args);
    expect(refused.code).toBe(3);
    expect(refused.stderr).toContain('not a member of the team optics');
    const env = { ...ENV, LLMOS_USER: 'ana', LLMOS_TEAMS: 'optics' };
    const { value } = llmosJson('skills promote', args.slice(1), { env, cwd: folder });
    expect(value).toMatchObject({ id: 'one' });
    expect(parsePromotion(git(team, 'log', '-1', '--format=%B'))).toMatchObject({
      ...{
        action: 'promote',
        skill: 'one',
        from: 'user',
        to: 'team-optics',
        by: 'ana'
      },
      ...{ reason: 'Good.', fromCommit: git(volume, 'rev-parse', 'HEAD') }
    });
    const written = llmos(['skills', 'create', 'two', '--volume', team], { env });
    expect(written.code).toBe(3);
    expect(written.stderr).toContain('change by promotion');
    isClean(team);
  });

  it('holds secrets back, and writes over nothing that is not committed', () => {
    const file = join(folder, 'leak.md');
    writeFileSync(
      file,
      '---\nname: Leak\ndescription: Has a key.\n---\napi_key = "sk-ant-REDACTED"\n'
    );
    const args = ['skills', 'create', 'leak', '--from', file, '--volume', volume];
    const held = run(...args);
    expect(held.code).toBe(1);
    expect(held.stderr).toContain('skills/leak.md:5');
    expect(existsSync(join(volume, 'skills/leak.md'))).toBe(false);
    run(...args, '--allow-secrets');
    isClean();
    writeFileSync(join(volume, 'skills/leak.md'), 'mine');
    const dirty = run('volume', 'rollback', volume, 'HEAD');
    expect(dirty.code).toBe(1);
    expect(dirty.stderr).toContain('changes that are not committed');
    expect(readFileSync(join(volume, 'skills/leak.md'), 'utf8')).toBe('mine');
  });

  it.each([
    [['create', 'Bad Id', '--volume', '.'], 2, 'is no id of a skill'],
    [['create', 'x', '--type', 'cobol', '--volume', '.'], 2, '--type must be one of'],
    [['create', 'x'], 2, 'LLMOS_VOLUMES_PATH'],
    [['import', 'nowhere', '--volume', '.'], 2, 'There is no file or folder nowhere'],
    [
      ['export', 'nothing', '-o', 'x', '--volume', '.'],
      1,
      'There is no skill "nothing"'
    ],
    [
      ['promote', 'x', '--to', 'nowhere', '--reason', 'r', '--volume', '.'],
      1,
      'no folder'
    ],
    [['promote', 'x', '--to', '.'], 2, '--reason']
  ] as const)('refuses %j', (args, code, message) => {
    const result = run('skills', ...args);
    expect(result.stderr).toContain(message);
    expect(result.code).toBe(code);
  });
});

describe('llmos sessions and traces', () => {
  it('lists, shows and commits a session as the site does', () => {
    writeSession(volume, 's-1');
    const all = ['--volume', volume];
    expect(json('sessions list', ...all)).toMatchObject({
      sessions: [{ id: 's-1', committed: false }]
    });
    expect(json('sessions show', 's-1', ...all)).toMatchObject({
      session: { name: 'Halving' },
      traces: [{ id: 't-2' }, { id: 't-1' }]
    });
    json('sessions commit', 's-1', ...all);
    expect(parseCommit(git(volume, 'log', '-1', '--format=%B'))).toMatchObject({
      ...{ kind: 'session', name: 'Halving', prompt: 'Halve it.' },
      stats: { messages: 1, artifacts: 0, traces: 2 }
    });
    isClean();
    expect(json('sessions list', ...all)).toMatchObject({
      sessions: [{ committed: true }]
    });
    expect(json('sessions commit', 's-1', ...all)).toEqual({
      session: 's-1',
      commit: null
    });
    expect(json('traces list', ...all, '--skill', 'add-one')).toMatchObject({
      traces: [{ id: 't-2' }, { id: 't-1' }]
    });
    expect(json('traces show', 't-1', ...all)).toMatchObject({ id: 't-1' });
    expect(run('traces', 'show', 't-1', ...all).stdout).toContain('out y = 4');
  });

  it('takes the beginning of an id where only one begins so', () => {
    writeSession(volume, 's-11');
    writeSession(volume, 's-2');
    const all = ['--volume', volume];
    expect(json('sessions show', 's-1', ...all)).toMatchObject({
      session: { id: 's-11' }
    });
    expect(json('sessions commit', 's-1', ...all)).toMatchObject({ session: 's-11' });
    const several = run('sessions', 'show', 's-', ...all);
    expect(several).toMatchObject({ code: 1, stdout: '' });
    expect(several.stderr).toBe(
      'llmos: The ids of 2 sessions begin with "s-": s-11, s-2. Give more of the id.\n'
    );
    expect(run('traces', 'show', 't', ...all).stderr).toContain(
      'The ids of 2 traces begin with "t": t-2, t-1.'
    );
    rmSync(join(volume, 'sessions/s-2'), { recursive: true });
    writeFileSync(join(volume, 'sessions/s-11/traces.jsonl'), `${traceLine(1, 2)}\n`);
    expect(json('traces show', 't', ...all)).toMatchObject({ id: 't-1' });
    expect(run('sessions', 'show', 'nothing', ...all).stderr).toBe(
      `llmos: There is no session "nothing". See: llmos sessions list --volume ${volume}\n`
    );
    expect(run('traces', 'show', 'nothing', ...all).stderr).toContain(
      `See: llmos traces list --volume ${volume}`
    );
  });

  it('keeps what runs exported, and takes away what outputs no longer make', () => {
    writeSession(volume, 's-1');
    const beside = join(folder, 'work');
    mkdirSync(beside);
    const at = join(volume, 'sessions/s-1');
    const notebook = join(beside, 'h.ipynb');
    writeFileSync(join(beside, 'out.csv'), 'a,b\n1,2\n');
    const exported = {
      ...{ id: 'e', skill: 'export-results', status: 'success', ms: 1, inputs: {} },
      outputs: {
        filename: { type: 'string', value: 'out.csv' },
        bytes: { type: 'integer', value: 8 }
      }
    };
    const trace = JSON.parse(traceLine(3, 4)) as object;
    const line = JSON.stringify({ ...trace, nodes: [exported], edges: [] });
    writeFileSync(join(at, 'traces.jsonl'), `${line}\n`);
    const cell = { cell_type: 'code', id: 'a', metadata: {}, source: 'x = 1' };
    const png = {
      output_type: 'display_data',
      metadata: {},
      data: { 'image/png': 'AA==' }
    };
    const write = (outputs: readonly object[]): void =>
      writeFileSync(
        notebook,
        JSON.stringify({
          ...{ nbformat: 4, nbformat_minor: 5, metadata: {} },
          cells: [{ ...cell, outputs }]
        })
      );
    write([png]);
    const all = ['s-1', '--volume', volume];
    const files = (): readonly string[] => readdirSync(join(at, 'artifacts')).sort();
    json('sessions commit', ...all, '--notebook', notebook);
    expect(files()).toEqual(['out.csv', 'x.png']);
    json('sessions commit', ...all, '--name', 'Quartering');
    expect(files()).toEqual(['out.csv', 'x.png']);
    isClean();
    write([]);
    json('sessions commit', ...all, '--notebook', notebook);
    expect(files()).toEqual(['out.csv']);
    isClean();
  });

  it('writes nothing when a secret stops the commit, and commits without it', () => {
    writeSession(volume, 's-1');
    const all = ['s-1', '--volume', volume];
    json('sessions commit', ...all);
    const notebook = join(folder, 'h.ipynb');
    const write = (data: object): void =>
      writeFileSync(
        notebook,
        JSON.stringify({
          ...{ nbformat: 4, nbformat_minor: 5, metadata: {} },
          cells: [
            {
              ...{ cell_type: 'code', id: 'a', metadata: {}, source: 'x = 1' },
              outputs: [{ output_type: 'display_data', metadata: {}, data }]
            }
          ]
        })
      );
    const secret = `ghp_${'aB3dE6gH9k'.repeat(4).slice(0, 36)}`;
    write({ 'image/svg+xml': `<svg>${secret}</svg>` });
    const refused = run('sessions', 'commit', ...all, '--notebook', notebook);
    expect(refused).toMatchObject({ code: 1 });
    expect(refused.stderr).toContain('looks like secrets');
    isClean();
    write({ 'image/png': 'AA==' });
    json('sessions commit', ...all, '--notebook', notebook);
    isClean();
  });

  it('commits what Git sees: modes and links stay, hidden files are left', () => {
    writeSession(volume, 's-1');
    const at = join(volume, 'sessions/s-1');
    writeFileSync(join(at, 'run.sh'), 'echo one\n');
    chmodSync(join(at, 'run.sh'), 0o755);
    symlinkSync('run.sh', join(at, 'link'));
    git(volume, 'add', '.');
    git(volume, 'commit', '--quiet', '-m', 'By hand');
    writeFileSync(join(at, 'run.sh'), 'echo two\n');
    writeFileSync(join(at, 'new.sh'), 'echo new\n');
    chmodSync(join(at, 'new.sh'), 0o755);
    mkdirSync(join(at, '.ipynb_checkpoints'));
    writeFileSync(join(at, '.ipynb_checkpoints/a'), '');
    writeFileSync(join(volume, '.git/info/exclude'), '*.log\n');
    writeFileSync(join(at, 'run.log'), '');
    json('sessions commit', 's-1', '--volume', volume);
    expect(git(volume, 'ls-tree', '-r', 'HEAD', 'sessions').split('\n')).toEqual([
      expect.stringMatching(/chat\.jsonl$/),
      expect.stringMatching(/^120000 .*link$/),
      expect.stringMatching(/^100755 .*new\.sh$/),
      expect.stringMatching(/^100755 .*run\.sh$/),
      expect.stringMatching(/s-1\.ipynb$/),
      expect.stringMatching(/session\.json$/),
      expect.stringMatching(/traces\.jsonl$/)
    ]);
    expect(git(volume, 'status', '--porcelain')).toBe(
      '?? sessions/s-1/.ipynb_checkpoints/'
    );
    expect(json('sessions list', '--volume', volume)).toMatchObject({
      sessions: [{ committed: true }]
    });
  });

  it('takes the branch back when the index cannot follow', () => {
    writeSession(volume, 's-1');
    json('sessions commit', 's-1', '--volume', volume);
    const before = git(volume, 'rev-parse', 'HEAD');
    writeFileSync(join(volume, 'sessions/s-1/note.txt'), 'New\n');
    writeFileSync(join(volume, '.git/index.lock'), '');
    const held = run('sessions', 'commit', 's-1', '--volume', volume);
    expect(held).toMatchObject({ code: 1 });
    expect(held.stderr).toContain('index.lock');
    rmSync(join(volume, '.git/index.lock'));
    expect(git(volume, 'rev-parse', 'HEAD')).toBe(before);
    expect(git(volume, 'diff', '--cached', '--name-only')).toBe('');
    json('sessions commit', 's-1', '--volume', volume);
    isClean();
  });

  it('follows no link out of the volume', () => {
    writeSession(volume, 's-1');
    const outside = join(folder, 'outside');
    mkdirSync(outside);
    writeFileSync(join(outside, 'keys'), 'mine\n');
    symlinkSync(outside, join(volume, 'sessions/s-2'));
    symlinkSync('..', join(volume, 'sessions/s-1/loop'));
    const all = ['--volume', volume];
    expect(json('sessions list', ...all)).toMatchObject({ sessions: [{ id: 's-1' }] });
    expect(json('sessions show', 's-1', ...all)).toMatchObject({ artifacts: [] });
    rmSync(join(volume, 'sessions/s-1/traces.jsonl'));
    symlinkSync(join(outside, 'keys'), join(volume, 'sessions/s-1/traces.jsonl'));
    for (const args of [
      ['sessions', 'show', 's-1'],
      ['sessions', 'commit', 's-1'],
      ['traces', 'list'],
      ['evolve', '--dry-run', '--no-replay']
    ]) {
      const refused = run(...args, ...all);
      expect(refused).toMatchObject({ code: 1 });
      expect(refused.stderr).toContain('is a link');
    }
    symlinkSync(outside, join(volume, 'skills'));
    const made = run('skills', 'create', 'a-skill', '--no-commit', ...all);
    expect(made.stderr).toContain('is a link');
    expect(readdirSync(outside)).toEqual(['keys']);
  });

  it.each([
    ['lab/llmunix-team-optics.git', 'optics', 'team:optics'],
    ['llmunix/system-volumes.git', '', 'system']
  ])('knows a clone of %s for what it is, until it is told', (path, teams, owner) => {
    const origin = join(folder, path);
    git(folder, 'clone', '--quiet', '--bare', volume, origin);
    const clone = join(folder, 'clone');
    git(folder, 'clone', '--quiet', origin, clone);
    const env = { ...ENV, LLMOS_USER: 'ana', LLMOS_TEAMS: teams };
    const create = ['skills', 'create', 'one', '--volume', clone];
    const refused = llmos(create, { env });
    expect(refused.code).toBe(3);
    expect(refused.stderr).toContain('Copy this to your volume');
    expect(refused.stderr).toContain(`The volume counts as ${owner}`);
    git(clone, 'config', 'llmos.owner', 'user:ana');
    expect(llmos(create, { env }).code).toBe(0);
  });

  it('asks whose llmunix-team-volumes is, whatever teams the person has', () => {
    git(
      volume,
      'remote',
      'add',
      'origin',
      'https://example.org/x/llmunix-team-volumes'
    );
    writeSession(volume, 's-1', 'ana');
    const env = { ...ENV, LLMOS_USER: 'ana', LLMOS_TEAMS: 'optics' };
    const commit = ['sessions', 'commit', 's-1', '--volume', volume];
    const refused = [
      commit,
      ['skills', 'create', 'one', '--volume', volume],
      ['evolve', '--as-job', '--auto-apply', '--volume', volume]
    ];
    for (const args of refused) {
      const { code, stderr } = llmos(args, { env });
      expect(stderr).toContain('git config llmos.owner team:ID');
      expect(code).toBe(3);
    }
    // What only reads goes on.
    const reads = ['evolve', '--dry-run', '--no-replay', '--volume', volume];
    expect(llmos(reads, { env }).code).toBe(0);
    git(volume, 'config', 'llmos.owner', 'team:optics');
    expect(llmos(commit, { env }).code).toBe(0);
  });

  it.each(['ana/llmunix-user-ana', 'ana/system-volumes', 'ana/notes'])(
    'takes a clone of %s for the own',
    path => {
      git(volume, 'remote', 'add', 'origin', `https://example.org/${path}.git`);
      expect(run('skills', 'create', 'one', '--volume', volume).code).toBe(0);
    }
  );

  it("does not commit another member's session, nor what is no session", () => {
    git(volume, 'config', 'llmos.owner', 'team:optics');
    writeSession(volume, 's-1', 'bob');
    const env = { ...ENV, LLMOS_USER: 'ana', LLMOS_TEAMS: 'optics' };
    const args = ['sessions', 'commit', 's-1', '--volume', volume];
    const refused = llmos(args, { env });
    expect(refused.code).toBe(3);
    expect(refused.stderr).toContain('belongs to another member');
    expect(run('sessions', 'show', 's-9', '--volume', volume)).toMatchObject({
      code: 1
    });
    writeFileSync(join(volume, 'sessions/s-1/session.json'), '{"v":9}');
    const newer = run('sessions', 'show', 's-1', '--volume', volume);
    expect(newer).toMatchObject({ code: 1 });
    expect(newer.stderr).toContain('"v" must be 1; found 9');
    expect(run('sessions', 'list', '--volume', folder).code).toBe(2);
    expect(run('traces', 'list', '--volume', folder).code).toBe(2);
  });
});

describe('llmos volume', () => {
  it('clones, syncs both ways, and asks about what both sides changed', () => {
    run('skills', 'create', 'one', '--volume', volume);
    const server = join(folder, 'server');
    git(folder, 'clone', '--quiet', '--bare', volume, server);
    git(volume, 'remote', 'add', 'origin', server);
    const other = join(folder, 'other');
    expect(json('volume clone', server, other)).toEqual({ folder: other, commits: 1 });
    run('skills', 'create', 'two', '--volume', other);
    expect(json('volume sync', other)).toMatchObject({
      kind: 'up-to-date',
      pushed: true
    });
    run('skills', 'create', 'three', '--volume', volume);
    expect(json('volume sync', volume)).toMatchObject({ kind: 'merged', pushed: true });
    expect(json('volume sync', other)).toMatchObject({
      kind: 'forward',
      pushed: false
    });
    expect(git(other, 'rev-parse', 'HEAD')).toBe(git(volume, 'rev-parse', 'HEAD'));
    writeFileSync(join(other, 'draft.md'), 'mine');
    expect(run('volume', 'sync', other)).toMatchObject({
      stdout: 'There was nothing to pull.\nNothing to push.\n',
      stderr:
        'llmos: 1 file with changes that are not committed stayed here: draft.md\n'
    });
    rmSync(join(other, 'draft.md'));
    for (const [place, text] of [
      [volume, 'mine'],
      [other, 'theirs']
    ] as const) {
      writeFileSync(join(place, 'notes.md'), text);
      git(place, 'add', '.');
      git(place, 'commit', '--quiet', '-m', text);
    }
    expect(run('volume', 'sync', other).code).toBe(0);
    const asked = run('volume', 'sync', volume);
    expect(asked.code).toBe(1);
    expect(asked.stderr).toContain('Both sides changed:\n  notes.md');
    isClean();
    expect(json('volume sync', volume, '--take', 'both')).toMatchObject({
      kind: 'merged'
    });
    expect(git(volume, 'ls-files').split('\n')).toEqual(
      expect.arrayContaining(['notes.md', expect.stringMatching(/^notes \(theirs /)])
    );
    expect(json('volume log', volume)).toHaveLength(7);
    isClean();
  });

  it.each(['--bare', '--mirror'])('syncs a clone made with %s', kind => {
    run('skills', 'create', 'one', '--volume', volume);
    const server = join(folder, 'server');
    git(folder, 'clone', '--quiet', '--bare', volume, server);
    git(volume, 'remote', 'add', 'origin', server);
    const bare = join(folder, 'bare');
    git(folder, 'clone', '--quiet', kind, server, bare);
    const heads = (...places: readonly string[]): readonly string[] =>
      places.map(place => git(place, 'rev-parse', 'main'));
    expect(json('volume sync', bare)).toMatchObject({
      ...{ kind: 'up-to-date', pushed: false }
    });
    run('skills', 'create', 'two', '--volume', volume);
    run('volume', 'sync', volume);
    expect(json('volume sync', bare)).toMatchObject({ kind: 'forward', pushed: false });
    expect(new Set(heads(bare, server, volume)).size).toBe(1);
    // Both sides go on: nothing of either is lost.
    run('volume', 'rollback', bare, heads(bare)[0] ?? '');
    run('skills', 'create', 'three', '--volume', volume);
    run('volume', 'sync', volume);
    const mine = heads(bare)[0] ?? '';
    expect(json('volume sync', bare)).toMatchObject({ kind: 'merged', pushed: true });
    expect(git(bare, 'log', '--format=%H', 'main').split('\n')).toContain(mine);
    expect(heads(bare)).toEqual(heads(server));
    const files = git(bare, 'ls-tree', '-r', '--name-only', 'main');
    expect(files.split('\n')).toEqual(['skills/one.md', 'skills/three.md']);
    git(bare, 'fsck', '--strict', '--no-dangling');
  });

  it('rolls a commit back, once', () => {
    run('skills', 'create', 'one', '--volume', volume);
    run('skills', 'create', 'two', '--volume', volume);
    const first = git(volume, 'rev-parse', 'HEAD~1');
    expect(json('volume rollback', volume, first.slice(0, 10))).toMatchObject({
      paths: ['skills/one.md'],
      blocked: []
    });
    expect(existsSync(join(volume, 'skills/one.md'))).toBe(false);
    expect(git(volume, 'log', '-1', '--format=%B')).toContain(
      `takes back commit ${first}`
    );
    isClean();
    const again = run('volume', 'rollback', volume, first);
    expect(again.code).toBe(1);
    expect(again.stderr).toContain('nothing to roll back');
  });

  it.each([
    [['rollback', 'VOLUME', 'HEAD'], 1, 'There is no commit HEAD'],
    [['sync', 'VOLUME'], 1, 'has no remote "origin"'],
    [['sync', 'VOLUME', '--take', 'all'], 2, '--take must be'],
    [['clone', 'nowhere', 'VOLUME'], 1, 'is not empty'],
    [['clone', 'nowhere', 'new'], 1, 'Git says'],
    [['init', 'new', '--owner', 'everybody'], 2, 'is no owner of a volume']
  ] as const)('refuses %j', (args, code, message) => {
    const result = run('volume', ...args.map(arg => (arg === 'VOLUME' ? volume : arg)));
    expect(result.stderr).toContain(message);
    expect(result.code).toBe(code);
  });

  it('says that a clone stands at a commit, on no branch', () => {
    run('skills', 'create', 'one', '--volume', volume);
    git(volume, 'checkout', '--quiet', '--detach');
    const { code, stderr } = run('skills', 'create', 'two', '--volume', volume);
    expect(code).toBe(1);
    expect(stderr).toContain('stands at a commit, not on a branch');
  });
});

describe('llmos', () => {
  it('prints what its schemas say', () => {
    writeSession(volume, 's-1');
    run('skills', 'create', 'one', '--volume', volume);
    const notebook = join(volume, 'sessions/s-1/s-1.ipynb');
    const message = join(folder, 'message');
    writeFileSync(message, 'session: One\n\nPrompt: Two\n');
    expect(json('skills list', volume)).toMatchObject({ skills: [{ id: 'one' }] });
    expect(json('skills search', 'one', '--volume', volume)).toMatchObject([
      { id: 'one' }
    ]);
    expect(json('skills show', 'one', '--volume', volume)).toMatchObject({ id: 'one' });
    expect(json('graph', notebook)).toMatchObject({ cells: [{ defines: ['x'] }] });
    expect(json('volume stats', volume)).toMatchObject({ commits: 1, skills: 1 });
    expect(json('evolve', '--volume', volume, '--no-replay')).toMatchObject({
      traces: 2
    });
    const out = join(folder, 'out.workflow.json');
    expect(json('workflow convert', notebook, out)).toEqual({ output: out, notes: [] });
    const parsed = llmos(['commit-message', 'parse'], {
      input: readFileSync(message, 'utf8')
    });
    expect(checked('commit-message parse', parsed.stdout)).toMatchObject({
      name: 'One'
    });
  });

  it('says in a sentence what the system refuses, and what no date can be', () => {
    mkdirSync(join(volume, 'skills'));
    writeFileSync(join(volume, 'sessions'), '');
    const refused = run('sessions', 'list', '--volume', volume);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('has no folder "sessions"');
    const through = run('workflow', 'convert', 'package.json/x.ipynb', 'out.py');
    expect(through.stderr).not.toContain('    at ');
    const env = { ...ENV, SOURCE_DATE_EPOCH: '9999999999999' };
    const late = llmos(['skills', 'create', 'x', '--volume', volume], { env });
    expect(late.code).toBe(2);
    expect(late.stderr).toContain('SOURCE_DATE_EPOCH must be whole seconds');
  });

  it('completes its own verbs and options', () => {
    const script = run('completion', 'bash').stdout;
    expect(script).toContain('"skills check") words="--json --errors-only -h --help"');
    expect(run('completion', 'zsh').stdout).toMatch(/^#compdef llmos\n/);
    expect(run('completion', 'fish').stdout).toContain(
      "complete -c llmos -n '__fish_seen_subcommand_from volume' -a rollback"
    );
    expect(run('completion', 'tcsh').code).toBe(2);
  });

  it('has an example in the help of each verb', () => {
    expect(run('skills', 'check', '--help').stdout).toContain('Example:\n  $ llmos');
    const commands = join(__dirname, '../../cli/commands');
    for (const file of readdirSync(commands)) {
      const text = readFileSync(join(commands, file), 'utf8');
      const count = (pattern: RegExp): number => text.match(pattern)?.length ?? 0;
      expect([file, count(/\.addHelpText\(/g)]).toEqual([file, count(/\.action\(/g)]);
    }
  });
});

import {
  chmodSync,
  mkdirSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync
} from 'node:fs';
import { join } from 'node:path';

import { parseCommit } from '../../src/session/commitMessage';
import { git, traceLine } from './replayVolume';
import { llmos } from './run';
import {
  ENV,
  expectClean,
  folder,
  json,
  run,
  useVolume,
  volume,
  writeSession
} from './verbVolume';

useVolume();

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
    expect(run('sessions', 'show', 's-1', ...all).stdout).toContain(
      '1 message, 2 traces, 0 answers of the assistant, 0 artifacts'
    );
    json('sessions commit', 's-1', ...all);
    expect(parseCommit(git(volume, 'log', '-1', '--format=%B'))).toMatchObject({
      ...{ kind: 'session', name: 'Halving', prompt: 'Halve it.' },
      stats: { messages: 1, artifacts: 0, traces: 2 }
    });
    expectClean();
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

  it('finds none in a new volume, and says which folder is no volume', () => {
    const fresh = join(folder, 'fresh');
    run('volume', 'init', fresh);
    const at = ['--volume', fresh];
    expect(run('sessions', 'list', ...at)).toMatchObject({
      ...{ code: 0, stdout: '0 sessions.\n' }
    });
    expect(run('traces', 'list', ...at)).toMatchObject({
      ...{ code: 0, stdout: '0 traces.\n' }
    });
    expect(run('evolve', '--dry-run', ...at).code).toBe(0);
    const plain = join(folder, 'plain');
    mkdirSync(plain);
    const refused = run('sessions', 'list', '--volume', plain);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('is not a Git repository');
    expect(refused.stderr).toContain('llmos volume init');
  });

  it('says that it shows some of the runs of a session', () => {
    writeSession(volume, 's-9');
    const lines = Array.from({ length: 11 }, (_, at) => traceLine(at, at + 1));
    writeFileSync(join(volume, 'sessions/s-9/traces.jsonl'), `${lines.join('\n')}\n`);
    const { stdout } = run('sessions', 'show', 's-9', '--volume', volume);
    expect(stdout.match(/ t-\d+ /g)).toHaveLength(10);
    expect(stdout).toContain('  10 of 11. All: llmos traces list --session s-9');
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
    expectClean();
    write([]);
    json('sessions commit', ...all, '--notebook', notebook);
    expect(files()).toEqual(['out.csv']);
    expectClean();
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
    expectClean();
    write({ 'image/png': 'AA==' });
    json('sessions commit', ...all, '--notebook', notebook);
    expectClean();
  });

  it('holds back a secret in the prompt or name, unless it is let through', () => {
    writeSession(volume, 's-1');
    const secret = `ghp_${'aB3dE6gH9k'.repeat(4).slice(0, 36)}`;
    const all = ['s-1', '--volume', volume];
    for (const option of ['--prompt', '--name']) {
      const refused = run('sessions', 'commit', ...all, option, `Use ${secret}`);
      expect(refused.code).toBe(1);
      expect(refused.stderr).toContain('the message: github-token ghp_…');
    }
    json('sessions commit', ...all, '--prompt', `Use ${secret}`, '--allow-secrets');
    expect(git(volume, 'log', '-1', '--format=%B')).toContain(secret);
    expectClean();
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
    expectClean();
  });

  it('shows what anybody has written as it does nothing to a terminal', () => {
    writeSession(volume, 's-1');
    const at = join(volume, 'sessions/s-1');
    const evil = 'a\u001b[2Jb\u009b31mc\rd\u202ee\u200ef\u061cg\u2028h';
    const tamed = String.raw`a\x1b[2Jb\x9b31mc\x0dd\u202ee\u200ef\u061cg\u2028h`;
    mkdirSync(join(at, 'artifacts'));
    writeFileSync(join(at, 'artifacts', evil), '');
    const trace = JSON.parse(traceLine(1, 2)) as { readonly nodes: readonly object[] };
    const error = { name: evil, message: `${evil}\n\tmore` };
    const nodes = trace.nodes.map(node => ({ ...node, error }));
    writeFileSync(join(at, 'traces.jsonl'), `${JSON.stringify({ ...trace, nodes })}\n`);
    writeFileSync(
      join(at, 'x.ipynb'),
      JSON.stringify({ cells: [{ cell_type: 'code', source: `${evil} = (` }] })
    );
    const all = ['--volume', volume];
    const shown = run('sessions', 'show', 's-1', ...all);
    expect(shown.stdout).toContain(`file: ${tamed}`);
    const id = (JSON.parse(traceLine(1, 2)) as { readonly id: string }).id;
    const one = run('traces', 'show', id, ...all);
    expect(one.stdout).toContain(`${tamed}: ${tamed}\n\tmore`);
    const asked = run('sessions', 'show', evil, ...all);
    expect(asked.stderr).toContain(tamed);
    const listed = run('sessions', 'list', ...all);
    const asJson = run('sessions', 'show', 's-1', '--json', ...all);
    expect(JSON.parse(asJson.stdout)).toMatchObject({ artifacts: [{ name: evil }] });
    const graph = run('graph', join(at, 'x.ipynb'));
    for (const { stdout, stderr } of [shown, one, asked, listed, asJson, graph]) {
      expect(stdout + stderr).not.toMatch(
        /(?![\n\t])[\p{Cc}\u202e\u200e\u061c\u2028]/u
      );
    }
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

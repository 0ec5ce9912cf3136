import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { git } from './replayVolume';
import { llmos } from './run';
import { ENV, expectClean, folder, json, run, useVolume, volume } from './verbVolume';

useVolume();

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
    expectClean();
    expect(json('volume sync', volume, '--take', 'both')).toMatchObject({
      kind: 'merged'
    });
    expect(git(volume, 'ls-files').split('\n')).toEqual(
      expect.arrayContaining(['notes.md', expect.stringMatching(/^notes \(theirs /)])
    );
    expect(json('volume log', volume)).toHaveLength(7);
    expectClean();
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

  it('prints and keeps no password of an address', () => {
    run('skills', 'create', 'one', '--volume', volume);
    git(folder, 'clone', '--quiet', '--bare', volume, join(folder, 'public.git'));
    const address = 'http://ana:geheim@127.0.0.1:1';
    // Of Git's own variables simple-git passes none on.
    const config = join(folder, '.gitconfig');
    const base = `url.${folder}/public.insteadOf`;
    git(folder, 'config', '--file', config, base, `${address}/public`);
    git(folder, 'config', '--file', config, 'clone.defaultRemoteName', 'upstream');
    const env = { ...ENV, HOME: folder };
    const told = [
      ['volume', 'clone', `${address}/public.git`, join(folder, 'copy')],
      ['volume', 'clone', `${address}/none.git`, join(folder, 'none'), '--json'],
      ['skills', 'import', `${address}/public.git`, '--replace', '--volume', volume]
    ].map(args => {
      const { stdout, stderr } = llmos(args, { env });
      return stdout + stderr;
    });
    expect(told[0]).toContain('Cloned http://127.0.0.1:1/public.git to');
    expect(told[1]).toContain('Git says');
    expect(told[2]).toContain('Imported 1 skill.');
    const kept = git(volume, 'log', '-1', '-p', '--format=%B');
    expect(kept).toContain('From http://127.0.0.1:1/public.git');
    const settings = readFileSync(join(folder, 'copy/.git/config'), 'utf8');
    expect(settings).toContain('url = http://127.0.0.1:1/public.git');
    expect(`${told.join('\n')}${kept}${settings}`).not.toContain('geheim');
  });

  it('clones the branch of volumes where the server names one that it has not', () => {
    const server = join(folder, 'old.git');
    git(folder, 'init', '--quiet', '--bare', '--initial-branch=master', server);
    git(volume, 'commit', '--quiet', '--allow-empty', '-m', 'One');
    git(volume, 'push', '--quiet', server, 'HEAD:main');
    const copy = join(folder, 'copy');
    expect(json('volume clone', server, copy)).toEqual({ folder: copy, commits: 1 });
    expect(git(copy, 'symbolic-ref', '--short', 'HEAD')).toBe('main');
    git(server, 'branch', '-m', 'main', 'other');
    git(server, 'symbolic-ref', 'HEAD', 'refs/heads/master');
    const { code, stderr } = run('volume', 'clone', server, join(folder, 'second'));
    expect(code).toBe(1);
    expect(stderr).toContain('no branch master');
    expect(stderr).toContain('It has other.');
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
    expectClean();
    const again = run('volume', 'rollback', volume, first);
    expect(again.code).toBe(1);
    expect(again.stderr).toContain('nothing to roll back');
  });

  it('says how a skill of a team is taken back', () => {
    run('skills', 'create', 'one', '--volume', volume);
    git(volume, 'config', 'llmos.owner', 'team:optics');
    const env = { ...ENV, LLMOS_USER: 'ana', LLMOS_TEAMS: 'optics' };
    const { code, stderr } = llmos(['volume', 'rollback', volume, 'HEAD'], { env });
    expect(code).toBe(3);
    expect(stderr).toContain('Demote or roll back…');
    expect(existsSync(join(volume, 'skills/one.md'))).toBe(true);
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

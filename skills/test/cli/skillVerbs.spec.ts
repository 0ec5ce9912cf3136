import {
  existsSync,
  mkdirSync,
  readFileSync,
  symlinkSync,
  truncateSync,
  writeFileSync
} from 'node:fs';
import { join } from 'node:path';
import { zipSync } from 'fflate';

import { parsePromotion } from '../../src/skill/promotion';
import { git } from './replayVolume';
import { llmos } from './run';
import { llmosJson } from './schema';
import { ENV, expectClean, folder, json, run, useVolume, volume } from './verbVolume';

useVolume();

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
    const same = run('skills', 'import', ...from);
    expect(same).toMatchObject({ code: 0, stderr: '' });
    expect(same.stdout).toContain(
      `Nothing to import: ${other} has the same 1 skill already.`
    );
    expectClean(other);
  });

  it('reads an exported skill as an import does, with the lines of its file', () => {
    const out = join(folder, 'out');
    run('skills', 'export', 'quantum-vqe', '-o', out);
    const own = join(out, 'quantum-vqe/SKILL.md');
    const [first, ...more] = (json('skills list', out) as { skills: object[] }).skills;
    const [shipped] = (
      json('skills list') as { skills: { id: string }[] }
    ).skills.filter(({ id }) => id === 'quantum-vqe');
    const place = { volume: out, file: own, shadows: [] };
    expect([first, ...more]).toEqual([{ ...shipped, ...place }]);
    expect(json('skills show', 'quantum-vqe', '--volume', out)).toMatchObject({
      type: 'qiskit',
      codeLine: readFileSync(own, 'utf8').split('\n').indexOf('import numpy as np') + 1
    });
    // Written once more it is the same, and found so where it stands.
    run(
      'skills',
      'export',
      'quantum-vqe',
      '-o',
      join(folder, 'twice'),
      '--volume',
      out
    );
    expect(readFileSync(join(folder, 'twice/quantum-vqe/SKILL.md'))).toEqual(
      readFileSync(own)
    );
    const text = readFileSync(own, 'utf8').replace('type: qiskit', 'type: cobol');
    writeFileSync(own, text);
    const line = text.split('\n').indexOf('    type: cobol') + 1;
    expect(run('skills', 'check', out)).toMatchObject({
      code: 1,
      stdout: expect.stringContaining(`${own}:${line}: error unknown-type`) as string
    });
    expect(run('skills', 'check', own).stdout).toContain(`SKILL.md:${line}: error`);
  });

  it('writes over an edited export only with --replace', () => {
    run('skills', 'create', 'one', '--volume', volume);
    mkdirSync(join(volume, 'skills/one'));
    writeFileSync(join(volume, 'skills/one/r.lib'), '* none\n');
    const out = join(folder, 'out');
    const args = ['skills', 'export', 'one', '-o', out, '--volume', volume];
    expect(run(...args).code).toBe(0);
    // As it was written nothing is lost by writing it again.
    expect(run(...args)).toMatchObject({ code: 0, stderr: '' });
    const [own, beside] = ['one/SKILL.md', 'one/r.lib'].map(path => join(out, path));
    const text = readFileSync(own ?? '', 'utf8');
    writeFileSync(own ?? '', `${text}\nMine.\n`);
    writeFileSync(beside ?? '', '* mine\n');
    const refused = run(...args);
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toContain(
      `${own}, ${beside} have other content there. Add --replace`
    );
    expect(readFileSync(own ?? '', 'utf8')).toContain('Mine.');
    expect(run(...args, '--replace').code).toBe(0);
    expect(readFileSync(own ?? '', 'utf8')).toBe(text);
    expect(readFileSync(beside ?? '', 'utf8')).toBe('* none\n');
  });

  it('says that a skill in a folder without a history is not committed', () => {
    const plain = join(folder, 'plain');
    mkdirSync(plain);
    const made = run('skills', 'create', 'one', '--volume', plain);
    expect(made.stdout).toBe(
      `Made skills/one.md, not committed: ${plain} is not a Git repository.\n`
    );
    expect(
      run('skills', 'create', 'two', '--no-commit', '--volume', plain).stdout
    ).toBe('Made skills/two.md.\n');
  });

  it('imports a zip, and none that holds more than it may', () => {
    const text = '---\nname: Zipped\ndescription: From a zip.\n---\nText\n';
    const zip = join(folder, 'skills.zip');
    writeFileSync(zip, zipSync({ 'zipped/SKILL.md': new TextEncoder().encode(text) }));
    expect(json('skills import', zip, '--volume', volume)).toMatchObject({
      skills: [{ id: 'zipped' }],
      problems: []
    });
    expectClean();
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

  it('says to whom a volume belongs, and how one is taken for them', () => {
    const mine = join(folder, 'mine');
    run('volume', 'init', mine, '--owner', 'user:ana');
    const args = ['skills', 'create', 'one', '--volume', mine];
    const refused = run(...args);
    expect(refused.code).toBe(3);
    expect(refused.stderr).toBe(
      'llmos: This volume belongs to ana, and you count as local here. If you are ana, ' +
        'set LLMOS_USER=ana, or run: git config --global llmos.user ana. Else ask them ' +
        'to share it with a team.\n'
    );
    expect(run('evolve', '--volume', mine).stderr).toContain('set LLMOS_USER=ana');
    expect(llmos(args, { env: { ...ENV, LLMOS_USER: 'ana' } }).code).toBe(0);
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
    expect(refused.stderr).toContain('set LLMOS_TEAMS=optics.');
    expect(refused.stderr).not.toContain('profile');
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
    expectClean(team);
  });

  it('names a clone that is nobody’s by its repository, such as a fork', () => {
    run('skills', 'create', 'one', '--volume', volume);
    const fork = join(folder, 'my fork');
    run('volume', 'init', fork);
    const subject = (): string => git(fork, 'log', '-1', '--format=%s');
    const args = ['one', '--volume', volume, '--to', fork, '--reason', 'Good.'];
    json('skills promote', ...args);
    expect(subject()).toBe('skill: Promote one from user to my-fork');
    const address = 'git@github.com:ana/system-volumes.git';
    git(fork, 'remote', 'add', 'origin', address);
    git(fork, 'rm', '--quiet', 'skills/one.md');
    git(fork, 'commit', '--quiet', '--message', 'Again');
    json('skills promote', ...args);
    expect(subject()).toBe('skill: Promote one from user to system-volumes');
  });

  it('holds back a secret in the reason of a promotion', () => {
    run('skills', 'create', 'one', '--volume', volume);
    const team = join(folder, 'team');
    run('volume', 'init', team);
    const reason = `Good: sk-${'a1B2'.repeat(6)}`;
    const args = ['one', '--volume', volume, '--to', team, '--reason', reason];
    const held = run('skills', 'promote', ...args);
    expect(held.code).toBe(1);
    expect(held.stderr).toContain('the message: api-key');
    json('skills promote', ...args, '--allow-secrets');
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
    expectClean();
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
    [
      ['create', 'x', '--volume', "no one's"],
      2,
      "There is no folder no one's. Make one with: llmos volume init 'no one'\\''s'\n"
    ],
    [['import', 'nowhere', '--volume', '.'], 2, 'There is no file or folder nowhere'],
    [
      ['export', 'nothing', '-o', 'x', '--volume', '.'],
      1,
      'There is no skill "nothing". See: llmos skills list .\n'
    ],
    [
      ['promote', 'x', '--to', 'nowhere', '--reason', 'r', '--volume', '.'],
      2,
      'no folder nowhere. Make one with: llmos volume init nowhere\n'
    ],
    [['promote', 'x', '--to', '.'], 2, '--reason']
  ] as const)('refuses %j', (args, code, message) => {
    const result = run('skills', ...args);
    expect(result.stderr).toContain(message);
    expect(result.code).toBe(code);
  });
});

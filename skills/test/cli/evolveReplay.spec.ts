import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseCommit } from '../../src/session/commitMessage';
import { git, makeReplayVolume } from './replayVolume';
import { llmos } from './run';
import { checked } from './schema';

const folders: string[] = [];
const volumeOf = (): string => {
  const folder = makeReplayVolume();
  folders.push(folder);
  return folder;
};

afterAll(() => folders.forEach(folder => rmSync(folder, { recursive: true })));

describe('llmos evolve, with replay', () => {
  it('runs Python, JavaScript and ngspice again and commits what agrees', () => {
    const volume = volumeOf();
    const env = { SOURCE_DATE_EPOCH: '1795000000' };
    const args = ['evolve', '--volume', volume, '--auto-apply', '--json'];
    const { code, stdout, stderr } = llmos(args, { env });
    expect([code, stderr.replace(/^llmos: this system cannot.*\n/, '')]).toEqual([
      0,
      ''
    ]);
    const report = checked('evolve', stdout) as {
      accepted: { id: string; reason: string; commit: string }[];
    };
    expect(report).toMatchObject({
      traces: 3,
      candidates: [],
      accepted: [{ reason: '3 of 3 runs agree: at least 44 % with 95 % confidence.' }],
      rejected: []
    });
    const [{ id = '', commit } = {}] = report.accepted;
    expect(git(volume, 'rev-parse', 'HEAD')).toBe(commit);
    expect(parseCommit(git(volume, 'log', '-1', '--format=%B'))).toMatchObject({
      ...{ kind: 'evolution', action: 'create', skill: id, traces: 3 },
      trailers: ['t-0', 't-1', 't-2'].map(value => ({ key: 'Trace', value }))
    });
    expect(git(volume, 'log', '--format=%s', '-3').split('\n')).toEqual([
      `Evolution: Create skill ${id} from 3 traces`,
      'evolution: Record a run (3 traces, 1 to review, 0 rejected)',
      `evolution: Learn ${id}`
    ]);
    expect(git(volume, 'status', '--porcelain')).toBe('');
    expect(git(volume, 'log', '-1', '--format=%at')).toBe('1795000000');
    expect(existsSync(join(volume, `evolution/candidates/${id}.md`))).toBe(false);
  });

  it('keeps a secret out of the history, whose commit is all that fails', () => {
    const volume = volumeOf();
    const secret = `ghp_${'aB3dE6gH9k'.repeat(4).slice(0, 36)}`;
    mkdirSync(join(volume, 'evolution'));
    // As somebody has left it there, not committed.
    const noted = join(volume, 'evolution/runs.jsonl');
    writeFileSync(noted, `{"note":"${secret}"}\n`);
    const before = git(volume, 'rev-parse', 'HEAD');
    const args = ['evolve', '--volume', volume, '--auto-apply'];
    const held = llmos(args);
    expect(held.code).toBe(1);
    expect(held.stderr).toContain('evolution/runs.jsonl:1');
    expect(git(volume, 'log', '--format=%H %s').split('\n').at(-1)).toContain('Runs');
    expect(git(volume, 'log', '--all', '-S', secret, '--format=%H')).toBe('');
    expect(readFileSync(noted, 'utf8')).toContain(secret);
    expect(before).not.toBe('');
  });

  it('runs the job of a team for members, or as the job that it is', () => {
    const volume = volumeOf();
    git(volume, 'config', 'llmos.owner', 'team:optics');
    const args = ['evolve', '--volume', volume, '--runtime', 'nowhere'];
    const refused = llmos(args, { env: { LLMOS_USER: 'bob' } });
    expect(refused.code).toBe(3);
    expect(refused.stderr).toContain('not a member of the team optics');
    const member = llmos(args, { env: { LLMOS_USER: 'bob', LLMOS_TEAMS: 'optics' } });
    // One person's runs are no pattern of a team.
    expect([member.code, member.stdout]).toEqual([0, '0 patterns in 3 traces.\n']);
    expect(llmos([...args, '--as-job'], { env: { LLMOS_USER: 'bob' } }).code).toBe(0);
  });

  it.each([
    ['skills that are not committed', 'skills/note.md'],
    ['no commit yet', null]
  ])('takes %s for those of others', (message, loose) => {
    const volume = volumeOf();
    if (loose === null) {
      git(volume, 'update-ref', '-d', 'HEAD');
    } else {
      writeFileSync(join(volume, loose), '---\nname: Note\n---\nText\n');
    }
    const { code, stderr } = llmos(['evolve', '--volume', volume]);
    expect(code).toBe(1);
    expect(stderr).toContain(message);
  });

  it('asks about every volume whose skills may run', () => {
    const [volume, other] = [volumeOf(), volumeOf()];
    git(other, 'config', 'user.email', 'bob@example.org');
    const env = { LLMOS_VOLUMES_PATH: other };
    const { code, stderr } = llmos(['evolve', '--volume', volume], { env });
    expect(code).toBe(1);
    expect(stderr).toContain(`${other} has skills by others (ana@example.org)`);
  });

  it('runs nothing of others without --trust, and writes nothing', () => {
    const volume = volumeOf();
    git(volume, 'config', 'user.email', 'bob@example.org');
    const { code, stderr } = llmos(['evolve', '--volume', volume]);
    expect(code).toBe(1);
    expect(stderr).toContain('has skills by others (ana@example.org)');
    expect(git(volume, 'status', '--porcelain')).toBe('');
  });

  it('says what is missing where the runtime is no built site', () => {
    const volume = volumeOf();
    const args = ['evolve', '--volume', volume, '--runtime', volume];
    const { code, stderr } = llmos(args);
    expect(code).toBe(2);
    expect(stderr).toContain('is no built site: it has no pyodide/pyodide.mjs');
    expect(git(volume, 'status', '--porcelain')).toBe('');
  });
});

import { execFileSync, spawn } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openClone } from '../../cli/clone';
import { leftFiles } from '../../cli/evolution/jobCommits';
import { VolumeFiles } from '../../cli/evolution/volumeFiles';
import { EXECUTOR_ARGUMENT } from '../../cli/executor/executorArgument';
import { isDraft } from '../../src/evolution/applied';
import { parseEvolutionRuns } from '../../src/evolution/records';
import { parseCommit } from '../../src/session/commitMessage';
import { git, makeReplayVolume, SKILLS } from './replayVolume';
import { BUNDLE, llmos } from './run';
import { checked } from './schema';

const folders: string[] = [];
const volumeOf = (): string => {
  const folder = makeReplayVolume();
  folders.push(folder);
  return folder;
};

afterAll(() => folders.forEach(folder => rmSync(folder, { recursive: true })));

/** Processes below one that run skills: its children, and theirs. */
function executorsOf(parent: number): readonly number[] {
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args='], {
    encoding: 'utf8'
  })
    .split('\n')
    .map(line => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? []);
  const below = lines.flatMap(([, pid = '', above = '', args = '']) =>
    Number(above) === parent ? [{ pid: Number(pid), args }] : []
  );
  return below.flatMap(({ pid, args }) => [
    ...(args.endsWith(EXECUTOR_ARGUMENT) ? [pid] : []),
    ...executorsOf(pid)
  ]);
}

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

describe('llmos evolve, with replay', () => {
  it('ends the process that runs skills with Ctrl-C, whatever that one does', async () => {
    const volume = volumeOf();
    const skill = join(volume, 'skills/double-it.md');
    const text = readFileSync(skill, 'utf8');
    writeFileSync(skill, text.replace(/^ {4}return/m, '    while True: pass\n$&'));
    const args = [BUNDLE, 'evolve', '--volume', volume, '--trust', '--dry-run'];
    const command = spawn('node', args, { stdio: 'ignore' });
    const ended = new Promise(resolve => command.on('close', resolve));
    const below = (): readonly number[] => executorsOf(command.pid ?? 0);
    while (below().length === 0 && command.exitCode === null) {
      await pause(50);
    }
    const executors = below();
    expect(executors).not.toEqual([]);
    // To this one alone: what it has started hears nothing of it.
    command.kill('SIGINT');
    expect(await ended).toBe(130);
    while (executors.some(isAlive)) {
      await pause(50);
    }
  });

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
      accepted: [
        {
          reason: '3 of 3 runs agree; so would at least 44 % of all (95 % confidence).'
        }
      ],
      rejected: []
    });
    const [{ id = '', commit } = {}] = report.accepted;
    // Behind it comes the record of the run, which tells of it.
    expect(git(volume, 'rev-parse', 'HEAD~1')).toBe(commit);
    const runs = readFileSync(join(volume, 'evolution/runs.jsonl'), 'utf8');
    expect(parseEvolutionRuns(runs)).toMatchObject([
      { candidates: [], verified: 1, applied: report.accepted }
    ]);
    expect(
      parseCommit(git(volume, 'log', '-1', '--format=%B', commit ?? ''))
    ).toMatchObject({
      ...{ kind: 'evolution', action: 'create', skill: id, traces: 3 },
      trailers: ['t-0', 't-1', 't-2'].map(value => ({ key: 'Trace', value }))
    });
    expect(git(volume, 'log', '--format=%s', '-3').split('\n')).toEqual([
      'evolution: Record a run (3 traces, 1 applied, 0 to review, 0 rejected)',
      `Evolution: Create skill ${id} from 3 traces`,
      `evolution: Learn ${id}`
    ]);
    expect(git(volume, 'status', '--porcelain')).toBe('');
    expect(git(volume, 'log', '-1', '--format=%at')).toBe('1795000000');
    expect(existsSync(join(volume, `evolution/candidates/${id}.md`))).toBe(false);
    expect(isDraft(readFileSync(join(volume, `skills/${id}.md`), 'utf8'))).toBe(true);

    // A run that finds nothing leaves no commit.
    const head = git(volume, 'rev-parse', 'HEAD');
    expect(llmos(args, { env }).code).toBe(0);
    expect(git(volume, 'rev-parse', 'HEAD')).toBe(head);
    expect(git(volume, 'status', '--porcelain')).toBe('');
  });

  it('applies what an earlier run left for review, as learned and not as edited', () => {
    const volume = volumeOf();
    const args = ['evolve', '--volume', volume, '--json'];
    const {
      candidates: [id = ''],
      left
    } = checked('evolve', llmos(args).stdout) as {
      candidates: string[];
      left: string[];
    };
    expect(git(volume, 'status', '--porcelain', '-uall').split('\n')).toEqual(
      left.map(path => `?? ${path}`)
    );
    // What waits already is told, and nothing more is written.
    const before = readFileSync(join(volume, 'evolution/runs.jsonl'), 'utf8');
    expect(llmos(['evolve', '--volume', volume]).stdout).toContain(
      'Nothing new: what recurs is a skill, waits for review'
    );
    expect(readFileSync(join(volume, 'evolution/runs.jsonl'), 'utf8')).toBe(before);
    const { code, stdout } = llmos([...args, '--auto-apply']);
    expect(code).toBe(0);
    expect(checked('evolve', stdout)).toMatchObject({
      ...{ candidates: [], accepted: [{ id }] }
    });
    expect(isDraft(readFileSync(join(volume, `skills/${id}.md`), 'utf8'))).toBe(true);
    expect(git(volume, 'log', '--format=%s').split('\n')).toEqual([
      'evolution: Record a run (3 traces, 1 applied, 0 to review, 0 rejected)',
      `Evolution: Create skill ${id} from 3 traces`,
      `evolution: Learn ${id}`,
      'evolution: Record earlier runs',
      `evolution: Learn ${id}`,
      'Runs'
    ]);
    expect(git(volume, 'status', '--porcelain')).toBe('');
  });

  it('names what it left, and a run that finds nothing commits that', () => {
    const volume = volumeOf();
    const args = ['evolve', '--volume', volume];
    const first = checked('evolve', llmos([...args, '--json']).stdout);
    const [path = ''] = (first as { left: string[] }).left;
    const few = [...args, '--min-count', '99', '--no-model'];
    expect(llmos(few).stdout).toContain('Nothing was written.');
    const { code, stdout } = llmos([...few, '--auto-apply']);
    expect([code, stdout]).toEqual([
      0,
      '0 patterns in 3 traces.\nCommitted what earlier runs or edits had left in evolution/.\n'
    ]);
    expect(git(volume, 'status', '--porcelain')).toBe('');
    expect(git(volume, 'log', '-2', '--format=%s').split('\n')).toEqual([
      'evolution: Record earlier runs',
      expect.stringContaining('evolution: Learn ')
    ]);
    expect(git(volume, 'show', `HEAD:${path}`)).not.toBe('');
  });

  it('names no candidate that it has taken away before any commit had it', async () => {
    const volume = volumeOf();
    const files = new VolumeFiles(volume, { dryRun: false });
    await files.writeProposed('waits', 'Text\n');
    await files.writeProposed('goes', 'Text\n');
    await files.removeCandidate('goes');
    expect(await leftFiles(await openClone(volume), files)).toEqual([
      'evolution/candidates/waits.md'
    ]);
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
    const nothing = '0 patterns in 3 traces.\nNothing was written.\n';
    expect([member.code, member.stdout]).toEqual([0, nothing]);
    // Of a run that finds nothing nothing is left.
    expect(git(volume, 'status', '--porcelain')).toBe('');
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
    expect(code).toBe(3);
    expect(stderr).toContain(message);
  });

  const NOTE = SKILLS['double-it']?.replaceAll('double-it', 'stray') ?? '';
  const moveToRoot = (volume: string): void => {
    git(volume, 'mv', ...Object.keys(SKILLS).map(id => `skills/${id}.md`), '.');
    rmSync(join(volume, 'skills'), { recursive: true, force: true });
    git(volume, 'commit', '--quiet', '--amend', '-m', 'All');
  };
  const HIDING: readonly (readonly [string, string, (volume: string) => void])[] = [
    [
      'the root where there is no folder skills',
      'stray.md',
      volume => {
        moveToRoot(volume);
        writeFileSync(join(volume, 'stray.md'), NOTE);
      }
    ],
    [
      'a clone within the volume',
      'skills/x/stray.md',
      volume => {
        mkdirSync(join(volume, 'skills/x'));
        git(join(volume, 'skills/x'), 'init', '--quiet');
        writeFileSync(join(volume, 'skills/x/stray.md'), NOTE);
        git(join(volume, 'skills/x'), 'add', '.');
        git(join(volume, 'skills/x'), 'commit', '--quiet', '-m', 'Theirs');
      }
    ],
    [
      'files that Git ignores',
      'skills/stray.md',
      volume => {
        writeFileSync(join(volume, '.gitignore'), 'stray.md\n');
        writeFileSync(join(volume, 'skills/stray.md'), NOTE);
      }
    ],
    [
      'ignored files beside a skill',
      'skills/divide-it/model.lib',
      volume => {
        writeFileSync(join(volume, '.gitignore'), '*.lib\n');
        mkdirSync(join(volume, 'skills/divide-it'));
        writeFileSync(join(volume, 'skills/divide-it/model.lib'), '* theirs\n');
      }
    ],
    [
      'a file that Git is told to take for unchanged',
      'skills/double-it.md',
      volume => {
        git(volume, 'update-index', '--assume-unchanged', 'skills/double-it.md');
        appendFileSync(join(volume, 'skills/double-it.md'), '\n');
      }
    ]
  ];

  it.each(HIDING)('asks about %s', (_, path, hide) => {
    const volume = volumeOf();
    hide(volume);
    const { code, stderr } = llmos(['evolve', '--volume', volume]);
    expect(stderr).toContain(`has skills that are not committed (${path})`);
    expect(code).toBe(3);
  });

  it('asks whose skills at the root are', () => {
    const volume = volumeOf();
    moveToRoot(volume);
    git(volume, 'config', 'user.email', 'bob@example.org');
    const { code, stderr } = llmos(['evolve', '--volume', volume]);
    expect(stderr).toContain('has skills by others (ana@example.org)');
    expect(code).toBe(3);
  });

  it('asks about every volume whose skills may run', () => {
    const [volume, other] = [volumeOf(), volumeOf()];
    git(other, 'config', 'user.email', 'bob@example.org');
    const env = { LLMOS_VOLUMES_PATH: other };
    const { code, stderr } = llmos(['evolve', '--volume', volume], { env });
    expect(code).toBe(3);
    expect(stderr).toContain(`${other} has skills by others (ana@example.org)`);
  });

  it('runs nothing of others without --trust, and writes nothing', () => {
    const volume = volumeOf();
    git(volume, 'config', 'user.email', 'bob@example.org');
    const { code, stderr } = llmos(['evolve', '--volume', volume]);
    expect(code).toBe(3);
    expect(stderr).toContain('has skills by others (ana@example.org)');
    expect(stderr).toMatch(/ With --no-replay nothing is run\.\n$/);
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

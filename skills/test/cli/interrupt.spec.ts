import { spawn } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ANA, git, sessionText } from './replayVolume';
import { removeFolder, withScratchFolder } from '../../cli/scratchFolder';
import { handleInterrupts, stoppable, tidy } from '../../cli/interrupt';
import { BUNDLE, llmos } from './run';

// Each looks for a moment by running a command again and again.
jest.setTimeout(180_000);

/** Milliseconds that one command takes, measured first. */
let duration: number;
let folder: string;
let volume: string;
/** In one commit. */
const FILES = 15;
const environment = (): NodeJS.ProcessEnv => ({
  ...process.env,
  ...ANA,
  GIT_CONFIG_GLOBAL: '/dev/null',
  TMPDIR: join(folder, 'tmp')
});

/** Runs a command in a process group of its own and interrupts the group, as Ctrl-C does. */
function interrupted(
  args: readonly string[],
  after: number
): Promise<{ readonly code: number | null; readonly stderr: string }> {
  return new Promise(resolve => {
    const child = spawn('node', [BUNDLE, ...args], {
      ...{ env: environment(), detached: true },
      stdio: ['ignore', 'ignore', 'pipe']
    });
    let stderr = '';
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString('utf8')));
    const timer = setTimeout(() => {
      if (child.pid !== undefined) {
        process.kill(-child.pid, 'SIGINT');
      }
    }, after);
    child.on('close', code => {
      clearTimeout(timer);
      resolve({ code, stderr });
    });
  });
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'llmos-interrupt-'));
  volume = join(folder, 'volume');
  git(folder, 'init', '--quiet', '--initial-branch=main', volume);
  const many = join(folder, 'many');
  mkdirSync(many);
  mkdirSync(join(folder, 'tmp'));
  for (let index = 0; index < FILES; index += 1) {
    writeFileSync(
      join(many, `skill-${index}.md`),
      `---\nname: Skill ${index}\ndescription: Number ${index}.\n---\nText\n`
    );
  }
  const started = performance.now();
  llmos(['skills', 'import', many, '--volume', volume], { env: ANA });
  duration = performance.now() - started;
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const MOMENTS = 9;

/** Interrupts a command ever nearer to the moment from which on it has its effect. */
async function searchMoment(
  command: () => readonly string[],
  check: (isDone: boolean) => void
): Promise<void> {
  let [early, late] = [0, 2 * duration];
  for (let moment = 0; moment < MOMENTS; moment += 1) {
    const before = git(volume, 'rev-parse', 'HEAD');
    const middle = (early + late) / 2;
    const { code, stderr } = await interrupted(command(), middle);
    // Before a handler is there Node itself ends.
    if (code !== 0 && code !== 130 && code !== null) {
      throw new Error(`Ended with ${code} after ${middle} ms: ${stderr}`);
    }
    expect(stderr).toBe('');
    const isDone = git(volume, 'rev-parse', 'HEAD') !== before;
    [early, late] = isDone ? [early, middle] : [middle, late];
    expect(readdirSync(join(volume, '.git'))).not.toContain('index.lock');
    git(volume, 'fsck', '--strict', '--no-dangling');
    check(isDone);
  }
  expect(readdirSync(join(folder, 'tmp'))).toEqual([]);
}

describe('Ctrl-C', () => {
  it('leaves the commit before or the new one, whole', async () => {
    await searchMoment(
      () => ['volume', 'rollback', volume, 'HEAD'],
      () => {
        expect(git(volume, 'status', '--porcelain')).toBe('');
        const files = git(volume, 'ls-files').split('\n').filter(Boolean);
        expect([0, FILES]).toContain(files.length);
      }
    );
  });

  it('leaves files of a session uncommitted or committed, and never half staged', async () => {
    const session = join(volume, 'sessions/s-1');
    mkdirSync(session, { recursive: true });
    writeFileSync(join(session, 'session.json'), sessionText('s-1'));
    let round = 0;
    await searchMoment(
      () => {
        round += 1;
        writeFileSync(join(session, 'note.txt'), `Round ${round}\n`);
        return ['sessions', 'commit', 's-1', '--volume', volume];
      },
      isDone => {
        expect(git(volume, 'diff', '--cached', '--name-only')).toBe('');
        const lines = git(volume, 'status', '--porcelain').split('\n').filter(Boolean);
        expect(isDone ? lines : []).toEqual([]);
      }
    );
  });
});

/** A `git` that does as a script says, for the commands that match; else the real one. */
function fakeGit(pattern: string, script: string): NodeJS.ProcessEnv {
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  const path = process.env['PATH'] ?? '';
  writeFileSync(
    join(bin, 'git'),
    `#!/bin/sh\ncase "$*" in ${pattern}) ${script} ;; esac\nPATH='${path}' exec git "$@"\n`
  );
  chmodSync(join(bin, 'git'), 0o755);
  return { ...ANA, GIT_CONFIG_GLOBAL: '/dev/null', PATH: `${bin}:${path}` };
}

describe('a Git that ends early', () => {
  const rollback = (env: NodeJS.ProcessEnv) =>
    llmos(['volume', 'rollback', volume, 'HEAD'], {
      env: env as Record<string, string>
    });

  it('is an interruption where the signal is for the command too', () => {
    const env = fakeGit('*write-tree*', 'kill -INT $PPID; echo fatal: no >&2; exit 1');
    expect(rollback(env)).toMatchObject({ code: 130, stderr: '' });
  });

  it('has failed, whatever it had said before', () => {
    const env = fakeGit('*ls-tree*', 'echo half; kill -KILL $$');
    const { code, stderr } = rollback(env);
    expect([code, stderr]).toEqual([1, 'llmos: Git says: it was ended by a signal.\n']);
  });

  it('takes the branch back when the files cannot follow it', () => {
    const before = git(volume, 'rev-parse', 'HEAD');
    const env = fakeGit('"read-tree -m -u "*', 'echo fatal: full >&2; exit 128');
    const { code, stderr } = rollback(env);
    expect([code, stderr]).toEqual([1, 'llmos: Git says: fatal: full\n']);
    expect(git(volume, 'rev-parse', 'HEAD')).toBe(before);
    expect(git(volume, 'status', '--porcelain')).toBe('');
  });
});

describe('tidying up', () => {
  it('says what was left behind, and changes nothing else', () => {
    const write = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    try {
      tidy(() => {
        throw new Error('ENOTEMPTY');
      });
      expect(write.mock.calls).toEqual([
        ['llmos: something was left behind: ENOTEMPTY\n']
      ]);
    } finally {
      write.mockRestore();
    }
  });

  it('takes a folder away while another program still writes there', async () => {
    const place = join(folder, 'busy');
    mkdirSync(place);
    const writer = spawn('sh', [
      '-c',
      'for i in 1 2 3 4 5 6 7 8 9; do mkdir -p "$0/a$i" && touch "$0/a$i/f" || exit; done',
      place
    ]);
    const ended = new Promise(resolve => writer.on('exit', resolve));
    removeFolder(place);
    await ended;
    removeFolder(place);
    expect(existsSync(place)).toBe(false);
  });

  it('goes with the work, whichever way it ends', async () => {
    let seen = '';
    const failing = withScratchFolder('llmos-test-', place => {
      seen = place;
      writeFileSync(join(place, 'file'), '');
      return Promise.reject(new Error('no'));
    });
    await expect(failing).rejects.toThrow('no');
    expect(existsSync(seen)).toBe(false);
  });
});

describe('long work', () => {
  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143]
  ] as const)('hears of %s, and how the command is to end then', async (name, code) => {
    handleInterrupts();
    try {
      const reason = await stoppable(stop => {
        process.emit(name);
        return Promise.resolve(stop.reason as unknown);
      });
      expect(reason).toBe(code);
    } finally {
      ['SIGINT', 'SIGTERM', 'SIGUSR1'].forEach(each =>
        process.removeAllListeners(each)
      );
    }
  });
});

import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { llmos } from './run';
import { checked } from './schema';

let volume: string;

const startOf = (at: number): string => `2026-11-21T10:00:0${at}.000Z`;

const trace = (iterations: number, started = '2026-11-21T10:00:00.000Z'): string =>
  JSON.stringify({
    v: 1,
    id: `t-${iterations}`,
    session: 's-1',
    user: 'ana',
    started,
    ms: 5,
    status: 'success',
    goal: '',
    trigger: 'all',
    nodes: [
      {
        id: 'a',
        skill: 'quantum-vqe',
        status: 'success',
        ms: 4,
        inputs: { iterations: { type: 'integer', value: iterations } },
        outputs: {}
      },
      {
        id: 'b',
        skill: 'plot-convergence',
        status: 'success',
        ms: 1,
        inputs: {},
        outputs: {}
      }
    ],
    edges: [['a', 'convergence_trace', 'b', 'values']],
    env: {}
  });

beforeEach(() => {
  volume = mkdtempSync(join(tmpdir(), 'llmos-evolve-'));
  mkdirSync(join(volume, 'skills'));
  mkdirSync(join(volume, 'sessions', 's-1'), { recursive: true });
});

afterEach(() => rmSync(volume, { recursive: true }));

const writeTraces = (lines: readonly string[]): void =>
  writeFileSync(join(volume, 'sessions/s-1/traces.jsonl'), `${lines.join('\n')}\n`);

describe('llmos evolve', () => {
  it('reports the pattern of five runs and the default that they teach', () => {
    writeTraces([100, 150, 120, 130, 110].map(n => trace(n)));
    const args = ['evolve', '--volume', volume, '--dry-run', '--no-replay', '--json'];
    const { code, stdout } = llmos(args);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      traces: 5,
      patterns: [
        {
          skills: ['plot-convergence', 'quantum-vqe'],
          count: 5,
          users: 1,
          success: 1,
          parameters: {
            'quantum-vqe.iterations': {
              kind: 'learned',
              default: 120,
              low: 110,
              high: 130,
              n: 5
            }
          }
        }
      ],
      accepted: [],
      rejected: []
    });
  });

  it('tells people of each input, and of what was rejected', () => {
    const lengths = [0.7, 0.735, 0.8, 0.9].map((bond_length, at) => {
      const run = JSON.parse(trace(100 + 1000 * at)) as { nodes: object[] };
      const [first, ...others] = run.nodes as { inputs: Record<string, object> }[];
      const inputs = {
        ...first?.inputs,
        ...{ bond_length: { type: 'number', value: bond_length } },
        hamiltonian: { type: 'object', hash: `sha256:${at}` }
      };
      return JSON.stringify({ ...run, nodes: [{ ...first, inputs }, ...others] });
    });
    writeTraces(lengths);
    const args = ['evolve', '--volume', volume, '--no-replay'];
    const [pattern] = (
      JSON.parse(llmos([...args, '--json']).stdout) as {
        patterns: { signature: string; rejected?: object }[];
      }
    ).patterns;
    expect(pattern?.rejected).toBeUndefined();
    mkdirSync(join(volume, 'evolution'));
    const rejected = { by: 'person', at: '2026-11-21T10:00:00.000Z', reason: 'No' };
    const line = { v: 1, signature: pattern?.signature, id: 'x', newest: '' };
    writeFileSync(
      join(volume, 'evolution/rejected.jsonl'),
      `${JSON.stringify({ ...line, ...rejected })}\n`
    );
    expect(checked('evolve', llmos([...args, '--json']).stdout)).toMatchObject({
      patterns: [{ rejected }]
    });
    const { stdout } = llmos(args);
    expect(stdout).toContain('\n    rejected by a person, 2026-11-21 10:00: No\n');
    // An update that was refused with the newest run waits for newer ones too.
    const newest = (JSON.parse(lengths.at(-1) ?? '') as { id: string }).id;
    writeFileSync(
      join(volume, 'evolution/rejected.jsonl'),
      `${JSON.stringify({ ...line, ...rejected, newest, updates: true })}\n`
    );
    expect(checked('evolve', llmos([...args, '--json']).stdout)).toMatchObject({
      patterns: [{ rejected: { ...rejected, updates: true } }]
    });
    expect(llmos(args).stdout).toContain('\n    update rejected by a person, 2026-');
    expect(stdout).toContain(
      '\n    quantum-vqe.bond_length: 0.7675 (middle half 0.72625 to 0.825, n = 4)\n'
    );
    expect(stdout).toContain(
      '\n    quantum-vqe.hamiltonian: no default (it came from another step, or was too large to be kept)\n'
    );
  });

  it('prints the defaults of the skill, and from how many of the runs they come', () => {
    // The newest three are kept to verify with, far off as they are.
    const used = [100, 150, 120, 130, 110, 119];
    const runs = [...used, 301, 302, 303].map((n, at) => trace(n, startOf(at)));
    writeTraces(runs.map(line => line.replace('"values"', '"trace"')));
    const args = ['evolve', '--volume', volume, '--no-replay'];
    const { stdout } = llmos(args);
    expect(stdout).toContain(
      '\n    quantum-vqe.iterations: 120 (middle half 112 to 128, n = 6)\n'
    );
    expect(stdout).toContain(
      ' Of 9 runs 6 count: the newest 3 are kept to verify with.\n'
    );
    expect(checked('evolve', llmos([...args, '--json']).stdout)).toMatchObject({
      patterns: [
        {
          parameters: { 'quantum-vqe.iterations': { n: 9 } },
          learned: {
            id: 'vqe-convergence',
            from: { unsuccessful: 0, found: 9, kept: 3, used: 6 },
            values: [{ of: 'quantum-vqe.iterations', default: 120, n: 6 }]
          }
        }
      ]
    });
  });

  it('tells programs what is wrong in JSON too', () => {
    const args = ['evolve', '--volume', volume, '--auto-apply', '--json'];
    const { code, stdout, stderr } = llmos(args);
    const { error } = checked('error', stdout) as { error: { message: string } };
    expect([code, stderr]).toEqual([2, `llmos: ${error.message}\n`]);
    expect(error).toMatchObject({ exitCode: 2 });
    expect(error.message).toContain('is not a Git repository');
    const wrong = llmos(['evolve', '--no-such-option', '--json']);
    expect(wrong.code).toBe(2);
    const message = "unknown option '--no-such-option'";
    expect(checked('error', wrong.stdout)).toEqual({ error: { message, exitCode: 2 } });
    expect(wrong.stderr).toBe(`llmos: ${message}\n(add --help for the options)\n`);
    expect(llmos(['evolve', '--no-such-option']).stdout).toBe('');
  });

  it('writes a skill that cannot be replayed to review, once, and says why', () => {
    writeTraces([100, 150, 120, 130, 110].map(n => trace(n)));
    const port = (name: string): string => `[{ name: ${name}, type: any }]`;
    const skill = (id: string, inputs: string, outputs: string): void =>
      writeFileSync(
        join(volume, `skills/${id}.md`),
        `---\nname: ${id}\ndescription: x\ntype: python-wasm\npure: false\ninputs: ${port(inputs)}\n` +
          `outputs: ${port(outputs)}\n---\n` +
          '```python\ndef execute(inputs):\n    return {}\n```\n'
      );
    skill('quantum-vqe', 'iterations', 'convergence_trace');
    skill('plot-convergence', 'values', 'chart');
    const { code, stdout } = llmos(['evolve', '--volume', volume, '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      candidates: ['vqe-convergence'],
      accepted: []
    });
    const path = join(volume, 'evolution/candidates/vqe-convergence.md');
    const text = readFileSync(path, 'utf8');
    expect(text).toContain('default: 120');
    expect(text).toContain('It calls a skill that is not pure');
    expect(llmos(['skills', 'check', path]).code).toBe(0);
    const again = llmos(['evolve', '--volume', volume]).stdout;
    expect(again).not.toContain('Wrote');
    expect(again).toContain('Nothing new: what recurs is a skill, waits for review');
    expect(again).toContain('\nNothing was written.\n');
    const mined = llmos(['evolve', '--volume', volume, '--no-replay']).stdout;
    expect(mined).not.toContain('Nothing new');
    expect(existsSync(path)).toBe(true);
  });

  it('says that nothing was written also where a pattern makes no skill', () => {
    writeTraces([100, 150, 120].map(n => trace(n)));
    const { stdout } = llmos(['evolve', '--volume', volume]);
    expect(stdout).toMatch(
      /^No skill for .*: The connection .* fits the skills no more\.\nNothing was written\.$/m
    );
    expect(existsSync(join(volume, 'evolution'))).toBe(false);
  });

  it('learns from the last days alone, and more from the newest, where so wished', () => {
    const early = [900, 910, 920].map(n => trace(n, '2026-01-01T10:00:00.000Z'));
    const later = [100, 150, 120].map(n => trace(n, '2026-11-20T10:00:00.000Z'));
    writeTraces([...early, ...later]);
    const iterations = (...more: readonly string[]): unknown => {
      const args = ['evolve', '--volume', volume, '--no-replay', '--json', ...more];
      const env = { SOURCE_DATE_EPOCH: `${Date.parse('2026-11-21T10:00:00Z') / 1000}` };
      const { patterns } = JSON.parse(llmos(args, { env }).stdout) as {
        patterns: { parameters: Record<string, unknown> }[];
      };
      return patterns[0]?.parameters['quantum-vqe.iterations'];
    };
    expect(iterations()).toMatchObject({ kind: 'free', n: 6 });
    expect(iterations('--days', '30')).toMatchObject({ default: 120, n: 3 });
    expect(iterations('--half-life', '7')).toMatchObject({ kind: 'learned', n: 6 });
  });

  it('names a line that is no trace and reads the others', () => {
    writeTraces([trace(1), '{"v":9}', trace(2), trace(3)]);
    const args = ['evolve', '--volume', volume, '--no-replay', '--min-count', '2'];
    const { code, stdout, stderr } = llmos(args);
    expect(code).toBe(0);
    expect(stderr).toMatch(/traces\.jsonl:2: "v" must be 1; found 9/);
    expect(stdout).toContain('1 pattern in 3 traces.');
  });

  it.each([
    [['--volume', 'nowhere', '--no-replay'], 'There is no folder nowhere.'],
    [['--volume', '.', '--no-replay', '--min-success', '7'], 'from 0 to 1'],
    [['--volume', '.', '--no-replay', '--days', 'all'], '--days must be a number'],
    [[], '--volume']
  ])('refuses %j', (args, message) => {
    const { code, stderr } = llmos(['evolve', ...args]);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });
});

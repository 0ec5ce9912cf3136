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

let volume: string;

const trace = (iterations: number): string =>
  JSON.stringify({
    v: 1,
    id: `t-${iterations}`,
    session: 's-1',
    user: 'ana',
    started: '2026-11-21T10:00:00.000Z',
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
    writeTraces([100, 150, 120, 130, 110].map(trace));
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

  it('writes a skill that cannot be replayed to review, once, and says why', () => {
    writeTraces([100, 150, 120, 130, 110].map(trace));
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
    expect(llmos(['evolve', '--volume', volume]).stdout).not.toContain('Wrote');
    expect(existsSync(path)).toBe(true);
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
    [['--volume', 'nowhere', '--no-replay'], 'no folder "sessions"'],
    [['--volume', '.', '--no-replay', '--min-success', '7'], 'from 0 to 1'],
    [[], '--volume']
  ])('refuses %j', (args, message) => {
    const { code, stderr } = llmos(['evolve', ...args]);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });
});

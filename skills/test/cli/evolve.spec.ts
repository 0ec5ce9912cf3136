import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildCommandLine, llmos } from './run';

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

beforeAll(buildCommandLine, 60_000);

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
    [['--volume', '.'], '--no-replay'],
    [[], '--volume']
  ])('refuses %j', (args, message) => {
    const { code, stderr } = llmos(['evolve', ...args]);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });
});

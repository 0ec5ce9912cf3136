import * as fc from 'fast-check';
import {
  formatTrace,
  parseTrace,
  parseTraces,
  type ITrace
} from '../../src/session/trace';

const RUN: ITrace = {
  v: 1,
  id: '01J6',
  session: 's-01J5',
  user: 'ana',
  started: '2026-11-21T10:00:00.000Z',
  ms: 512,
  status: 'success',
  goal: 'VQE for H2',
  trigger: 'all',
  nodes: [
    {
      id: 'c1',
      skill: 'quantum-vqe',
      version: 'sha256:aa',
      status: 'success',
      ms: 480,
      cached: false,
      inputs: {
        iterations: { type: 'integer', value: 100 },
        hamiltonian: { type: 'object', hash: 'sha256:bb', from: ['c0', 'hamiltonian'] }
      },
      outputs: { eigenvalue: { type: 'number', value: -1.137 } }
    },
    {
      id: 'c0',
      skill: null,
      code: 'sha256:cc',
      defines: ['h'],
      status: 'success',
      ms: 3,
      inputs: {},
      outputs: {}
    }
  ],
  edges: [['c0', 'hamiltonian', 'c1', 'hamiltonian']],
  env: { app: '0.1.0', python: '3.12.7', pyodide: '0.27.7' }
};
const CHAT = {
  v: 1,
  kind: 'chat',
  id: '01J7',
  session: 's-01J5',
  user: 'ana',
  started: '2026-11-21T10:00:00.000Z',
  ms: 9,
  status: 'success',
  prompt: 'Plot it',
  skills_used: ['plot-xy'],
  tools: []
};

describe('formatTrace and parseTrace', () => {
  it('gives a run back, line by line', () => {
    expect(formatTrace(RUN)).not.toContain('\n');
    expect(parseTrace(formatTrace(RUN))).toEqual(RUN);
  });

  it('gives any goal, value and unknown key back', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.jsonValue(), (goal, value) => {
        const extra: unknown = JSON.parse(JSON.stringify(value));
        const trace = { ...RUN, goal, later: extra } as ITrace;
        expect(parseTrace(formatTrace(trace))).toEqual(trace);
      })
    );
  });

  it('reads assistant turns', () => {
    expect(parseTrace(JSON.stringify(CHAT))).toEqual(CHAT);
  });

  it.each([
    ['{', 'not JSON'],
    ['[]', 'must be a JSON object'],
    [JSON.stringify({ ...RUN, v: 2 }), 'newer program'],
    [JSON.stringify({ ...RUN, id: '' }), '"id"'],
    [
      JSON.stringify({ ...RUN, status: 'done' }),
      '"status" is missing or wrong; found "done"'
    ],
    [JSON.stringify({ ...RUN, trigger: 'magic' }), '"trigger"'],
    [JSON.stringify({ ...RUN, swept: [['c1']] }), '"swept"'],
    [JSON.stringify({ ...RUN, kind: 'dance' }), '"kind"'],
    [JSON.stringify({ ...RUN, nodes: [{ id: 'c1' }] }), 'nodes[0]: "skill"'],
    [JSON.stringify({ ...RUN, nodes: [RUN.nodes[0], RUN.nodes[0]] }), 'same id'],
    [JSON.stringify({ ...RUN, edges: [['c9', 'a', 'c1', 'b']] }), 'edges[0]'],
    [JSON.stringify({ ...CHAT, tools: undefined }), '"tools"']
  ])('refuses %s', (line, message) => {
    expect(parseTrace(line)).toEqual({
      problem: expect.stringContaining(message) as unknown
    });
  });
});

describe('parseTraces', () => {
  it('reads the good lines and reports the bad one with its number', () => {
    const text = `${formatTrace(RUN)}\n\nbroken\n${JSON.stringify(CHAT)}\n`;
    const { traces, problems } = parseTraces(text);
    expect(traces.map(({ id }) => id)).toEqual(['01J6', '01J7']);
    expect(problems).toEqual([
      { line: 3, message: expect.stringContaining('not JSON') as unknown }
    ]);
  });
});

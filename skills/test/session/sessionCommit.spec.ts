import { outputArtifacts } from '../../src/session/artifacts';
import { formatCommit, parseCommit } from '../../src/session/commitMessage';
import {
  commitNotebook,
  sessionCommit,
  type ISessionContent
} from '../../src/session/sessionCommit';
import type { ITrace } from '../../src/session/trace';

const trace = (id: string, skill: string): ITrace => ({
  ...{ v: 1, id, session: 's-1', user: 'ana', ms: 1, status: 'success' },
  ...{ started: '2026-11-21T10:00:00.000Z', goal: 'VQE for H2', trigger: 'all' },
  nodes: [
    {
      ...{ id: 'a', skill, version: 'sha256:1', status: 'success', ms: 1 },
      ...{ inputs: {}, outputs: {} }
    }
  ],
  ...{ edges: [], env: {} }
});
const CONTENT: ISessionContent = {
  session: {
    ...{ v: 1, id: 's-1', name: 'Hydrogen', volume: 'user', volume_id: 'ana' },
    ...{ status: 'active', path: 'h2.ipynb', user: 'ana', metadata: {} },
    ...{ created_at: 'T', updated_at: 'T' }
  },
  messages: [],
  traces: [trace('r1', 'plot'), trace('r2', 'quantum-vqe'), trace('r3', 'plot')],
  artifacts: [{ type: 'image', name: 'figure' }]
};

describe('sessionCommit', () => {
  it('counts all, and names the skills and runs since the last commit', () => {
    const commit = sessionCommit({ ...CONTENT, told: new Set(['r2']) });
    const text = formatCommit(commit);
    expect(text).toBe(
      [
        'session: Hydrogen',
        'Prompt: VQE for H2',
        'Stats:\n- 0 messages\n- 1 artifacts generated\n- 3 traces executed',
        'Artifacts:\n- image: figure',
        '🤖 LLMunix Context Memory',
        'Session: s-1\nSkill: plot sha256:1\nRun: r1 success\nRun: r3 success'
      ].join('\n\n')
    );
    expect(parseCommit(text)).toEqual(commit);
  });

  it('tells answers of the assistant from runs', () => {
    const answer = {
      ...{ v: 1 as const, id: 'q1', session: 's-1', user: 'ana', started: 'T', ms: 1 },
      ...{ kind: 'chat' as const, status: 'success' as const, prompt: 'Why?' },
      ...{ skills_used: ['rc-filter'], tools: [] }
    };
    const traces = [...CONTENT.traces.slice(0, 1), answer];
    const { stats, trailers } = sessionCommit({ ...CONTENT, traces });
    expect(stats.traces).toBe(1);
    expect(trailers.slice(1)).toEqual([
      { key: 'Skill', value: 'plot sha256:1' },
      { key: 'Run', value: 'r1 success' },
      { key: 'Answer', value: 'q1 success' }
    ]);
  });

  it('prefers the first question of the conversation as the prompt', () => {
    const message = {
      ...{ v: 1 as const, id: '1', role: 'user' as const, content: 'Make H2' },
      ...{ timestamp: 'T', skills_used: [], traces: [], artifacts: [] }
    };
    expect(sessionCommit({ ...CONTENT, messages: [message] }).prompt).toBe('Make H2');
    expect(sessionCommit({ ...CONTENT, prompt: '' }).prompt).toBe('');
  });
});

describe('commitNotebook', () => {
  const cell = {
    ...{ cell_type: 'code', id: 'a', source: 'x', execution_count: 3 },
    outputs: [{ output_type: 'stream', name: 'stdout', text: '1' }],
    metadata: { trusted: true, keep: 1 }
  };
  const notebook = { cells: [cell], metadata: {}, nbformat: 4, nbformat_minor: 5 };

  it('keeps outputs and never trust', () => {
    expect(JSON.parse(commitNotebook(notebook, 'keep'))).toEqual({
      ...notebook,
      cells: [{ ...cell, metadata: { keep: 1 } }]
    });
  });

  it('clears outputs and counts', () => {
    expect(JSON.parse(commitNotebook(notebook, 'clear'))).toMatchObject({
      cells: [{ outputs: [], execution_count: null, source: 'x' }]
    });
  });
});

describe('outputArtifacts', () => {
  it('takes the best form of each output, named after what the cell makes', () => {
    const code = (source: string, ...data: readonly unknown[]): unknown => ({
      ...{ cell_type: 'code', source },
      outputs: data.map(item => ({ output_type: 'display_data', data: item }))
    });
    const bundle = { 'application/vnd.llmos.quantum.v1+json': { b: 1, a: 2 } };
    const png = { 'image/png': 'aGk=\n' };
    const found = outputArtifacts({
      cells: [
        code('vqe = await skill("quantum-vqe")()', { ...bundle, ...png }, png),
        code('print(1)', { 'text/plain': '1' }, png, { 'image/png': '<script>' })
      ]
    });
    expect(
      found.map(({ type, path, content }) => [
        type,
        path,
        new TextDecoder().decode(content)
      ])
    ).toEqual([
      ['quantum-circuit', 'artifacts/vqe.json', '{"a":2,"b":1}\n'],
      ['image', 'artifacts/vqe.png', 'hi'],
      ['image', 'artifacts/cell-2.png', 'hi']
    ]);
  });

  it.each([
    ['its title', 'print(1)', { title: 'H2 in STO-3G' }, 'h2-in-sto-3g'],
    ['a title of lines', 'print(1)', { title: { text: ['A', 'b'] } }, 'a-b'],
    ['the variable of its call', 'p = await skill("s")()', { title: 'T' }, 'p'],
    ['the one variable', 'fig = draw()', {}, 'fig'],
    ['the skill', 'for x in [1]:\n    y = await skill("plot-xy")(x=x)', {}, 'plot-xy'],
    ['the cell’s number', 'draw(1)', {}, 'cell-1'],
    ['the number too where a title has no letters', 'draw(1)', { title: '…' }, 'cell-1']
  ])('names a plot after %s', (_what, source, plot, name) => {
    const data = { 'application/vnd.vegalite.v5+json': plot };
    const cells = [{ cell_type: 'code', source, outputs: [{ data }] }];
    expect(outputArtifacts({ cells }).map(each => each.name)).toEqual([name]);
  });
});

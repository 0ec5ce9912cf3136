import { turnArtifacts } from '../../src/assistant/artifacts';
import { runLines } from '../../src/assistant/runLines';
import type { IToolPart } from '../../src/assistant/conversation';

const cell = (id: string, source: string, outputs: readonly unknown[] = []) => ({
  ...{ id, cell_type: 'code', source, outputs, metadata: {} }
});
const PLOT = { output_type: 'display_data', data: { 'image/png': 'aGFsbG8=' } };
const NO_FILES: ReadonlyMap<string, { bytes: number; at: string }> = new Map();
const shared = { parts: [], filesBefore: NO_FILES, filesAfter: NO_FILES };

describe('what a turn made', () => {
  it('is the cells it wrote and the outputs that are new, with their cells', () => {
    const before = { cells: [cell('a', 'x = 1'), cell('b', 'y = 2', [PLOT])] };
    const after = {
      cells: [
        cell('a', 'x = 3'),
        cell('b', 'y = 2', [PLOT]),
        cell('c', 'vqe = await skill("quantum-vqe")()', [PLOT]),
        { id: 'd', cell_type: 'markdown', source: ['# So'] }
      ]
    };
    expect(turnArtifacts({ ...shared, before, after })).toEqual([
      { type: 'code', name: 'cell-1', cell: 'a' },
      { type: 'code', name: 'vqe', cell: 'c' },
      { type: 'text', name: 'cell-4', cell: 'd' },
      { type: 'image', name: 'vqe', path: 'artifacts/vqe.png', cell: 'c' }
    ]);
    expect(turnArtifacts({ ...shared, before: after, after })).toEqual([]);
  });

  it('is skills that were written, not those that were refused', () => {
    const text =
      '---\nskill_id: half\nname: Half\ndescription: Halves.\ntype: context\n---\n\nHow to halve.\n';
    const part = (status: IToolPart['status']): IToolPart => ({
      ...{ kind: 'tool', id: '1', tool: 'create_skill', input: { text } },
      ...{ status, result: '' }
    });
    const made = (status: IToolPart['status']) =>
      turnArtifacts({ ...shared, before: null, after: null, parts: [part(status)] });
    expect(made('done')).toEqual([{ type: 'skill', name: 'half' }]);
    expect(made('refused')).toEqual([]);
  });

  it('is files that are new or were written anew', () => {
    const at = '2026-11-21T10:00:00Z';
    const filesBefore = new Map([
      ['same.csv', { bytes: 3, at }],
      ['more.csv', { bytes: 3, at }]
    ]);
    const filesAfter = new Map([
      ...filesBefore,
      ['more.csv', { bytes: 9, at }],
      ['new.png', { bytes: 5, at }]
    ]);
    const files = { filesBefore, filesAfter };
    expect(turnArtifacts({ ...shared, ...files, before: null, after: null })).toEqual([
      { type: 'table', name: 'more.csv', path: 'artifacts/more.csv', bytes: 9 },
      { type: 'image', name: 'new.png', path: 'artifacts/new.png', bytes: 5 }
    ]);
  });
});

describe('lines about runs', () => {
  it('tell the newest first, with what failed', () => {
    const run = (id: string, error?: object) =>
      JSON.stringify({
        ...{ v: 1, id, session: 's', user: 'u', started: `2026-11-21T10:00:0${id}Z` },
        ...{ ms: 12.4, status: error ? 'failed' : 'success', goal: '', trigger: 'all' },
        nodes: [
          {
            ...{ id: 'a', skill: 'quantum-vqe', ms: 1, inputs: {}, outputs: {} },
            ...{ status: error ? 'failed' : 'success', ...(error && { error }) }
          }
        ],
        ...{ edges: [], env: {} }
      });
    const text = `${run('1')}\n${run('2', { name: 'ValueError', message: 'no' })}\n`;
    expect(runLines(text)).toEqual([
      '2026-11-21T10:00:02Z failed in 12 ms: quantum-vqe failed (ValueError: no)',
      '2026-11-21T10:00:01Z success in 12 ms: quantum-vqe success'
    ]);
  });
});

import { exportedFiles, type ITrace, type ITraceNode } from '../../src';

function run(...nodes: Partial<ITraceNode>[]): ITrace {
  return {
    ...{ v: 1, id: '01J', session: 's-1', user: 'ana', ms: 5, status: 'success' },
    ...{ started: '2026-11-21T10:00:00.000Z', goal: '', trigger: 'all', env: {} },
    nodes: nodes.map((node, at) => ({
      ...{ id: `c${at}`, skill: 'export-results', status: 'success', ms: 1 },
      ...{ inputs: {}, outputs: {} },
      ...node
    })),
    edges: []
  };
}

function wrote(filename: unknown, bytes: unknown): Pick<ITraceNode, 'outputs'> {
  return {
    outputs: {
      filename: { type: 'string', value: filename },
      bytes: { type: 'integer', value: bytes }
    }
  } as Pick<ITraceNode, 'outputs'>;
}

describe('exportedFiles', () => {
  it('tells each file once, as it was written last', () => {
    const traces = [
      run(wrote('scan.csv', 10), wrote('curve.png', 900)),
      run(wrote('scan.csv', 12))
    ];
    expect(exportedFiles(traces)).toEqual([
      { name: 'curve.png', bytes: 900 },
      { name: 'scan.csv', bytes: 12 }
    ]);
  });

  it('takes no failed run, no other skill, and no name that leaves the folder', () => {
    const traces = [
      run(
        { ...wrote('failed.csv', 1), status: 'failed' },
        { ...wrote('other.csv', 1), skill: 'my-export' },
        wrote('../up.csv', 1),
        wrote('user:x.csv', 1),
        wrote('..', 1),
        wrote(7, 1),
        wrote('half.csv', null)
      )
    ];
    expect(exportedFiles(traces)).toEqual([]);
  });
});

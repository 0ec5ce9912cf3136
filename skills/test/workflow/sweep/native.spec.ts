import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import {
  buildGraph,
  findSweptCell,
  parseSweepOption,
  planSweep,
  readValues,
  sweepCode,
  sweepPoints,
  type IExecutableSkill,
  type IPort
} from '../../../src/index';

const RECORDED = join(__dirname, '../../../../kernel/py/tests/recorded');

function recorded<T>(name: string): T {
  return JSON.parse(readFileSync(join(RECORDED, name), 'utf8')) as T;
}

const port = (name: string, type: IPort['type'], unit?: string): IPort => ({
  ...{ name, type, required: false },
  ...(unit !== undefined && { unit })
});

function skillOf(id: string, outputs: readonly IPort[]): IExecutableSkill {
  return {
    ...({ kind: 'executable', type: 'python-wasm', mode: 'browser-wasm' } as const),
    ...{ id, name: id, description: '', category: 'test', keywords: [], aliases: [] },
    ...{ body: '', pure: true, inputs: [port('x', 'number')], outputs },
    ...{ code: '', codeLine: 1 }
  };
}

/** The skills of the native test, `kernel/py/tests/test_run_sweep.py`. */
const SKILLS = [
  skillOf('square', [port('y', 'number', 'V'), port('note', 'string')]),
  skillOf('next', [port('z', 'number')])
];

describe('sweeps here and of the command line', () => {
  it('have the same points, to the last bit', () => {
    interface IBrowser {
      readonly points: readonly { readonly bond_length: number }[];
    }
    const { points } = recorded<IBrowser>('browser_h2.json');
    const found = readValues('h', port('bond_length', 'number'), '0.4:2.5:24');
    expect(found.ok && found.values.map(({ value }) => value)).toEqual(
      points.map(point => point.bond_length)
    );
  });

  it('add a cell that gives the same when it is run natively', () => {
    interface ICell {
      readonly sweep: string;
      readonly cells: readonly string[];
      readonly source: string;
    }
    const { sweep, cells, source } = recorded<ICell>('sweep_cell.json');
    const graph = buildGraph(cells.map((text, at) => ({ id: `c${at}`, source: text })));
    const find = (id: string): IExecutableSkill | undefined =>
      SKILLS.find(skill => skill.id === id);
    const { cell = '', input = '', values = '' } = parseSweepOption(sweep) ?? {};
    const read = readValues('square', port(input, 'number'), values);
    const axis = {
      ...{ cell: findSweptCell(graph, cell)?.id ?? '', input },
      values: read.ok ? read.values : []
    };
    const planned = planSweep({ graph, find }, [axis]);
    if (!planned.ok) {
      throw new Error(planned.reason);
    }
    const { plan } = planned;
    const results = sweepPoints(plan).map(given => {
      const x = Number(given[0]?.value);
      return {
        values: given,
        row: { 'a.y': x * x, 'a.note': 'fine', 'b.z': x * x + 1 }
      };
    });
    const taken = graph.cells.flatMap(({ analysis }) => [
      ...analysis.defines,
      ...analysis.uses
    ]);
    expect(sweepCode({ plan, results, taken }).split('\n')).toEqual(source.split('\n'));
  });
});

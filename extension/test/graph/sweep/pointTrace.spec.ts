import '../../browser';

import { buildGraph, planSweep } from '@llmos-lab/skills';

import type { IEndedPoint } from '../../../src/graph/sweep/pointRuns';
import { pointRun } from '../../../src/graph/sweep/pointTrace';
import { entryOf } from '../../skills/fixtures';

const SQUARE = entryOf('square', {
  inputs: [{ name: 'x', type: 'number', required: false, default: 1 }],
  outputs: [{ name: 'y', type: 'number', required: false }]
});

describe('pointRun', () => {
  it('takes as long as its calls do, whenever the sweep began', () => {
    const graph = buildGraph([
      { id: 'c0', source: 'a = await skill("square")(x=1)' },
      { id: 'c1', source: 'b = await skill("square")(x=a.y)' }
    ]);
    const values = [{ value: 2, text: '2.0' }];
    const planned = planSweep({ graph, find: () => SQUARE.skill }, [
      { cell: 'c0', input: 'x', values }
    ]);
    if (!planned.ok) {
      throw new Error(planned.reason);
    }
    const call = { skill: 'square', version: 'v', inputs: {}, outputs: {}, ms: 7 };
    const point: IEndedPoint = {
      ...{ values, calls: [call, call] as never, ranHere: new Set(), row: {} },
      computed: new Map([[0, 300]])
    };
    const run = pointRun(planned.plan, point, { edges: [] }, 10_000);
    expect(run).toMatchObject({ ms: 307, startedAt: 9693, swept: [['c0', 'x']] });
  });
});

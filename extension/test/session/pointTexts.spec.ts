/** @jest-environment node */
import type { ITrace, JsonValue } from '@llmos-lab/skills';

import { pointTexts } from '../../src/session/panel/pointTexts';

function run(
  id: string,
  inputs: Readonly<Record<string, JsonValue>>,
  trigger: ITrace['trigger'] = 'sweep'
): ITrace {
  const given = Object.fromEntries(
    Object.entries(inputs).map(([name, value]) => [name, { type: 'number', value }])
  );
  const node = {
    id: 'c1',
    skill: 'vqe',
    status: 'success',
    ms: 5,
    outputs: {}
  } as const;
  const linked = { type: 'object', hash: 'sha256:0', from: ['c0', 'h'] } as const;
  return {
    ...{ v: 1, id, session: 's', user: 'ana', started: '', ms: 5 },
    ...{ status: 'success', goal: '', trigger, edges: [], env: {} },
    nodes: [{ ...node, inputs: { ...given, linked } }]
  };
}

describe('pointTexts', () => {
  it('says what differs between the points of a sweep', () => {
    const texts = pointTexts([
      run('a', { iterations: 100, bond_length: 0.5, ansatz: 'uccsd' }),
      run('b', { iterations: 100, bond_length: 0.735, ansatz: 'hea' }),
      run('c', { iterations: 200, bond_length: 9 }, 'all')
    ]);
    expect([...texts]).toEqual([
      ['a', 'bond_length = 0.5, ansatz = "uccsd"'],
      ['b', 'bond_length = 0.735, ansatz = "hea"']
    ]);
  });
});

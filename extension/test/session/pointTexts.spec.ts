/** @jest-environment node */
import type { ITrace, JsonValue } from '@llmos-lab/skills';

import { pointTexts } from '../../src/session/panel/pointTexts';

function run(
  id: string,
  inputs: Readonly<Record<string, JsonValue>>,
  swept?: readonly string[]
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
    ...{ status: 'success', goal: '', edges: [], env: {} },
    ...(swept
      ? { trigger: 'sweep', swept: swept.map(name => ['c1', name] as const) }
      : { trigger: 'all' }),
    nodes: [{ ...node, inputs: { ...given, linked } }]
  };
}

describe('pointTexts', () => {
  it('gives the values that were swept', () => {
    const swept = ['bond_length', 'ansatz'];
    const texts = pointTexts([
      run('a', { iterations: 100, bond_length: 0.5, ansatz: 'uccsd' }, swept),
      run('b', { iterations: 100, bond_length: 0.735, ansatz: 'hea' }, swept),
      run('c', { iterations: 200, bond_length: 9 })
    ]);
    expect([...texts]).toEqual([
      ['a', 'bond_length = 0.5, ansatz = "uccsd"'],
      ['b', 'bond_length = 0.735, ansatz = "hea"']
    ]);
  });

  it('leaves out what only differs between two sweeps', () => {
    const texts = pointTexts([
      run('a', { iterations: 100, bond_length: 0.5 }, ['bond_length']),
      run('b', { iterations: 100, bond_length: 0.7 }, ['bond_length']),
      run('c', { iterations: 200, bond_length: 0.5 }, ['bond_length']),
      run('d', { iterations: 300, bond_length: 0.9 }, ['iterations'])
    ]);
    expect([...texts.values()]).toEqual([
      ...['bond_length = 0.5', 'bond_length = 0.7', 'bond_length = 0.5'],
      'iterations = 300'
    ]);
  });

  it('knows the only point of a sweep, and cuts a long value', () => {
    const text = pointTexts([run('a', { atoms: 'H'.repeat(900) }, ['atoms'])]).get('a');
    expect(text).toBe(`atoms = "${'H'.repeat(38)}…`);
  });

  it('has nothing of a value of which the record has the hash alone', () => {
    expect(pointTexts([run('a', {}, ['h', 'gone'])]).size).toBe(0);
  });
});

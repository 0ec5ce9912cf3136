import '../browser';

import { nullTranslator } from '@jupyterlab/translation';
import { packComplex } from '@llmos-lab/skills';

import { readQuantum } from '../../src/mime/quantum/model';
import { drawQuantum } from '../../src/mime/quantum/quantumView';
import { blochVector, columnsOf, phaseOf } from '../../src/mime/quantum/state';

const R = Math.SQRT1_2;
const BELL = {
  title: 'Bell <pair>',
  gates: [
    { name: 'h', qubits: [0] },
    { name: 'cx', qubits: [0, 1] }
  ],
  counts: { '00': 3, '11': 1 },
  statevector: [
    [R, 0],
    [0, 0],
    [0, 0],
    [R, 0]
  ]
};
const host = document.createElement('div');
const context = { trans: nullTranslator.load('llmos'), poster: null, host };

describe('readQuantum', () => {
  it('finds the number of qubits, and reads packed states', () => {
    const packed = packComplex([1, 0, 0, 0], [0, 0, 0, 0]);
    for (const statevector of [BELL.statevector, packed]) {
      expect(readQuantum({ ...BELL, statevector })).toMatchObject({
        model: { qubits: 2, gates: [{ name: 'h' }, { name: 'cx' }] }
      });
    }
  });

  it.each([
    ['no object', 7],
    ['cannot be read', { counts: { ab: 1 } }],
    ['cannot be read', { gates: [{ name: 'h', qubits: [-1] }] }],
    ['cannot be read', { statevector: [['1', 0]] }],
    [
      'statevector cannot be read',
      { statevector: { dtype: 'complex128', base64: 'A'.repeat(2 ** 25) } }
    ],
    [
      'counts cannot be read',
      {
        counts: Object.fromEntries(
          Array.from({ length: 2 ** 17 }, (_, index) => [index.toString(2), 1])
        )
      }
    ],
    ['does not fit', { ...BELL, qubits: 3 }],
    ['0 qubits', {}]
  ])('refuses a payload: %s', (reason, payload) => {
    expect(readQuantum(payload)).toEqual({
      problem: expect.stringContaining(reason) as string
    });
  });
});

describe('state', () => {
  it('gives Bloch vectors: entangled ones are short', () => {
    const plusI = [
      { re: R, im: 0 },
      { re: 0, im: R }
    ];
    const { x, y, z } = blochVector(plusI, 0);
    expect([x, y, z].map(Math.abs)).toEqual([0, expect.closeTo(1), 0]);
    const bell = BELL.statevector.map(([re = 0, im = 0]) => ({ re, im }));
    expect(blochVector(bell, 0)).toEqual({ x: 0, y: 0, z: 0 });
  });

  it('has phases in degrees', () => {
    expect(phaseOf({ re: 0, im: -1 })).toBe(-90);
  });

  it('draws gates side by side only where their wires are free', () => {
    const on = (
      ...qubits: number[]
    ): { name: string; qubits: number[]; params: [] } => ({
      name: 'x',
      qubits,
      params: []
    });
    expect(columnsOf([on(0), on(2), on(0, 2), on(1)])).toEqual([0, 0, 1, 2]);
  });
});

describe('drawQuantum', () => {
  it('shows circuit, counts beside probabilities, amplitudes and spheres', () => {
    const made = drawQuantum(BELL, context);
    const node = 'node' in made ? made.node : host;
    expect(node.querySelector('.llmos-Mime-title')?.textContent).toBe('Bell <pair>');
    expect(node.querySelectorAll('.llmos-Quantum-circuit g')).toHaveLength(2);
    const rows = [...(node.querySelector('tbody')?.rows ?? [])].map(row =>
      [...row.cells].map(cell => cell.textContent)
    );
    expect(rows).toEqual([
      ['|00⟩', '3', '75.0 %', '50.0 %', ''],
      ['|11⟩', '1', '25.0 %', '50.0 %', '']
    ]);
    expect(node.querySelectorAll('.llmos-Quantum-bloch')).toHaveLength(2);
  });
});

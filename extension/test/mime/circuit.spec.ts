import '../browser';

import { packArray, packComplex } from '@llmos-lab/skills';

import { toCsv } from '../../src/mime/circuit/csv';
import { readCircuit, type ICircuitModel } from '../../src/mime/circuit/model';
import {
  chartOf,
  decibels,
  defaultScaling,
  phase,
  splitRuns,
  valueAt
} from '../../src/mime/circuit/panes';

const TRAN = {
  v: 1,
  title: 'RC',
  netlist: 'r1 in out 1k',
  analysis: 'tran',
  axis: 'time',
  vectors: {
    time: packArray(Float64Array.of(0, 1, 2)),
    'v(out)': packArray(Float64Array.of(0, 4, 6)),
    'i(v1)': packArray(Float64Array.of(1e-3, 0, -1e-3))
  },
  units: { time: 's', 'v(out)': 'V', 'i(v1)': 'A' },
  op: { 'v(out)': 0, 'v1#branch': 1e-3 },
  log: ''
};

function modelOf(payload: unknown): ICircuitModel {
  const reading = readCircuit(payload);
  if ('problem' in reading) {
    throw new Error(reading.problem);
  }
  return reading.model;
}

function problemOf(payload: unknown): string {
  const reading = readCircuit(payload);
  return 'problem' in reading ? reading.problem : '';
}

function acOf(re: readonly number[], im: readonly number[]): ICircuitModel {
  const frequency = packArray(Float64Array.from(re, (_, index) => 10 ** index));
  const vectors = { frequency, 'v(out)': packComplex(re, im) };
  const units = { frequency: 'Hz', 'v(out)': 'V' };
  return modelOf({ ...TRAN, analysis: 'ac', axis: 'frequency', vectors, units });
}

describe('readCircuit', () => {
  it('takes the axis apart from the traces and names units of the operating point', () => {
    const { axis, traces, op } = modelOf(TRAN);
    expect(axis?.name).toBe('time');
    expect(traces.map(trace => [trace.name, trace.unit])).toEqual([
      ['v(out)', 'V'],
      ['i(v1)', 'A']
    ]);
    expect(op.map(({ unit }) => unit)).toEqual(['V', 'A']);
  });

  it('says what is wrong with a payload', () => {
    expect(problemOf(null)).toContain('not a circuit result');
    expect(problemOf({ ...TRAN, analysis: 'pz' })).toContain('none of op, dc, ac');
    expect(problemOf({ ...TRAN, axis: 'frequency' })).toContain(
      'not among its vectors'
    );
    expect(problemOf({ ...TRAN, vectors: { time: [1, 2] } })).toContain('time');
    const bad = { dtype: 'float64', base64: '<b>' };
    expect(problemOf({ ...TRAN, vectors: { time: bad } })).toContain(
      'cannot be decoded'
    );
    const short = { ...TRAN.vectors, 'v(out)': packArray(Float64Array.of(1)) };
    expect(problemOf({ ...TRAN, vectors: short })).toContain('differ in length');
  });
});

describe('chartOf', () => {
  it('gives each unit a pane', () => {
    const model = modelOf(TRAN);
    const panes = chartOf(model, defaultScaling(model))?.panes ?? [];
    expect(panes.map(pane => [pane.title, pane.lines[0]?.label])).toEqual([
      ['Voltage', 'v(out)'],
      ['Current', 'i(v1)']
    ]);
  });

  it('shows AC as decibels and phase over a logarithmic axis', () => {
    const model = acOf([1, 0, -0.01], [0, -0.1, 0]);
    const scaling = defaultScaling(model);
    expect(scaling).toEqual({ logX: true, logY: true });
    const panes = chartOf(model, scaling)?.panes ?? [];
    expect(panes.map(({ unit }) => unit)).toEqual(['dB', '°']);
    expect([...(panes[0]?.lines[0]?.values ?? [])].map(Math.round)).toEqual([
      0, -20, -40
    ]);
    expect([...(panes[1]?.lines[0]?.values ?? [])]).toEqual([0, -90, -180]);
  });

  it('turns a falling sweep round, and splits a nested one into its runs', () => {
    expect(splitRuns(Float64Array.of(3, 2, 1))).toMatchObject({ reverse: true });
    expect(splitRuns(Float64Array.of(0, 1, 2, 0, 1, 2))).toEqual({
      start: [0, 3],
      length: 3,
      reverse: false
    });
    expect(splitRuns(Float64Array.of(0, 1, 2, 0, 1))).toBeNull();
  });
});

describe('values', () => {
  it('keeps the phase going across half a turn', () => {
    const angles = [170, 190, 350, 370].map(degrees => (degrees * Math.PI) / 180);
    const [trace] = acOf(angles.map(Math.cos), angles.map(Math.sin)).traces;
    expect(trace && [...phase(trace)].map(Math.round)).toEqual([170, 190, 350, 370]);
  });

  it('has no decibels for nothing', () => {
    const [trace] = acOf([0, 10], [0, 0]).traces;
    expect(trace && [...decibels(trace)]).toEqual([NaN, 20]);
  });

  it('interpolates between points and knows nothing outside', () => {
    const axis = Float64Array.of(0, 1, 2);
    const line = Float64Array.of(0, 4, 6);
    expect(valueAt(axis, line, 0.5)).toBe(2);
    expect(valueAt(axis, line, 2)).toBe(6);
    expect(valueAt(axis, line, 2.1)).toBeNaN();
  });
});

describe('toCsv', () => {
  it('writes names, units and every value', () => {
    expect(toCsv(modelOf(TRAN))).toBe(
      'time [s],v(out) [V],i(v1) [A]\n0,0,0.001\n1,4,0\n2,6,-0.001\n'
    );
  });

  it('writes AC values as real and imaginary columns', () => {
    expect(
      toCsv(acOf([1, 0], [0, -1]))
        .split('\n')
        .slice(0, 3)
    ).toEqual(['frequency [Hz],re v(out) [V],im v(out) [V]', '1,1,0', '10,0,-1']);
  });
});

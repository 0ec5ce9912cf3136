import {
  CIRCUIT_MIME,
  unpackArray,
  type ICircuitBundle,
  type IPort
} from '@llmos-lab/skills';
import type { IComplexArray } from '../../src/runtimes/ngspiceResult';
import { runNgspice } from '../../src/runtimes/ngspice';
import type { IOutcome } from '../../src/runtimes/outcome';
import { TestEngine } from './engine';
import { skillOf } from './skill';

jest.setTimeout(60_000);

let engine: TestEngine;
let count = 0;
beforeAll(() => {
  engine = new TestEngine();
});
afterAll(() => engine.close());

const run = (
  code: string,
  inputs: Record<string, unknown> = {},
  more: { ports?: readonly IPort[]; outputs?: readonly IPort[] } = {}
): Promise<IOutcome> => {
  const ports: readonly IPort[] =
    more.ports ?? Object.keys(inputs).map(name => ({ name, type: 'any' }));
  return runNgspice(skillOf(code, ports, more.outputs ?? []), inputs, {
    readFile: () => Promise.resolve(null),
    nonce: `n${++count}`,
    run: engine.run
  });
};

const vectors = (outcome: IOutcome): Record<string, Float64Array> =>
  outcome.outputs['vectors'] as Record<string, Float64Array>;

const RC =
  'RC\nv1 in 0 dc 1 ac 1 pulse(0 1 0 1n 1n 1 2)\nr1 in out {r}\nc1 out 0 {c}\n';

describe('an ngspice skill', () => {
  it('gives an operating point', async () => {
    const outcome = await run('t\nv1 a 0 10\nr1 a b 1k\nr2 b 0 {r}\n.op', { r: '3k' });
    expect(outcome.outputs).toMatchObject({ axis: null, analysis: 'op' });
    expect(vectors(outcome)['v(b)']?.[0]).toBeCloseTo(7.5, 9);
    expect(outcome.bundle['text/plain']).toContain('v(b) = 7.50000 V');
  });

  it('charges a capacitor as the formula says', async () => {
    const outcome = await run(`${RC}.tran 10u 5m`, { r: 1000, c: '1u' });
    const time = vectors(outcome)['time'] ?? new Float64Array();
    const out = vectors(outcome)['v(out)'] ?? new Float64Array();
    expect(outcome.outputs).toMatchObject({ axis: 'time', analysis: 'tran' });
    time.forEach((t, index) => {
      expect(Math.abs((out[index] ?? NaN) - (1 - Math.exp(-t / 1e-3)))).toBeLessThan(
        1e-3
      );
    });
  });

  it('gives complex vectors over a real frequency for AC', async () => {
    const outcome = await run(`${RC}.ac dec 10 1 100k`, { r: 1000, c: '1u' });
    const frequency = vectors(outcome)['frequency'] ?? new Float64Array();
    const out = outcome.outputs['vectors'] as Record<string, IComplexArray>;
    expect(frequency.BYTES_PER_ELEMENT).toBe(8);
    frequency.forEach((f, index) => {
      const x = 2 * Math.PI * f * 1e-3;
      expect(out['v(out)']?.re[index]).toBeCloseTo(1 / (1 + x * x), 6);
      expect(out['v(out)']?.im[index]).toBeCloseTo(-x / (1 + x * x), 6);
    });
    expect(outcome.outputs['units']).toMatchObject({ frequency: 'Hz', 'v(out)': 'V' });
  });

  it('names a DC sweep after its source', async () => {
    const outcome = await run('t\nvin a 0 1\nr1 a 0 1k\n.dc VIN 0 5 1');
    expect(outcome.outputs['axis']).toBe('vin');
    expect([...(vectors(outcome)['vin'] ?? [])]).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('gives noise densities', async () => {
    const outcome = await run(
      't\nv1 a 0 dc 0 ac 1\nr1 a b 1k\nr2 b 0 1k\n.noise v(b) v1 dec 2 1 1k'
    );
    expect(outcome.outputs).toMatchObject({ axis: 'frequency', analysis: 'noise' });
    const expected = Math.sqrt(4 * 1.380649e-23 * 300.15 * 500);
    expect((vectors(outcome)['onoise_spectrum']?.[0] ?? 0) / expected).toBeCloseTo(
      1,
      3
    );
  });

  it('answers declared outputs from measurements and vectors', async () => {
    const outputs: readonly IPort[] = [
      { name: 'rise', type: 'number' },
      { name: 'v_out', type: 'number' },
      { name: 'i_v1', type: 'array<number>' },
      { name: 'circuit', type: 'circuit' }
    ];
    const code = `${RC}.tran 10u 10m\n.meas tran rise when v(out)=0.632120559`;
    const { outputs: got } = await run(code, { r: '1k', c: '1u' }, { outputs });
    expect(got['rise']).toBeCloseTo(1e-3, 5);
    expect(got['v_out']).toBeCloseTo(1, 3);
    expect(got['i_v1']).toHaveProperty('BYTES_PER_ELEMENT', 8);
    expect(got['circuit']).toMatchObject({ v: 1, analysis: 'tran' });
    await expect(
      run(code, { r: '1k', c: '1u' }, { outputs: [{ name: 'gain', type: 'number' }] })
    ).rejects.toThrow(/Output gain: .*There are: time, v\(in\), v\(out\), i\(v1\)/);
  });

  it('shows the netlist, packed waveforms and the operating point', async () => {
    const outcome = await run(`${RC}.tran 10u 1m`, { r: 1000, c: '1u' });
    const bundle = outcome.bundle[CIRCUIT_MIME] as ICircuitBundle;
    const packed = bundle.vectors['v(out)'];
    expect(bundle.netlist).toContain('r1 in out 1k');
    expect(bundle.netlist).not.toContain('NONCE');
    expect(bundle.op).toMatchObject({ 'v(in)': 1 });
    expect([...(packed ? unpackArray(packed) : [])]).toEqual([
      ...(vectors(outcome)['v(out)'] ?? [])
    ]);
    expect(JSON.parse(JSON.stringify(bundle))).toEqual(bundle);
  });

  it('runs subcircuits, models and parameters', async () => {
    const outcome = await run(
      't\n.param gain=3\n.subckt amp in out k=1\ne1 out 0 in 0 {k}\n.ends\n' +
        '.model dm d(is=1e-14)\nv1 a 0 1\nx1 a b amp k={gain}\nr1 b c 1k\nd1 c 0 dm\n.op'
    );
    expect(vectors(outcome)['v(b)']?.[0]).toBeCloseTo(3, 9);
    expect(vectors(outcome)['v(c)']?.[0]).toBeGreaterThan(0.6);
  });

  it('keeps calls made at the same time apart', async () => {
    const values = [1, 2, 3, 4, 5];
    const outcomes = await Promise.all(
      values.map(volts => run('t\nv1 a 0 {volts}\nr1 a 0 1\n.op', { volts }))
    );
    expect(outcomes.map(outcome => vectors(outcome)['v(a)']?.[0])).toEqual(values);
  });
});

describe('a netlist that fails', () => {
  const cases: readonly (readonly [string, string, RegExp, number | undefined])[] = [
    [
      'an unknown parameter',
      't\nv1 a 0 1\nr1 a 0 1 bogus=3\n.op',
      /unknown parameter \(bogus\)/,
      12
    ],
    ['a part that lacks a value', 't\nv1 a 0 1\nr1 a 0 abc\n.op', /abc/, 12],
    ['an unknown subcircuit', 't\nv1 a 0 1\nx1 a 0 nosub\n.op', /unknown subckt/, 12],
    [
      'an undefined parameter',
      't\n.param x={y*2}\nv1 a 0 1\nr1 a 0 {x}\n.op',
      /Undefined parameter \[y\]/,
      11
    ],
    [
      'a missing .ends',
      't\n.subckt foo a b\nr1 a b 1\nv1 a 0 1\n.op',
      /Mismatch of .subckt/,
      11
    ],
    [
      'a singular matrix',
      't\nv1 a 0 1\nv2 a 0 2\nr1 a 0 1\n.op',
      /singular matrix/,
      undefined
    ],
    ['an unknown model', 't\nv1 a 0 1\nd1 a 0 nomodel\n.op', /nomodel/, 12],
    ['a bad analysis line', 't\nv1 a 0 1\nr1 a 0 1\n.tran abc', /ngspice: /, undefined]
  ];
  it.each(cases)('says so: %s', async (_name, code, message, line) => {
    const before = await run('t\nv1 a 0 42\nr1 a 0 1\n.op');
    expect(vectors(before)['v(a)']?.[0]).toBe(42);
    const failed = await run(code).then(
      () => null,
      (error: { failure: { message: string; line?: number; code: string } }) =>
        error.failure
    );
    expect(failed).toMatchObject({ code: 'ngspice-error' });
    expect(failed?.message).toMatch(message);
    if (line !== undefined) {
      expect(failed?.line).toBe(line);
    }
    const after = await run('t\nv1 a 0 43\nr1 a 0 1\n.op');
    expect(vectors(after)['v(a)']?.[0]).toBe(43);
  });

  it('rejects the part of a transient before it broke off', async () => {
    const code =
      't\nv1 a 0 pwl(0 1 1m 0 2m 0)\nb1 b 0 v=sqrt(v(a)-0.5)*1e300*1e300\nr1 b 0 1\n.tran 1u 2m';
    await expect(run(code)).rejects.toMatchObject({
      failure: { code: 'ngspice-error' }
    });
  });

  it('names the line of an input text', async () => {
    const netlist = 'title\nv1 a 0 1\nr1 a 0 1 bogus=3\n.op';
    await expect(run('{{netlist}}', { netlist })).rejects.toThrow(
      /Line 3 of input netlist: r1 a 0 1 bogus=3/
    );
  });
});

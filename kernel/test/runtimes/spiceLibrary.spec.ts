import { runNgspice } from '../../src/runtimes/ngspice';
import type { IComplexArray } from '../../src/runtimes/ngspiceResult';
import type { IOutcome } from '../../src/runtimes/outcome';
import { TestEngine } from './engine';
import { readSkill } from './library';

jest.setTimeout(60_000);

let engine: TestEngine;
let count = 0;
beforeAll(() => {
  engine = new TestEngine();
});
afterAll(() => engine.close());

const run = (id: string, inputs: Record<string, unknown> = {}): Promise<IOutcome> => {
  const { skill, defaults } = readSkill(id);
  return runNgspice(
    skill,
    { ...defaults, ...inputs },
    {
      readFile: () => Promise.resolve(null),
      nonce: `s${++count}`,
      run: engine.run
    }
  );
};

describe('spice-resistor', () => {
  it.each([
    [10, '10k', '10k', '1t'],
    [5, '4k7', '10k', '47k'],
    ['500m', '2.2meg', 1e6, 1e6]
  ])('divides %p by %p, %p and %p as Ohm says', async (vin, r1, r2, rload) => {
    const ohms: Record<string, number> = {
      '10k': 1e4,
      '4k7': 4700,
      '47k': 47e3,
      '1t': 1e12,
      '2.2meg': 2.2e6
    };
    const of = (value: number | string): number =>
      typeof value === 'number' ? value : (ohms[value] ?? NaN);
    const volts = vin === '500m' ? 0.5 : Number(vin);
    const lower = 1 / (1 / of(r2) + 1 / of(rload));
    const current = volts / (of(r1) + lower);
    const { outputs } = await run('spice-resistor', { vin, r1, r2, rload });
    expect(Number(outputs['v_out']) / (current * lower)).toBeCloseTo(1, 6);
    expect(Number(outputs['i_vin']) / -current).toBeCloseTo(1, 6);
    expect(Number(outputs['power']) / (volts * current)).toBeCloseTo(1, 6);
  });

  it('refuses a resistor that is no value', async () => {
    await expect(run('spice-resistor', { r1: 'many' })).rejects.toThrow(
      /Input r1: expected/
    );
  });
});

describe('circuit-rc-node', () => {
  it('charges as the formula says', async () => {
    const { outputs } = await run('circuit-rc-node', {
      resistance: '4k7',
      capacitance: '100n',
      voltage: 3
    });
    const vectors = outputs['vectors'] as Record<string, Float64Array>;
    const tau = 4700 * 100e-9;
    vectors['time']?.forEach((time, index) => {
      const expected = 3 * (1 - Math.exp(-time / tau));
      expect(Math.abs((vectors['v(out)']?.[index] ?? NaN) - expected)).toBeLessThan(
        3e-3
      );
    });
    expect(vectors['time']?.at(-1)).toBeCloseTo(5 * tau, 9);
  });

  it('falls to 1/√2 at the cut-off', async () => {
    const { outputs } = await run('circuit-rc-node', { analysis: 'ac' });
    const vectors = outputs['vectors'] as Record<string, IComplexArray>;
    const frequencies = outputs['vectors'] as Record<string, Float64Array>;
    frequencies['frequency']?.forEach((frequency, index) => {
      const x = 2 * Math.PI * frequency * 1e-3;
      const { re, im } = vectors['v(out)'] as IComplexArray;
      const gain = Math.hypot(re[index] ?? NaN, im[index] ?? NaN);
      expect(gain).toBeCloseTo(1 / Math.sqrt(1 + x * x), 6);
    });
  });
});

describe('spice-netlist', () => {
  it('runs a netlist with a first line that is its title', async () => {
    const netlist = 'Two resistors\nv1 a 0 6\nr1 a b 1k\nr2 b 0 2k\n.op\n.end';
    const { outputs } = await run('spice-netlist', { netlist });
    const vectors = outputs['vectors'] as Record<string, Float64Array>;
    expect(vectors['v(b)']?.[0]).toBeCloseTo(4, 9);
    expect(outputs['circuit']).toMatchObject({ title: 'Two resistors' });
  });
});

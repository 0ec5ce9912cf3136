import { differences } from './agreement';
import { TestEngine } from './engine';
import {
  decimate,
  hasNative,
  netlistNames,
  readNetlist,
  runNative,
  writeRecorded,
  type IWaveforms
} from './native';

/*
 * Waveforms of this runtime against those of the native ngspice of the machine. With
 * LLMOS_RECORD=1 the native answers are also written down for machines without it.
 */

jest.setTimeout(120_000);

let engine: TestEngine;
beforeAll(() => {
  engine = new TestEngine();
});
afterAll(() => engine.close());

const native = (name: string): IWaveforms => {
  const waveforms = runNative(readNetlist(name));
  if (process.env['LLMOS_RECORD']) {
    writeRecorded(name, decimate(waveforms));
  }
  return waveforms;
};

it('has the native program to compare with', () => {
  expect(hasNative).toBe(true);
});

it.each(netlistNames)(
  '%s agrees with native ngspice within 0.1 %% of full scale',
  async name => {
    const found = await differences(
      engine,
      readNetlist(name),
      `o-${name}`,
      native(name)
    );
    expect(found.length).toBeGreaterThan(0);
    expect(found.filter(({ share }) => !(share <= 1e-3))).toEqual([]);
  }
);

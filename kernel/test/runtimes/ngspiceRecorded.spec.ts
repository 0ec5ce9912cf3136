import { differences } from './agreement';
import { TestEngine } from './engine';
import { netlistNames, readNetlist, readRecorded } from './native';

/* The same comparison as ngspiceOracle.spec.ts, with the native answers written down. */

jest.setTimeout(120_000);

let engine: TestEngine;
beforeAll(() => {
  engine = new TestEngine();
});
afterAll(() => engine.close());

it('covers at least thirty netlists', () => {
  expect(netlistNames.length).toBeGreaterThanOrEqual(30);
});

it.each(netlistNames)('%s agrees with the recorded native waveforms', async name => {
  const found = await differences(
    engine,
    readNetlist(name),
    `r-${name}`,
    readRecorded(name)
  );
  expect(found.length).toBeGreaterThan(0);
  expect(found.filter(({ share }) => !(share <= 1e-3))).toEqual([]);
});

import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/** Pyodide boots within the test. */
jest.setTimeout(120_000);

interface IOutcome {
  readonly status: string;
  readonly ename?: string;
  /** Files of the package that are there once its loading has ended; all are 100. */
  readonly parts: number;
}

describe('a stop while a package is unpacked', () => {
  const script = join(__dirname, 'stopLoading.mjs');
  let outcomes: Readonly<Record<'stopped' | 'again' | 'computed', IOutcome>>;

  beforeAll(() => {
    const printed = execFileSync(process.execPath, [script], { encoding: 'utf8' });
    outcomes = JSON.parse(printed) as typeof outcomes;
  });

  it('stops the cell and leaves the package whole', () => {
    const stopped = { status: 'error', ename: 'KeyboardInterrupt', parts: 100 };
    expect(outcomes.stopped).toEqual(stopped);
    expect(outcomes.again).toMatchObject({ status: 'ok', parts: 100 });
  });

  it('still ends Python that computes', () => {
    expect(outcomes.computed).toMatchObject({ ename: 'KeyboardInterrupt' });
  });
});

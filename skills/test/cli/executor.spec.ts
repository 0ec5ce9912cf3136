import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Executor, type Request } from '../../cli/executor/executor';

/**
 * A process that answers as the one that runs skills: each request with its own number, and
 * after the first it cannot go on, which the output after that makes known.
 */
const CHILD = `
process.on('message', ({ type, id }) => {
  if (type === 'start') {
    process.send({ type: 'ready', python: '3', pyodide: '0' });
    return;
  }
  process.send({ type: 'outcome', id, outcome: { ok: true } });
  process.send({ type: 'failed', message: 'Out of memory.' });
  process.send({ type: 'output', output: {} });
});`;

let folder: string;
let started: number;
let executor: Executor;
let lost: Promise<void>;

function open(shell: boolean): void {
  const script = join(folder, 'child.cjs');
  writeFileSync(script, CHILD);
  let tell: () => void = () => undefined;
  lost = new Promise(resolve => (tell = resolve));
  executor = new Executor(
    {
      ...{ runtime: folder, index: '{}', shell, files: () => Promise.resolve({}) },
      ...{ onNetwork: () => undefined, onOutput: () => tell() }
    },
    () => {
      started += 1;
      const command = process.execPath;
      return Promise.resolve({ command, args: [script], hasNetwork: true });
    }
  );
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'llmos-executor-'));
  started = 0;
});
afterEach(() => {
  executor.dispose();
  rmSync(folder, { recursive: true });
});

const CELL: Request = { type: 'cell', source: 'x' };

describe('a process that ends between two requests', () => {
  it('takes the variables of a notebook with it, and the next cells say so', async () => {
    open(true);
    await executor.start();
    expect(await executor.run(CELL, 60)).toMatchObject({ kind: 'answer' });
    await lost;
    const why =
      'Python ended before this cell, and the variables of the cells above with it. ' +
      'Out of memory.';
    expect(await executor.run(CELL, 60)).toEqual({ kind: 'ended', why });
    expect(await executor.run(CELL, 60)).toEqual({ kind: 'ended', why });
    expect(started).toBe(1);
    expect(executor.versions).toEqual({ python: '3', pyodide: '0' });
  });

  it('is followed by another where each call stands alone', async () => {
    open(false);
    const replay: Request = { type: 'replay', entry: '{}', inputs: '{}' };
    expect(await executor.run(replay, 60)).toMatchObject({ kind: 'answer' });
    await lost;
    expect(await executor.run(replay, 60)).toMatchObject({ kind: 'answer' });
    expect(started).toBe(2);
  });
});

/** @jest-environment node */
import { nullTranslator } from '@jupyterlab/translation';
import type { IReplayRequest, IWorkerPool } from '@llmos-lab/kernel';
import { propose, type ICompound } from '@llmos-lab/skills';

import { LIBRARY, vqeAndPlot } from '../../../skills/test/evolution/traces';
import { createReplayer } from '../../src/evolution/replayer';

const [proposal] = propose(
  [100, 150, 120, 130, 110].map(n => vqeAndPlot(n)),
  { context: { find: id => LIBRARY.get(id), taken: () => false, date: '2026-11-21' } }
).proposals;
const compound = proposal?.compound as ICompound;
const trans = nullTranslator.load('');
const signal = new AbortController().signal;

describe('createReplayer', () => {
  it('gives the learned skill itself, as its file says it', async () => {
    let seen: IReplayRequest | undefined;
    const replay = (request: IReplayRequest) => {
      seen = request;
      return Promise.resolve([{ skill: 'a', outputs: {} }]);
    };
    const call = createReplayer({ pool: { replay }, signal, seconds: 9, trans });
    expect(await call(compound, { iterations: 3 })).toEqual({
      kind: 'done',
      calls: [{ skill: 'a', outputs: {} }]
    });
    expect(seen?.entry.skill.code).toBe(compound.skill.code);
    expect(seen?.inputs).toEqual({ iterations: 3 });
  });

  it('takes of an answer only what has its form', async () => {
    const outputs = {};
    const answer = [
      { skill: 'a', outputs, env: null },
      { skill: 'b', outputs, env: { python: 3 } },
      { skill: 'c', outputs, env: { python: '3.13' } },
      { skill: 'd', outputs: null },
      null
    ] as unknown as Awaited<ReturnType<IWorkerPool['replay']>>;
    const pool = { replay: () => Promise.resolve(answer) };
    const call = createReplayer({ pool, signal, seconds: 9, trans });
    expect(await call(compound, {})).toEqual({
      kind: 'done',
      calls: [
        { skill: 'a', outputs },
        { skill: 'b', outputs },
        { skill: 'c', outputs, env: { python: '3.13' } }
      ]
    });
  });

  it('tells failures from what could not run, and gives up in time', async () => {
    const of = (replay: IWorkerPool['replay'], seconds = 9) =>
      createReplayer({ pool: { replay }, signal, seconds, trans })(compound, {});
    expect(await of(() => Promise.reject(new Error('broken')))).toEqual({
      kind: 'failed',
      message: 'broken'
    });
    expect((await of(() => Promise.resolve(undefined))).kind).toBe('not-replayed');
    expect(await of(() => Promise.resolve('no-workers'))).toEqual({
      kind: 'not-replayed',
      why: 'Here only the kernels of notebooks run Python.'
    });
    const late = await of(
      ({ signal: limit }) =>
        new Promise((_resolve, reject) => {
          limit.addEventListener('abort', () => reject(new Error('aborted')));
        }),
      0.01
    );
    expect(late).toEqual({
      kind: 'not-replayed',
      why: 'It took longer than 0.01 s.'
    });
  });
});

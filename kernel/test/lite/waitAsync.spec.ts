import { mendWaitAsync, type IWaitAsync } from '../../src/lite/waitAsync';

const memory = (): Int32Array => new Int32Array(new SharedArrayBuffer(4));

describe('mendWaitAsync', () => {
  it('answers with a promise when the value has changed already', async () => {
    const atomics: IWaitAsync = {
      waitAsync: () => ({ async: false, value: 'not-equal' })
    };
    mendWaitAsync(atomics);
    const answer = atomics.waitAsync?.(memory(), 0, 0);
    expect(answer?.value).toBeInstanceOf(Promise);
    expect(await answer?.value).toBe('not-equal');
  });

  it('passes on a real wait', async () => {
    const atomics: IWaitAsync = {
      waitAsync: (_array, _index, _value, timeout) => ({
        async: true,
        value: Promise.resolve(timeout === 5 ? 'timed-out' : 'ok')
      })
    };
    mendWaitAsync(atomics);
    const answer = atomics.waitAsync?.(memory(), 0, 0, 5);
    expect(answer?.async).toBe(true);
    expect(await answer?.value).toBe('timed-out');
  });

  it('leaves a platform without it alone', () => {
    const atomics: IWaitAsync = {};
    mendWaitAsync(atomics);
    expect(atomics.waitAsync).toBeUndefined();
  });
});

import '../browser';

import type { ISessionContext } from '@jupyterlab/apputils';

import { glanceAtKernel } from '../../src/author/save/askKernel';

/** A session whose kernel answers so. */
function sessionOf(status: string, done: Promise<unknown>) {
  const dispose = jest.fn();
  const requestExecute = jest.fn(() => ({ done, dispose }));
  const session = {
    session: { kernel: { status, requestExecute } }
  } as unknown as ISessionContext;
  return { session, requestExecute, dispose };
}

const answer = (json: unknown) =>
  Promise.resolve({
    content: {
      status: 'ok',
      user_expressions: { asked: { status: 'ok', data: { 'application/json': json } } }
    }
  });

describe('a glance at the kernel', () => {
  afterEach(() => jest.useRealTimers());

  it('asks beside the notebook, for exactly these names', async () => {
    const facts = { x: { type: 'int', preview: '1' } };
    const { session, requestExecute } = sessionOf('idle', answer(facts));
    expect(await glanceAtKernel(session, ['x', 'a"b'])).toEqual(facts);
    expect(requestExecute).toHaveBeenCalledWith(
      expect.objectContaining({ code: '', silent: true, store_history: false })
    );
    expect(JSON.stringify(requestExecute.mock.calls)).toContain('glance([');
  });

  it('leaves a busy kernel alone', async () => {
    const { session, requestExecute } = sessionOf('busy', answer({}));
    expect(await glanceAtKernel(session, ['x'])).toBeUndefined();
    expect(requestExecute).not.toHaveBeenCalled();
  });

  it('waits no longer than a moment, and takes nothing from a kernel that is ended', async () => {
    jest.useFakeTimers();
    const { session, dispose } = sessionOf('idle', new Promise(() => undefined));
    const asked = glanceAtKernel(session, ['x']);
    await jest.advanceTimersByTimeAsync(2000);
    expect(await asked).toBeUndefined();
    expect(dispose).toHaveBeenCalled();
    const ended = sessionOf('idle', Promise.reject(new Error('Canceled')));
    expect(await glanceAtKernel(ended.session, ['x'])).toBeUndefined();
  });

  it('gives way to a signal, and takes no nonsense', async () => {
    const { session, requestExecute, dispose } = sessionOf(
      'idle',
      new Promise(() => undefined)
    );
    const stop = new AbortController();
    const asked = glanceAtKernel(session, ['x'], stop.signal);
    stop.abort();
    expect(await asked).toBeUndefined();
    expect(dispose).toHaveBeenCalled();
    expect(await glanceAtKernel(session, ['x'], stop.signal)).toBeUndefined();
    expect(requestExecute).toHaveBeenCalledTimes(1);
    const odd = { status: 'ok', data: { 'text/plain': '{not JSON' } };
    const content = { status: 'ok', user_expressions: { asked: odd } };
    const answered = sessionOf('idle', Promise.resolve({ content }));
    expect(await glanceAtKernel(answered.session, ['x'])).toBeUndefined();
  });

  it('is content with a kernel that has no such module', async () => {
    const content = { status: 'ok', user_expressions: { asked: { status: 'error' } } };
    const { session } = sessionOf('idle', Promise.resolve({ content }));
    expect(await glanceAtKernel(session, ['x'])).toBeUndefined();
  });
});

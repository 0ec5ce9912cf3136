import '../browser';

import type { ISessionContext } from '@jupyterlab/apputils';
import { runCell, type INotebookModel } from '@jupyterlab/notebook';
import type { Kernel } from '@jupyterlab/services';
import type { IServedKernel } from '@llmos-lab/kernel';
import { PromiseDelegate } from '@lumino/coreutils';

import { runWhenReady } from '../../src/notebook/runWhenReady';
import { noteServed } from '../../src/ordinary/kernels';

jest.mock('@jupyterlab/notebook', () => ({ runCell: jest.fn(() => true) }));

const ran = jest.mocked(runCell);

/** A document's session that has not begun, and what begins it. */
function session(isReady: boolean) {
  const begun = new PromiseDelegate<boolean>();
  const context = {
    isReady,
    kernelPreference: { shouldStart: true, name: 'other' },
    initialize: jest.fn(() => begun.promise)
  };
  return { context, begun };
}

const NOTEBOOK = { defaultKernelName: 'python-llmos', defaultKernelLanguage: 'python' };

function options(type: string, context: object | undefined) {
  return {
    cell: { model: { type, sharedModel: { getSource: () => '' } } },
    notebook: NOTEBOOK as INotebookModel,
    ...(context && { sessionContext: context as ISessionContext })
  } as Parameters<typeof runCell>[0];
}

beforeEach(() => ran.mockClear());

describe('runWhenReady', () => {
  test('begins the session with the kernel that the notebook names, then runs', async () => {
    const { context, begun } = session(false);
    const result = runWhenReady.runCell(options('code', context));
    expect(context.initialize).toHaveBeenCalledTimes(1);
    expect(context.kernelPreference).toEqual({
      ...{ shouldStart: true, name: 'python-llmos', language: 'python' }
    });
    expect(ran).not.toHaveBeenCalled();
    begun.resolve(false);
    await expect(result).resolves.toBe(true);
    expect(ran).toHaveBeenCalledTimes(1);
  });

  test.each([
    ['a session that is ready', options('code', session(true).context)],
    ['a cell of text', options('markdown', session(false).context)],
    ['a notebook without session', options('code', undefined)]
  ])('leaves %s as it is', async (_, given) => {
    await runWhenReady.runCell(given);
    const { sessionContext } = given;
    if (sessionContext) {
      expect(sessionContext.initialize).not.toHaveBeenCalled();
      expect(sessionContext.kernelPreference.name).toBe('other');
    }
    expect(ran).toHaveBeenCalledWith(given);
  });

  test('runs no cell that has gone meanwhile', async () => {
    const { context, begun } = session(false);
    const given = options('code', context);
    const result = runWhenReady.runCell(given);
    Object.assign(given.cell, { isDisposed: true, model: null });
    begun.resolve(false);
    await expect(result).resolves.toBe(false);
    expect(ran).not.toHaveBeenCalled();
  });

  test('waits until an ordinary kernel knows the skills', async () => {
    const told = new PromiseDelegate<void>();
    const kernel = {} as Kernel.IKernelConnection;
    const service = { state: 'starting', told: told.promise } as IServedKernel;
    noteServed(kernel, service);
    const { context } = session(true);
    const given = options('code', { ...context, session: { kernel } });
    const result = runWhenReady.runCell(given);
    expect(ran).not.toHaveBeenCalled();
    told.resolve();
    await expect(result).resolves.toBe(true);
    expect(ran).toHaveBeenCalledWith(given);
  });

  test('tells why a session could not begin', async () => {
    const { context, begun } = session(false);
    const result = runWhenReady.runCell(options('code', context));
    begun.reject(new Error('no worker'));
    await expect(result).rejects.toThrow('no worker');
    expect(ran).not.toHaveBeenCalled();
  });
});

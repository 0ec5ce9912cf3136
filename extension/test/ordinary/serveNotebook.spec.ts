import '../browser';

import { Notification } from '@jupyterlab/apputils';
import type { NotebookPanel } from '@jupyterlab/notebook';
import type { Kernel } from '@jupyterlab/services';
import { nullTranslator } from '@jupyterlab/translation';
import { serveKernel, type ServiceState } from '@llmos-lab/kernel';
import { PromiseDelegate } from '@lumino/coreutils';
import { Signal } from '@lumino/signaling';

import { whenTold } from '../../src/ordinary/kernels';
import { serveNotebook, type IServing } from '../../src/ordinary/serveNotebook';

jest.mock('@llmos-lab/kernel', () => ({ serveKernel: jest.fn() }));

/** What serves a kernel, as the test says. */
class FakeService {
  state: ServiceState = 'starting';
  readonly stateChanged = new Signal<this, void>(this);
  private readonly _told = new PromiseDelegate<void>();
  readonly told = this._told.promise;

  get isDisposed(): boolean {
    return this.state === 'gone';
  }

  become(state: ServiceState): void {
    this.state = state;
    this._told.resolve();
    this.stateChanged.emit();
  }

  dispose(): void {
    this.state = 'gone';
  }
}

/** A connection to a kernel of a server, or to one of the page. */
function kernel(ofPage = false): Kernel.IKernelConnection {
  const WebSocket = ofPage ? class {} : globalThis.WebSocket;
  return { serverSettings: { WebSocket } } as unknown as Kernel.IKernelConnection;
}

function open(source: string, first: Kernel.IKernelConnection | null) {
  const services: FakeService[] = [];
  jest.mocked(serveKernel).mockImplementation(() => {
    const service = new FakeService();
    services.push(service);
    return service;
  });
  const warning = jest.spyOn(Notification, 'warning').mockReturnValue('');
  warning.mockClear();
  const kernelChanged = new Signal<object, { newValue: unknown }>({});
  const disposed = new Signal<object, void>({});
  const cell = { type: 'code', sharedModel: { getSource: () => source } };
  const panel = {
    context: { path: 'work/my.ipynb' },
    model: { cells: [cell] },
    sessionContext: { kernelChanged, disposed, session: first && { kernel: first } }
  };
  serveNotebook(
    panel as unknown as NotebookPanel,
    {
      trans: nullTranslator.load('llmos')
    } as unknown as IServing
  );
  return { services, warning, kernelChanged, disposed };
}

describe('serveNotebook', () => {
  test('serves each kernel that the notebook gets, one after the other', () => {
    const { services, kernelChanged, disposed } = open('1', kernel());
    kernelChanged.emit({ newValue: kernel() });
    expect(services.map(({ state }) => state)).toEqual(['gone', 'starting']);
    disposed.emit();
    expect(services.map(({ state }) => state)).toEqual(['gone', 'gone']);
  });

  test('leaves kernels of the page to the page', () => {
    const { services } = open('1', kernel(true));
    expect(services).toEqual([]);
  });

  test('lets cells wait until the kernel is told', async () => {
    const served = kernel();
    const { services } = open('1', served);
    const told = whenTold(served);
    expect(told).not.toBeNull();
    services[0]?.become('served');
    await told;
    expect(whenTold(served)).toBeNull();
    expect(whenTold(kernel())).toBeNull();
    expect(whenTold(null)).toBeNull();
  });

  test('says how to install the package, where the notebook wants it', () => {
    const wants = open('from llmos import skill', kernel());
    wants.services[0]?.become('missing');
    expect(wants.warning).toHaveBeenCalledTimes(1);
    expect(wants.warning.mock.calls[0]?.[0]).toMatch(/"my\.ipynb".*pip install/);
    const other = open('import numpy', kernel());
    other.services[0]?.become('missing');
    expect(other.warning).not.toHaveBeenCalled();
  });
});

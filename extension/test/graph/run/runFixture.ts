import '../../browser';
import 'fake-indexeddb/auto';

import { CodeCell } from '@jupyterlab/cells';
import {
  NotebookActions,
  NotebookModel,
  type NotebookPanel
} from '@jupyterlab/notebook';
import { nullTranslator } from '@jupyterlab/translation';
import type { IPoolWorkerState, IRuntimeHost } from '@llmos-lab/kernel';
import { readPython } from '@llmos-lab/skills';
import { PromiseDelegate } from '@lumino/coreutils';
import { Signal } from '@lumino/signaling';

import { NotebookGraph } from '../../../src/graph/graphModel/notebookGraph';
import { RunMemory } from '../../../src/graph/run/memory';
import { NotebookRun } from '../../../src/graph/run/notebookRun';
import type { CellFuture } from '../../../src/graph/run/executions';
import type { IFinishedRun } from '../../../src/graph/run/finishedRun';
import type { ILaunchedCell } from '../../../src/graph/run/runCell';
import { HAMILTONIAN, libraryOf, VQE } from '../../skills/fixtures';

type Reply = { readonly status: 'ok' | 'error'; readonly [field: string]: unknown };

/** A request that the kernel has, and that the test answers. */
interface IRequest {
  readonly cell: string;
  readonly id: string;
  readonly source: string;
  readonly future: FakeFuture;
}

class FakeFuture {
  constructor(id: string) {
    this.msg = { header: { msg_id: id } };
  }
  readonly msg: object;
  readonly delegate = new PromiseDelegate<{ content: Reply }>();
  readonly done = this.delegate.promise;
  isDisposed = false;
  dispose(): void {
    this.isDisposed = true;
    this.delegate.reject(new Error('Canceled future'));
  }
}

/** A kernel that does what the test says: it begins with cells and ends them on demand. */
class FakeKernel {
  readonly requests: IRequest[] = [];
  /** Its socket is no real one: a kernel of the page. */
  readonly serverSettings = { WebSocket: FakeFuture };
  /** Does not begin with what it gets, as while it starts. */
  isHeld = false;
  /** Does not answer `prepare`. */
  isDeaf = false;
  interrupts = 0;
  /** How many calls each request for `prepare` was about. */
  readonly prepared: number[] = [];
  /** Key by source, for calls that can be prepared. */
  readonly keys = new Map<string, string>();
  status = 'idle';
  /** Whether the cache will answer a cell of a plan, by its source; null: only running tells. */
  readonly foretold = new Map<string, boolean | null>();
  /** How many cells each request that foretells was about. */
  readonly asked: number[] = [];

  interrupt(): Promise<void> {
    this.interrupts += 1;
    return Promise.resolve();
  }

  /** `prepare` comes this way, and questions of the ghost run. */
  requestExecute(content: { user_expressions: Record<string, string> }): FakeFuture {
    const { answer } = content.user_expressions;
    return answer === undefined ? this._prepare(content) : this._foretell(answer);
  }

  private _foretell(expression: string): FakeFuture {
    const text = /foretell\((.*)\)$/.exec(expression)?.[1];
    const said = readPython(text ?? '');
    const cells = JSON.parse(typeof said === 'string' ? said : '[]') as {
      readonly source: string;
    }[];
    this.asked.push(cells.length);
    const cached = cells.map(({ source }) => this.foretold.get(source) ?? null);
    const data = { 'application/json': { cached } };
    const future = new FakeFuture(`foretell ${++made}`);
    const reply = { status: 'ok', user_expressions: { answer: { data } } } as const;
    future.delegate.resolve({ content: reply });
    return future;
  }

  private _prepare(content: { user_expressions: Record<string, string> }): FakeFuture {
    this.prepared.push(Object.keys(content.user_expressions).length);
    const answers = Object.entries(content.user_expressions).map(([name, call]) => {
      const key = [...this.keys].find(([source]) =>
        call.includes(JSON.stringify(source).slice(1, -1))
      )?.[1];
      const data = { 'application/json': { key: key ?? null, cached: false } };
      return [name, { data }] as const;
    });
    const reply = { status: 'ok', user_expressions: Object.fromEntries(answers) };
    const future = new FakeFuture(`prepare ${++made}`);
    if (!this.isDeaf) {
      future.delegate.resolve({ content: reply as unknown as Reply });
    }
    return future;
  }
}

/** The pool's calls under way, by key. */
class FakePool {
  readonly size = 2;
  workers: readonly IPoolWorkerState[] = [{}, {}];
  readonly changed = new Signal<this, void>(this);
  readonly running = new Map<string, PromiseDelegate<void>>();

  run(key: string, signal: AbortSignal): Promise<void> {
    // Equal calls are one.
    const call = this.running.get(key) ?? new PromiseDelegate<void>();
    this.running.set(key, call);
    signal.addEventListener('abort', () => {
      this.running.delete(key);
      call.reject(new Error('stopped'));
    });
    return call.promise;
  }

  /** Says how its workers stand now. */
  tell(...workers: IPoolWorkerState[]): void {
    this.workers = workers;
    this.changed.emit();
  }

  end(key: string): void {
    this.running.get(key)?.resolve();
    this.running.delete(key);
  }
}

/** Lets all promises that are ready, and those that they make ready, go on. */
export const settle = (): Promise<void> => new Promise(resolve => setTimeout(resolve));

/** A code cell as far as a run needs one; a real one wants an editor. */
function cellOf(model: { readonly id: string }): CodeCell {
  const cell = { model, outputArea: { future: null } };
  return Object.setPrototypeOf(cell, CodeCell.prototype) as CodeCell;
}

let made = 0;

/** A notebook with a run of its own, whose kernel and pool the test drives. */
export class Setting {
  readonly kernel = new FakeKernel();
  readonly pool = new FakePool();
  readonly host = { pool: this.pool } as unknown as IRuntimeHost;
  readonly ended: IFinishedRun[] = [];
  readonly model = new NotebookModel();
  readonly run: NotebookRun;
  readonly graph: NotebookGraph;
  readonly memory = new RunMemory(`runs-${made++}`, reason => {
    throw reason;
  });

  constructor(...sources: readonly string[]) {
    const { sharedModel } = this.model;
    sharedModel.deleteCellRange(0, sharedModel.cells.length);
    sharedModel.insertCells(
      0,
      sources.map((source, at) => ({ cell_type: 'code', id: `c${at}`, source }))
    );
    const { library } = libraryOf(HAMILTONIAN, VQE);
    this.graph = new NotebookGraph(this.model, library, callback => {
      const timer = setTimeout(callback);
      return () => clearTimeout(timer);
    });
    this.run = new NotebookRun({
      context: this.panel.context,
      views: () => [this.panel],
      ...{ graph: this.graph, library, memory: this.memory },
      host: this.host,
      runCell: (_, cell) => this._runCell(cell),
      trans: nullTranslator.load(''),
      settings: { stopsAtFailure: false },
      onEnded: run => this.ended.push(run)
    });
  }

  /** Status of each cell, in the order of the notebook. */
  get statuses(): readonly (string | undefined)[] {
    return [...this.model.cells].map(({ id }) => this.run.states.get(id)?.status);
  }

  /** Cells that the kernel has and has not ended. */
  get inKernel(): readonly string[] {
    return this.kernel.requests.map(({ cell }) => cell);
  }

  /** A person runs a cell, as by Shift+Enter. */
  async byHand(cell: string): Promise<void> {
    const widget = this.panel.content.widgets.find(({ model }) => model.id === cell);
    if (!(widget instanceof CodeCell)) {
      throw new Error(`There is no code cell "${cell}".`);
    }
    const { future } = this._send(widget);
    const scheduled = NotebookActions.executionScheduled as Signal<unknown, object>;
    scheduled.emit({ notebook: this.panel.content, cell: widget });
    Object.assign(widget.outputArea, { future });
    await settle();
  }

  /** The kernel begins with its oldest request. */
  async begin(): Promise<void> {
    const [request] = this.kernel.requests;
    this._tell(request?.id, 'status', { execution_state: 'busy' });
    this._tell(request?.id, 'execute_input', { code: request?.source });
    await settle();
  }

  /** The kernel ends its oldest request; after an error it drops all others. */
  async end(reply: Reply = { status: 'ok' }): Promise<void> {
    const { requests, isHeld } = this.kernel;
    const request = requests.shift();
    if (reply.status === 'error') {
      this._tell(request?.id, 'error', { ename: reply.ename });
      requests.length = 0;
    }
    request?.future.delegate.resolve({ content: reply });
    this._tell(request?.id, 'status', { execution_state: 'idle' });
    if (requests.length > 0 && !isHeld) {
      await this.begin();
    }
    await settle();
  }

  /** A console on the same kernel runs code, and fails or not. */
  async console(code: string, error?: string): Promise<void> {
    this._tell('console', 'status', { execution_state: 'busy' });
    this._tell('console', 'execute_input', { code });
    if (error !== undefined) {
      this._tell('console', 'error', { ename: error });
      this.kernel.requests.length = 0;
    }
    this._tell('console', 'status', { execution_state: 'idle' });
    await settle();
  }

  /** The kernel goes, and a fresh one comes in its place. */
  async restart(): Promise<void> {
    const lost = this.kernel.requests.splice(0);
    this._status.emit('restarting');
    lost.forEach(({ future }) => future.dispose());
    await settle();
  }

  dispose(): void {
    this.run.dispose();
    this.graph.dispose();
    this.memory.dispose();
    this.model.dispose();
  }

  /** Sends a cell as a run does: at once, and shown by and by. */
  private _runCell(cell: CodeCell): ILaunchedCell {
    const { future } = this._send(cell);
    const ended = future.done.then(
      () => undefined,
      () => undefined
    );
    const show = (): void => {
      this.shown.push(cell.model.id);
    };
    return { future: future as unknown as CellFuture, show, ended };
  }

  private _send(cell: CodeCell): IRequest {
    const id = `m${++made}`;
    const future = new FakeFuture(id);
    const source = cell.model.sharedModel.getSource();
    const request = { cell: cell.model.id, id, source, future };
    this.kernel.requests.push(request);
    if (this.kernel.requests.length === 1 && !this.kernel.isHeld) {
      // After the page has been told that it is on the way.
      void Promise.resolve()
        .then(() => undefined)
        .then(() => this.begin());
    }
    return request;
  }

  private _tell(request: string | undefined, type: string, content: object): void {
    this._iopub.emit({
      header: { msg_type: type },
      parent_header: { msg_id: request },
      content
    });
  }

  /** Cells whose outputs the notebook has shown, in that order. */
  readonly shown: string[] = [];
  private readonly _status = new Signal<object, string>({});
  private readonly _iopub = new Signal<object, object>({});
  private readonly _widgets = new Map<string, CodeCell>();
  readonly panel = this._makePanel() as unknown as NotebookPanel;

  private _makePanel() {
    const { model } = this;
    const widgets = (): CodeCell[] =>
      [...model.cells].map(each => {
        const widget = this._widgets.get(each.id) ?? cellOf(each);
        this._widgets.set(each.id, widget);
        return widget;
      });
    const sessionContext = {
      ready: Promise.resolve(),
      session: { kernel: this.kernel },
      statusChanged: this._status,
      kernelChanged: new Signal({}),
      iopubMessage: this._iopub
    };
    return {
      isVisible: true,
      content: {
        get widgets() {
          return widgets();
        }
      },
      context: {
        path: 'a.ipynb',
        pathChanged: new Signal<object, string>({}),
        ready: Promise.resolve(),
        ...{ model, sessionContext }
      },
      sessionContext
    };
  }
}

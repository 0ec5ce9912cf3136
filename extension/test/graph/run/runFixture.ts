import '../../browser';
import 'fake-indexeddb/auto';

import { CodeCell } from '@jupyterlab/cells';
import {
  NotebookActions,
  NotebookModel,
  type NotebookPanel
} from '@jupyterlab/notebook';
import { nullTranslator } from '@jupyterlab/translation';
import type { IRuntimeHost } from '@llmos-lab/kernel';
import { PromiseDelegate } from '@lumino/coreutils';
import { Signal } from '@lumino/signaling';

import { NotebookGraph } from '../../../src/graph/graphModel/notebookGraph';
import { RunMemory } from '../../../src/graph/run/memory';
import { NotebookRun } from '../../../src/graph/run/notebookRun';
import type { IFinishedRun } from '../../../src/graph/run/record';
import { HAMILTONIAN, libraryOf, VQE } from '../../skills/fixtures';

type Reply = { readonly status: 'ok' | 'error'; readonly [field: string]: unknown };

/** A request that the kernel has, and that the test answers. */
interface IRequest {
  readonly cell: string;
  readonly id: string;
  readonly done: PromiseDelegate<{ content: Reply }>;
}

/** A kernel that does what the test says: it begins with cells and ends them on demand. */
class FakeKernel {
  readonly requests: IRequest[] = [];
  interrupts = 0;
  /** How many calls each request for `prepare` was about. */
  readonly prepared: number[] = [];
  /** Key by source, for calls that can be prepared. */
  readonly keys = new Map<string, string>();

  interrupt(): Promise<void> {
    this.interrupts += 1;
    return Promise.resolve();
  }

  /** Only `prepare` comes this way. */
  requestExecute(content: { user_expressions: Record<string, string> }): {
    done: Promise<unknown>;
  } {
    this.prepared.push(Object.keys(content.user_expressions).length);
    const answers = Object.entries(content.user_expressions).map(([name, call]) => {
      const key = [...this.keys].find(([source]) =>
        call.includes(JSON.stringify(source).slice(1, -1))
      )?.[1];
      const data = { 'application/json': { key: key ?? null, cached: false } };
      return [name, { data }] as const;
    });
    const reply = { status: 'ok', user_expressions: Object.fromEntries(answers) };
    return { done: Promise.resolve({ content: reply }) };
  }
}

/** The pool's calls under way, by key. */
class FakePool {
  readonly workers = [{}, {}];
  readonly running = new Map<string, PromiseDelegate<void>>();

  run(key: string, signal: AbortSignal): Promise<void> {
    const call = new PromiseDelegate<void>();
    this.running.set(key, call);
    signal.addEventListener('abort', () => {
      this.running.delete(key);
      call.reject(new Error('stopped'));
    });
    return call.promise;
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
      panel: this._panel as unknown as NotebookPanel,
      ...{ graph: this.graph, library, memory: this.memory },
      host: { pool: this.pool } as unknown as IRuntimeHost,
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

  /** The kernel ends its oldest request. */
  async end(reply: Reply = { status: 'ok' }): Promise<void> {
    this.kernel.requests.shift()?.done.resolve({ content: reply });
    await settle();
  }

  /** The kernel goes, and a fresh one comes in its place. */
  async restart(): Promise<void> {
    const lost = this.kernel.requests.splice(0);
    this._status.emit('restarting');
    lost.forEach(({ done }) => done.reject(new Error('Canceled future')));
    await settle();
  }

  dispose(): void {
    this.run.dispose();
    this.graph.dispose();
    this.memory.dispose();
    this.model.dispose();
  }

  private async _runCell(cell: CodeCell): Promise<void> {
    const id = `m${++made}`;
    const done = new PromiseDelegate<{ content: Reply }>();
    const future = { msg: { header: { msg_id: id } }, done: done.promise };
    const scheduled = NotebookActions.executionScheduled as Signal<unknown, object>;
    scheduled.emit({ notebook: this._panel.content, cell });
    Object.assign(cell.outputArea, { future });
    this.kernel.requests.push({ cell: cell.model.id, id, done });
    await Promise.resolve();
    this._iopub.emit({
      header: { msg_type: 'execute_input' },
      parent_header: { msg_id: id }
    });
    await done.promise;
  }

  private readonly _status = new Signal<object, string>({});
  private readonly _iopub = new Signal<object, object>({});
  private readonly _widgets = new Map<string, CodeCell>();
  private readonly _panel = this._makePanel();

  private _makePanel() {
    const { model } = this;
    const widgets = (): CodeCell[] =>
      [...model.cells].map(each => {
        const widget = this._widgets.get(each.id) ?? cellOf(each);
        this._widgets.set(each.id, widget);
        return widget;
      });
    return {
      content: {
        get widgets() {
          return widgets();
        }
      },
      context: { path: 'a.ipynb', model },
      sessionContext: {
        ready: Promise.resolve(),
        session: { kernel: this.kernel },
        statusChanged: this._status,
        kernelChanged: new Signal({}),
        iopubMessage: this._iopub
      }
    };
  }
}

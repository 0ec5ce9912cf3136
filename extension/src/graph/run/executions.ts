import { CodeCell } from '@jupyterlab/cells';
import { NotebookActions, type NotebookPanel } from '@jupyterlab/notebook';
import type { KernelMessage } from '@jupyterlab/services';
import type { IDisposable } from '@lumino/disposable';
import { Signal, type ISignal } from '@lumino/signaling';

import { errorName } from '../errorName';

/** An error that a cell ended with. */
export interface ICellError {
  readonly name: string;
  readonly message: string;
}

/** What happens to a cell that somebody runs. */
export type ExecutionEvent =
  /** Its request is on the way; `request` is its `msg_id`. */
  | { readonly type: 'sent'; readonly cell: string; readonly request: string }
  | { readonly type: 'started'; readonly cell: string; readonly request: string }
  | IEndedEvent;

/** How the request of a cell ended; `cancelled` also when the kernel went away. */
export interface IEndedEvent {
  readonly type: 'ended';
  readonly cell: string;
  readonly request: string;
  readonly status: 'success' | 'failed' | 'cancelled';
  /** Milliseconds since the kernel began with it; 0 when it did not. */
  readonly ms: number;
  readonly error?: ICellError;
}

/** Name that an interrupted request's error has, in IPython and in JupyterLite. */
const INTERRUPTS: ReadonlySet<string> = new Set([
  'KeyboardInterrupt',
  'Kernel Interrupt'
]);

interface IRequest {
  readonly cell: string;
  /** By `performance.now()`; set when the kernel begins with it. */
  startedAt?: number;
}

/**
 * Watches the executions of a notebook's cells, whoever asked for them: JupyterLab says
 * that a cell was sent, the kernel's own messages when it begins and how it ends.
 */
export class Executions implements IDisposable {
  constructor(private readonly _panel: NotebookPanel) {
    NotebookActions.executionScheduled.connect(this._onScheduled, this);
    _panel.sessionContext.iopubMessage.connect(this._onMessage, this);
  }

  get event(): ISignal<this, ExecutionEvent> {
    return this._event;
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    if (!this._isDisposed) {
      this._isDisposed = true;
      Signal.clearData(this);
    }
  }

  /** Whether the end of a request of this cell is still to come. */
  isOpen(cell: string): boolean {
    return [...this._requests.values()].some(request => request.cell === cell);
  }

  /** Requests before this are forgotten: the kernel that had them is gone. */
  forget(): void {
    this._requests.clear();
  }

  private _onScheduled(_: unknown, { notebook, cell }: IScheduled): void {
    if (notebook === this._panel.content && cell instanceof CodeCell) {
      // The request follows in the same turn; its future is the output area's.
      queueMicrotask(() => this._follow(cell));
    }
  }

  private _follow(cell: CodeCell): void {
    const future = cell.outputArea.future as typeof cell.outputArea.future | undefined;
    const request = future?.msg.header.msg_id;
    if (!future || request === undefined || this._requests.has(request)) {
      return;
    }
    const id = cell.model.id;
    this._requests.set(request, { cell: id });
    this._event.emit({ type: 'sent', cell: id, request });
    future.done.then(
      reply => this._end(request, reply.content),
      () => this._end(request, null)
    );
  }

  private _onMessage(_: unknown, message: KernelMessage.IMessage): void {
    const parent = message.parent_header;
    const id = 'msg_id' in parent ? parent.msg_id : undefined;
    const request = id === undefined ? undefined : this._requests.get(id);
    if (
      id !== undefined &&
      request?.startedAt === undefined &&
      message.header.msg_type === 'execute_input'
    ) {
      this._begin(id);
    }
  }

  private _begin(id: string): void {
    const request = this._requests.get(id);
    if (request) {
      request.startedAt = performance.now();
      this._event.emit({ type: 'started', cell: request.cell, request: id });
    }
  }

  private _end(id: string, reply: Reply | null): void {
    const request = this._requests.get(id);
    this._requests.delete(id);
    if (!request || this._isDisposed) {
      return;
    }
    const { cell, startedAt } = request;
    const ms = startedAt === undefined ? 0 : performance.now() - startedAt;
    const ended = { type: 'ended', cell, request: id, ms } as const;
    if (reply?.status === 'ok') {
      this._event.emit({ ...ended, status: 'success' });
    } else if (
      reply?.status !== 'error' ||
      INTERRUPTS.has(errorName(reply.ename)) ||
      startedAt === undefined
    ) {
      this._event.emit({ ...ended, status: 'cancelled' });
    } else {
      const error = { name: errorName(reply.ename), message: firstLine(reply.evalue) };
      this._event.emit({ ...ended, status: 'failed', error });
    }
  }

  private readonly _event = new Signal<this, ExecutionEvent>(this);
  private readonly _requests = new Map<string, IRequest>();
  private _isDisposed = false;
}

type Reply = KernelMessage.IExecuteReplyMsg['content'];

interface IScheduled {
  readonly notebook: unknown;
  readonly cell: unknown;
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}

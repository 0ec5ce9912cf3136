import type { ISessionContext } from '@jupyterlab/apputils';
import { CodeCell } from '@jupyterlab/cells';
import { NotebookActions } from '@jupyterlab/notebook';
import type { Kernel, KernelMessage } from '@jupyterlab/services';
import type { IDisposable } from '@lumino/disposable';
import { Signal, type ISignal } from '@lumino/signaling';

import { errorName, isStop, QUEUE_INTERRUPT } from '../errorName';

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
  | IEndedEvent
  /** The kernel runs code that is no cell of this notebook, such as a console's. */
  | { readonly type: 'foreign'; readonly code: string };

/** How the request of a cell ended; `cancelled` also when the kernel went away. */
export interface IEndedEvent {
  readonly type: 'ended';
  readonly cell: string;
  readonly request: string;
  readonly status: 'success' | 'failed' | 'cancelled';
  /** Milliseconds since the kernel began with it; 0 when it did not. */
  readonly ms: number;
  readonly error?: ICellError;
  /** The number that the kernel gave the run, which the notebook keeps with its result. */
  readonly count?: number;
}

/** The request of a cell, as JupyterLab follows it. */
export type CellFuture = Kernel.IShellFuture<
  KernelMessage.IExecuteRequestMsg,
  KernelMessage.IExecuteReplyMsg
>;

interface IRequest {
  readonly future: CellFuture;
  /** Undefined for a request that no cell has made. */
  readonly cell?: string;
  /** Whether the kernel has begun with it: from then on it answers. */
  hasBegun: boolean;
  /** By `performance.now()`; set when the kernel begins with its code. */
  startedAt?: number;
}

/** What is watched: the kernel of a notebook, and which views show it. */
export interface IExecutionsOptions {
  readonly sessionContext: Pick<ISessionContext, 'iopubMessage'>;
  /** Whether a notebook widget shows this notebook. */
  readonly isView: (notebook: unknown) => boolean;
  /** Whether the kernel leaves requests without an answer after an error. */
  readonly dropsQueue: () => boolean;
}

/**
 * Watches the executions of a notebook's cells, whoever asked for them: JupyterLab says
 * that a cell was sent, the kernel's own messages when it begins and how it ends.
 *
 * After an error reply JupyterLite drops what waits in the kernel's queue, whoever has
 * sent it, and answers none of it; so those requests end here.
 */
export class Executions implements IDisposable {
  constructor(private readonly _options: IExecutionsOptions) {
    NotebookActions.executionScheduled.connect(this._onScheduled, this);
    _options.sessionContext.iopubMessage.connect(this._onMessage, this);
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

  /** Cells whose end is still to come. */
  get open(): ReadonlySet<string> {
    const cells = [...this._requests.values()].map(({ cell }) => cell);
    return new Set(cells.filter(cell => cell !== undefined));
  }

  /** Follows the request that has been sent for a cell. */
  follow(cell: string, future: CellFuture): void {
    const { msg_id: request } = future.msg.header;
    if (!this._known.has(future)) {
      this._watch(future, cell);
      this._event.emit({ type: 'sent', cell, request });
    }
  }

  /** Follows a request beside the cells; it is disposed of when the kernel drops it. */
  watch(future: CellFuture): void {
    this._watch(future);
  }

  /** Requests before this are forgotten: the kernel that had them is gone. */
  forget(): void {
    this._requests.clear();
    this._failed.clear();
  }

  private _watch(future: CellFuture, cell?: string): void {
    const { msg_id: request } = future.msg.header;
    this._known.add(future);
    this._requests.set(request, {
      future,
      hasBegun: false,
      ...(cell !== undefined && { cell })
    });
    future.done.then(
      reply => this._end(request, reply.content),
      () => this._end(request, null)
    );
  }

  private _onScheduled(_: unknown, { notebook, cell }: IScheduled): void {
    if (this._options.isView(notebook) && cell instanceof CodeCell) {
      // The request follows in the same turn; its future is the output area's.
      queueMicrotask(() => {
        const future = cell.outputArea.future as CellFuture | null | undefined;
        if (future) {
          this.follow(cell.model.id, future);
        }
      });
    }
  }

  private _onMessage(_: unknown, message: KernelMessage.IMessage): void {
    const parent = message.parent_header;
    const id = 'msg_id' in parent ? parent.msg_id : undefined;
    if (id === undefined) {
      return;
    }
    const request = this._requests.get(id);
    if (request) {
      request.hasBegun = true;
    }
    const content = message.content as { readonly [name: string]: unknown };
    const { msg_type: type } = message.header;
    if (type === 'execute_input') {
      this._begin(id, request, content.code);
    } else if (type === 'error' && content.ename !== QUEUE_INTERRUPT) {
      // What is interrupted while it waits is answered, each by itself.
      this._failed.add(id);
    } else if (type === 'status' && content.execution_state === 'idle') {
      // The reply, by which the kernel drops its queue, comes before this.
      if (this._failed.delete(id)) {
        this._endWaiting();
      }
    }
  }

  private _begin(id: string, request: IRequest | undefined, code: unknown): void {
    if (!request) {
      if (typeof code === 'string' && !this._isDisposed) {
        this._event.emit({ type: 'foreign', code });
      }
    } else if (request.startedAt === undefined && request.cell !== undefined) {
      request.startedAt = performance.now();
      this._tellBegun(id, request.cell);
    }
  }

  /** The kernel does one thing at a time: the end of what it did before is told first. */
  private _tellBegun(id: string, cell: string): void {
    const before = [...this._requests].find(
      ([other, { startedAt }]) => other !== id && startedAt !== undefined
    );
    const tell = (): void => {
      if (this._requests.has(id) && !this._isDisposed) {
        this._event.emit({ type: 'started', cell, request: id });
      }
    };
    if (before) {
      before[1].future.done.then(tell, tell);
    } else {
      tell();
    }
  }

  /** Ends what the kernel has not begun with; its future is told of it too. */
  private _endWaiting(): void {
    const drops = this._options.dropsQueue();
    for (const { future, hasBegun } of [...this._requests.values()]) {
      if (drops && !hasBegun) {
        future.dispose();
      }
    }
  }

  private _end(id: string, reply: Reply | null): void {
    const request = this._requests.get(id);
    this._requests.delete(id);
    if (request?.cell === undefined || this._isDisposed) {
      return;
    }
    const { cell, startedAt } = request;
    const ms = startedAt === undefined ? 0 : performance.now() - startedAt;
    const count = reply?.status === 'aborted' ? undefined : reply?.execution_count;
    const numbered = count != null && { count };
    const ended = { type: 'ended', cell, request: id, ms, ...numbered } as const;
    if (reply?.status === 'ok') {
      this._event.emit({ ...ended, status: 'success' });
    } else if (
      reply?.status !== 'error' ||
      isStop(errorName(reply.ename)) ||
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
  private readonly _known = new WeakSet<CellFuture>();
  /** Requests whose error has come and whose end has not. */
  private readonly _failed = new Set<string>();
  private _isDisposed = false;
}

type Reply = KernelMessage.IExecuteReplyMsg['content'];

interface IScheduled {
  readonly notebook: unknown;
  readonly cell: unknown;
}

/** Letters of an error's message that are kept: it may hold a whole array, or a file. */
const MESSAGE_LIMIT = 1000;

function firstLine(text: string): string {
  const line = text.split('\n', 1)[0] ?? '';
  return line.length > MESSAGE_LIMIT ? `${line.slice(0, MESSAGE_LIMIT - 1)}…` : line;
}

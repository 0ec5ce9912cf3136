import { analyseCell, type IGraphCell, type IMade } from '@llmos-lab/skills';

import type { INotebookGraph } from '../tokens';
import { edgesInto, onlyCall } from './ended';
import type { ExecutionEvent, IEndedEvent } from './executions';
import type { Launches } from './launches';
import { learnMade, learnRun, onlySkill } from './learning';
import type { RunMemory } from './memory';
import type { PoolCalls } from './poolCalls';
import type { RunRecorder } from './recorder';
import type { ISentCell, SentCells } from './sentCells';
import type { CellStates } from './states';

/** How a cell ended that gave its values. */
interface ISuccess {
  readonly ms: number;
  readonly isComputed: boolean;
  readonly count: number | undefined;
}

/** What takes in what a kernel does. */
export interface IKernelReportsOptions {
  readonly context: { readonly path: string };
  readonly graph: Pick<INotebookGraph, 'refresh' | 'view'>;
  readonly memory: RunMemory;
  readonly states: CellStates;
  readonly pool: PoolCalls;
  readonly recorder: RunRecorder;
  readonly launches: Pick<Launches, 'has' | 'begin'>;
  readonly sent: SentCells;
  readonly cellOf: (cell: string) => IGraphCell | undefined;
  /** A cell does not end well: the kernel drops what stands behind it. */
  readonly onDropped: () => void;
  /** A cell has failed, and its state says so. */
  readonly onFailed: () => void;
}

/** Takes what the kernel does with cells into their states, the record and the memory. */
export class KernelReports {
  constructor(private readonly _options: IKernelReportsOptions) {}

  take(event: ExecutionEvent): void {
    switch (event.type) {
      case 'sent':
        return this._onSent(event.cell, event.request);
      case 'started':
        return this._onStarted(event.cell, event.request);
      case 'ended':
        return this._onEnded(event);
      case 'foreign': {
        const { defines, mutates } = analyseCell(event.code);
        const binds = [...defines, ...mutates];
        this._options.states.send({ type: 'foreign', binds });
      }
    }
  }

  /** No answer will come to what the kernel has. */
  endAll(): void {
    const { sent, recorder } = this._options;
    sent.takeAll().forEach(each => recorder.noteLost(each));
  }

  private _onSent(cell: string, request: string): void {
    const { graph, states, sent, launches, cellOf } = this._options;
    // The kernel runs what the cell is now; the graph may wait for its next frame.
    graph.refresh();
    const flow = states.schedule.flow.get(cell);
    const edges = edgesInto(graph, cell);
    sent.add(request, { cell, flow, source: cellOf(cell), edges });
    if (!launches.has(cell)) {
      states.send({ type: 'queued', cell });
    }
  }

  private _onStarted(cell: string, request: string): void {
    const { states, launches } = this._options;
    const sent = this._options.sent.get(request);
    launches.begin(cell);
    if (sent) {
      sent.startedAt = performance.now();
    }
    const startedAt = states.states.get(cell)?.startedAt ?? Date.now();
    const as = sent?.flow;
    states.send({ type: 'started', cell, ...(as && { as }) }, { startedAt });
  }

  private _onEnded(event: IEndedEvent): void {
    const { states, pool, recorder, onDropped, onFailed } = this._options;
    const { cell, request, status, error } = event;
    const sent = this._options.sent.take(request);
    if (sent?.isTakenBack) {
      return;
    }
    const calls = sent?.calls ?? [];
    const ready = pool.take(cell);
    const poolMs = ready?.code === sent?.flow?.code ? ready?.ms : undefined;
    const isComputed = poolMs !== undefined;
    const ms = poolMs ?? event.ms;
    const end = { status, ms, calls, isComputed, ...(error && { error }) };
    recorder.note(cell, sent, end);
    if (status === 'success') {
      this._onSuccess(cell, sent, { ms, isComputed, count: event.count });
      return;
    }
    onDropped();
    const message = error && `${error.name}: ${error.message}`;
    states.send({ type: status, cell }, { ms, ...(message && { message }) });
    if (status === 'failed') {
      const attempt = states.schedule.attempts.get(cell);
      const fault = attempt && { code: attempt.code, meaning: '', isFault: true };
      this._learnMade(cell, event.count, fault);
      onFailed();
    }
  }

  private _onSuccess(
    cell: string,
    sent: ISentCell | undefined,
    { ms, isComputed, count }: ISuccess
  ): void {
    const { states, memory } = this._options;
    const call = sent?.flow?.isSkill ? onlyCall(sent.calls) : undefined;
    const isCached = call?.cached === true && !isComputed;
    const key = call?.key ?? undefined;
    const facts = { isCached, ...(key !== undefined && { key }) };
    states.send({ type: 'finished', cell, ...facts }, { ms });
    const record = states.schedule.records.get(cell);
    const meaning = record?.meaning;
    this._learnMade(cell, count, record);
    const skill = sent?.source ? onlySkill(sent.source) : null;
    // A worker has its own packages, and is no kernel.
    const isFirst = !isComputed && states.noteLoaded(cell);
    learnRun(memory, { meaning, skill, ms, isFirst, ...facts });
  }

  private _learnMade(
    cell: string,
    count: number | undefined,
    made: IMade | undefined
  ): void {
    if (made && count !== undefined) {
      const { context, memory } = this._options;
      const { code, meaning, isFault } = made;
      const result = { code, meaning, count, ...(isFault && { isFault }) };
      learnMade(memory, { path: context.path, cell }, result);
    }
  }
}

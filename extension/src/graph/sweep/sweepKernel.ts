import type { TranslationBundle } from '@jupyterlab/translation';
import {
  formatPython,
  isRecord,
  type ISweepPlan,
  type ISweepValue,
  type ITracedValue,
  type JsonValue
} from '@llmos-lab/skills';

import type { INotebookRun } from '../run/tokens';

/** A call that has come to its end, as traces have it. */
export interface IPointCall {
  readonly skill: string;
  readonly version: string;
  readonly status: 'success' | 'failed';
  /** Milliseconds in the kernel: of reading the cache, where that had the result. */
  readonly ms: number;
  readonly inputs: Readonly<Record<string, ITracedValue>>;
  readonly outputs: Readonly<Record<string, ITracedValue>>;
}

/** How far a point has come; `at` is the number of a call. */
export type PointAnswer = { readonly calls: readonly IPointCall[] } & (
  | { readonly kind: 'waits'; readonly at: number; readonly key: string }
  /** Only the kernel has what the call needs; `why` says it in words. */
  | { readonly kind: 'here'; readonly at: number; readonly why: string }
  | {
      readonly kind: 'failed';
      readonly at: number;
      readonly error: { readonly name: string; readonly message: string };
    }
  | { readonly kind: 'done'; readonly row: Readonly<Record<string, JsonValue>> }
);

/** A point to take on. */
export interface IPointQuestion {
  readonly values: readonly ISweepValue[];
  /** How many of its calls the kernel answers, by the cache or by running them. */
  readonly here: number;
  /** Whether the last of these runs in the kernel: such a point is asked about alone. */
  readonly isSlow: boolean;
}

/** What the kernel does for a sweep. */
export interface ISweepKernel {
  /** Takes the variables as they are now. Rejects with a message for people. */
  begin(): Promise<void>;
  /** Takes points as far as they go without a worker. Rejects when the kernel was lost. */
  advance(points: readonly IPointQuestion[]): Promise<readonly PointAnswer[]>;
  /** Forgets the variables; resolves when the kernel is free again. */
  end(): Promise<void>;
}

/** A dropped request is made again; a kernel that drops so many does not answer at all. */
const MOST_DROPS = 5;

/** The kernel of a notebook, in which `llmos._sweep` keeps the points' variables. */
export class SweepKernel implements ISweepKernel {
  /** @param _name Tells this sweep from others in the same kernel. */
  constructor(
    private readonly _run: Pick<INotebookRun, 'ask'>,
    private readonly _plan: Pick<ISweepPlan, 'axes' | 'calls'>,
    private readonly _name: string,
    private readonly _trans: TranslationBundle
  ) {}

  async begin(): Promise<void> {
    const calls = this._plan.calls.map(({ cell, call, target }) => ({
      ...{ source: cell.source, target, callee: call.callee },
      axes: Object.fromEntries(
        this._plan.axes.flatMap((axis, at) =>
          axis.cell === cell.id ? [[axis.input, at] as const] : []
        )
      )
    }));
    const answer = await this._call('begin', { name: this._name, calls });
    if (!isRecord(answer)) {
      throw new Error(
        this._trans.__(
          'The kernel knows no sweeps. Choose the kernel Python (LLMos Lab) and try again.'
        )
      );
    }
  }

  async advance(points: readonly IPointQuestion[]): Promise<readonly PointAnswer[]> {
    const asked = points.map(({ values, here }) => ({
      values: values.map(({ text }) => text),
      here
    }));
    // What runs in the kernel was interrupted by somebody when no answer comes: not again.
    const turns = points.some(({ isSlow }) => isSlow) ? 1 : MOST_DROPS;
    const answer = await this._call(
      'advance',
      { name: this._name, points: asked },
      { awaits: true, turns }
    );
    const list = isRecord(answer) ? answer.points : undefined;
    const found = Array.isArray(list) ? list.map(readAnswer) : [];
    if (found.length !== points.length || !found.every(each => each !== null)) {
      throw new Error(
        this._trans.__(
          'The kernel was interrupted, restarted or has failed. Run the sweep again: finished points are kept.'
        )
      );
    }
    return found;
  }

  async end(): Promise<void> {
    // The answer does not matter: a kernel that is gone has forgotten it too.
    await this._run.ask({ end: expression('end', formatPython(this._name)) });
  }

  private async _call(
    method: string,
    given: object,
    { awaits = false, turns = MOST_DROPS } = {}
  ): Promise<unknown> {
    const text = formatPython(JSON.stringify(given));
    for (let turn = 0; turn < turns; turn++) {
      const asked = { answer: expression(method, text) };
      const answers = await this._run.ask(asked, { awaits });
      if (answers) {
        return answers.get('answer');
      }
    }
    return undefined;
  }
}

function expression(method: string, argument: string): string {
  return `__import__("llmos._sweep", fromlist=["${method}"]).${method}(${argument})`;
}

/** Checks an answer: notebook code runs in the kernel too. */
function readAnswer(answer: unknown): PointAnswer | null {
  if (!isRecord(answer) || !Array.isArray(answer.calls)) {
    return null;
  }
  const calls = (answer.calls as readonly unknown[]).flatMap(
    call => readCall(call) ?? []
  );
  const { at, key, why, error, row } = answer;
  if (isRecord(row)) {
    return { kind: 'done', calls, row: row as Readonly<Record<string, JsonValue>> };
  }
  if (typeof at !== 'number') {
    return null;
  }
  if (typeof key === 'string') {
    return { kind: 'waits', calls, at, key };
  }
  if (typeof why === 'string') {
    return { kind: 'here', calls, at, why };
  }
  return isRecord(error)
    ? {
        ...{ kind: 'failed', calls, at },
        error: { name: String(error.name), message: String(error.message) }
      }
    : null;
}

function readCall(call: unknown): IPointCall | null {
  if (!isRecord(call)) {
    return null;
  }
  const { skill, version, ms, inputs, outputs } = call;
  const isWhole =
    typeof skill === 'string' &&
    typeof version === 'string' &&
    isRecord(inputs) &&
    isRecord(outputs);
  return isWhole
    ? {
        ...{ skill, version },
        status: call.status === 'success' ? 'success' : 'failed',
        ms: typeof ms === 'number' ? ms : 0,
        inputs: inputs as IPointCall['inputs'],
        outputs: outputs as IPointCall['outputs']
      }
    : null;
}

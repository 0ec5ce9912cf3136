import {
  findPort,
  planSweep,
  sweepable,
  sweepPoints,
  type IPort,
  type ISweepAxis,
  type ISweepCall,
  type ISweepContext,
  type ISweepPlan
} from '@llmos-lab/skills';
import { Signal, type ISignal } from '@lumino/signaling';

import type { IForecast } from '../foretell';
import type { ISweepRequest } from '../tokens';
import { inMode, newFields, valuesOf, type IAxisFields } from './axisFields';

/** One input in the dialog, with what its fields say. */
export interface IAxisRow {
  readonly fields: IAxisFields;
  readonly port: IPort | null;
  /** What is wrong with the values, as a sentence; null when nothing is. */
  readonly fault: string | null;
}

/** What the dialog works with. */
export interface ISweepFormOptions {
  readonly context: ISweepContext;
  /** Short name of a cell. */
  readonly titleOf: (cell: string) => string;
  /** Says what a plan would do; undefined when that is not wanted any more. */
  readonly foretell: (
    plan: ISweepPlan,
    signal: AbortSignal
  ) => Promise<IForecast | undefined>;
}

/** For how long the fields must rest before a forecast is made, in milliseconds. */
const REST_MS = 400;

/** Output types that a table can show, as far as they are declared. */
const SHOWN: ReadonlySet<string> = new Set([
  ...['number', 'integer', 'boolean', 'string', 'any']
]);

/** What a person chooses to sweep, and what would come of it. */
export class SweepForm {
  constructor(
    private readonly _options: ISweepFormOptions,
    fields: readonly IAxisFields[]
  ) {
    const { context } = _options;
    this.calls = context.graph.cells.flatMap(cell => {
      const found = sweepable(context, cell);
      return found.ok && found.call.skill.inputs.length > 0 ? [found.call] : [];
    });
    this._fields = fields;
    this._read();
  }

  /** Calls whose inputs can be swept. */
  readonly calls: readonly ISweepCall[];

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  get fields(): readonly IAxisFields[] {
    return this._fields;
  }

  get rows(): readonly IAxisRow[] {
    return this._rows;
  }

  /** Null while something is wrong. */
  get plan(): ISweepPlan | null {
    return this._plan;
  }

  /**
   * The last one that was whole: what is told of it keeps its place in the dialog while a
   * value is being typed.
   */
  get latest(): ISweepPlan | null {
    return this._latest;
  }

  /** What is wrong with the whole; null where it is a single input, or nothing. */
  get fault(): string | null {
    return this._fault;
  }

  /** Null until there is one for the fields as they are. */
  get forecast(): IForecast | null {
    return this._forecast;
  }

  /** Columns that the points can have, as far as the skills declare them. */
  get columns(): readonly string[] {
    return (this._latest?.calls ?? []).flatMap(({ target, skill }) =>
      skill.outputs
        .filter(({ type }) => SHOWN.has(type))
        .map(({ name }) => `${target}.${name}`)
    );
  }

  /** Whether a column is text of any length, which the table leaves out where it is long. */
  isText(column: string): boolean {
    return (this._latest?.calls ?? []).some(({ target, skill }) =>
      skill.outputs.some(
        ({ name, type, enum: values }) =>
          type === 'string' && !values && `${target}.${name}` === column
      )
    );
  }

  isKept(column: string): boolean {
    return !this._left.has(column);
  }

  /** Keeps an output as a column, or leaves it out. */
  keep(column: string, isKept: boolean): void {
    const left = new Set(this._left);
    if (isKept) {
      left.delete(column);
    } else {
      left.add(column);
    }
    this._left = left;
    this._changed.emit();
  }

  /** What to run; null while something is wrong. */
  get request(): ISweepRequest | null {
    const kept = this.columns.filter(column => this.isKept(column));
    const columns = this._left.size === 0 ? null : kept;
    return this._plan && { axes: this._plan.axes, columns };
  }

  /** Short name of a cell. */
  titleOf(cell: string): string {
    return this._options.titleOf(cell);
  }

  /** Takes another input in place of one. */
  choose(at: number, cell: string, input: string): void {
    const fields = this._newFields(cell, input);
    if (fields) {
      this._set(this._fields.map((old, index) => (index === at ? fields : old)));
    }
  }

  /** Changes what is typed for an input. */
  edit(at: number, change: Partial<IAxisFields>): void {
    this._set(
      this._fields.map((old, index) => {
        if (index !== at) {
          return old;
        }
        const { call, port } = this._find(old.cell, old.input);
        return change.mode !== undefined && call && port
          ? inMode(call, port, old, change.mode)
          : { ...old, ...change };
      })
    );
  }

  /** Whether an input is left that is not swept yet. */
  get canAdd(): boolean {
    return this._nextFields() !== null;
  }

  /** Adds the next input that is not swept yet, of the same cell if there is one. */
  add(): void {
    const fields = this._nextFields();
    if (fields) {
      this._set([...this._fields, fields]);
    }
  }

  /** Takes an input out again. */
  remove(at: number): void {
    this._set(this._fields.filter((_, index) => index !== at));
  }

  /** Makes a first forecast, and new ones from then on. */
  begin(): void {
    this._foretellSoon();
  }

  dispose(): void {
    clearTimeout(this._timer);
    this._asked.abort();
    Signal.clearData(this);
  }

  private _nextFields(): IAxisFields | null {
    const taken = new Set(this._fields.map(({ cell, input }) => `${cell} ${input}`));
    const cells = new Set(this._fields.map(({ cell }) => cell));
    const near = [
      ...this.calls.filter(({ cell }) => cells.has(cell.id)),
      ...this.calls.filter(({ cell }) => !cells.has(cell.id))
    ];
    for (const { cell, skill } of near) {
      const free = skill.inputs.find(({ name }) => !taken.has(`${cell.id} ${name}`));
      if (free) {
        return this._newFields(cell.id, free.name);
      }
    }
    return null;
  }

  private _newFields(cell: string, input: string): IAxisFields | null {
    const { call, port } = this._find(cell, input);
    return call && port ? newFields(call, port) : null;
  }

  private _find(
    cell: string,
    input: string
  ): { readonly call?: ISweepCall; readonly port: IPort | null } {
    const call = this.calls.find(each => each.cell.id === cell);
    const port = call && findPort(call, input);
    return { ...(call && { call }), port: port && 'name' in port ? port : null };
  }

  private _set(fields: readonly IAxisFields[]): void {
    this._fields = fields;
    this._read();
    this._changed.emit();
    this._foretellSoon();
  }

  private _read(): void {
    const axes: ISweepAxis[] = [];
    this._rows = this._fields.map(fields => {
      const { cell, input, mode, scale } = fields;
      const { call, port } = this._find(cell, input);
      const found = call && port ? valuesOf(call, port, fields) : null;
      if (found?.ok) {
        const isLog = mode === 'range' && scale === 'log';
        axes.push({ cell, input, values: found.values, isLog });
      }
      return { fields, port, fault: found?.ok === false ? found.reason : null };
    });
    const isWhole = axes.length === this._fields.length;
    const planned = isWhole ? planSweep(this._options.context, axes) : null;
    this._plan = planned?.ok ? planned.plan : null;
    this._latest = this._plan ?? this._latest;
    this._fault = planned?.ok === false ? planned.reason : null;
  }

  private _foretellSoon(): void {
    clearTimeout(this._timer);
    this._asked.abort();
    this._forecast = null;
    const asked = (this._asked = new AbortController());
    const plan = this._plan;
    if (plan) {
      this._timer = setTimeout(() => {
        // One at a time: each looks whether the kernel is idle.
        this._told = this._told.then(() => this._foretell(plan, asked.signal));
      }, REST_MS);
    }
  }

  private async _foretell(plan: ISweepPlan, signal: AbortSignal): Promise<void> {
    const forecast = signal.aborted
      ? undefined
      : await this._options.foretell(plan, signal).catch(() => unforetold(plan));
    if (forecast && !signal.aborted) {
      this._forecast = forecast;
      this._changed.emit();
    }
  }

  private readonly _changed = new Signal<this, void>(this);
  private _fields: readonly IAxisFields[];
  private _rows: readonly IAxisRow[] = [];
  private _plan: ISweepPlan | null = null;
  private _latest: ISweepPlan | null = null;
  private _fault: string | null = null;
  private _left: ReadonlySet<string> = new Set();
  private _forecast: IForecast | null = null;
  private _timer: ReturnType<typeof setTimeout> | undefined;
  private _asked = new AbortController();
  /** Resolves when no forecast is under way. */
  private _told: Promise<void> = Promise.resolve();
}

/** What is known of a sweep when nobody could say more: how many points and calls. */
function unforetold(plan: ISweepPlan): IForecast {
  const points = sweepPoints(plan).length;
  const calls = points * plan.calls.length;
  return { points, calls, above: 0, cached: null, expectedMs: null, startMs: 0 };
}

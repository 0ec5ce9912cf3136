import type { TranslationBundle } from '@jupyterlab/translation';
import {
  advance,
  freshness,
  newSchedule,
  readFlow,
  statuses,
  versionWithMembers,
  type ICalledSkill,
  type ISchedule,
  type ScheduleEvent
} from '@llmos-lab/skills';
import type { IDisposable } from '@lumino/disposable';
import { Signal, type ISignal } from '@lumino/signaling';

import type { ISkillLibrary } from '../../tokens';
import type { INotebookGraph } from '../tokens';
import { KernelLoad, type IKernelTime } from './kernelLoad';
import { expectedMs, loadedTime, onlySkill } from './learning';
import type { RunMemory } from './memory';
import { reasonText } from './reasons';
import type { ICellState } from './tokens';

/** What is known of a cell's latest run beside its status. */
export interface IRunFacts {
  readonly ms?: number;
  readonly startedAt?: number;
  readonly note?: string;
  readonly message?: string;
}

/** What the states of a notebook's cells are made from. */
export interface ICellStatesOptions {
  readonly graph: INotebookGraph;
  readonly library: ISkillLibrary;
  readonly memory: RunMemory;
  readonly trans: TranslationBundle;
}

/** How each cell of a notebook stands: the schedule, in the words that views show. */
export class CellStates implements IDisposable {
  constructor(private readonly _options: ICellStatesOptions) {
    const { graph, library, memory } = _options;
    this._load = new KernelLoad(memory);
    graph.analysed.connect(this._onGraph, this);
    library.changed.connect(this._onLibrary, this);
    void memory.ready.then(() => this._show());
    this._onGraph();
  }

  get schedule(): ISchedule {
    return this._schedule;
  }

  get states(): ReadonlyMap<string, ICellState> {
    return this._states;
  }

  /** Emits the ids of the cells whose state has changed. */
  get changed(): ISignal<this, ReadonlySet<string>> {
    return this._changed;
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

  /** Takes an event in, with what is known of its cell's run from now on. */
  send(event: ScheduleEvent, facts?: IRunFacts): void {
    if (this._isDisposed) {
      return;
    }
    if ('cell' in event && facts) {
      this._facts.set(event.cell, facts);
    }
    if (event.type === 'restarted') {
      this._load.forget();
    }
    this._schedule = advance(this._schedule, event);
    this._show();
  }

  /** Says what a running cell's worker does before it can run; undefined when it runs. */
  note(cell: string, note: string | undefined): void {
    const { note: before, ...facts } = this._facts.get(cell) ?? {};
    if (before !== note) {
      this._facts.set(cell, { ...facts, ...(note !== undefined && { note }) });
      this._show();
    }
  }

  /** A cell's short name. */
  titleOf(id: string): string {
    const { nodes } = this._options.graph.view;
    const title = nodes.find(node => node.id === id)?.title;
    return title ?? this._options.trans.__('a deleted cell');
  }

  /** Milliseconds that a cell's computation takes at most, as a run is arranged by. */
  expectedMs(id: string): number | undefined {
    const cell = this._schedule.flow.get(id);
    return cell && expectedMs(this._options.memory, cell, this._skills.get(id) ?? null);
  }

  /** How long a cell would take in the kernel once the cells of `before` have run. */
  inKernel(id: string, before: Set<string>, { isCached = false } = {}): IKernelTime {
    const cell = this._schedule.flow.get(id);
    if (!cell) {
      return { time: undefined, isOpen: false, isMost: false };
    }
    const skill = this._skills.get(id) ?? null;
    // Packages that are loaded already are no work any more.
    const usual = isCached ? undefined : loadedTime(this._options.memory, cell, skill);
    return this._load.timeOf({ cell, skill, isCached }, usual, before);
  }

  /** Notes that the kernel has run a cell; gives whether it had to load what that needs. */
  noteLoaded(id: string): boolean {
    const cell = this._schedule.flow.get(id);
    return !!cell && this._load.note({ cell, skill: this._skills.get(id) ?? null });
  }

  /** Whether a cell only calls a skill whose results the cache keeps. */
  isKept(id: string): boolean {
    const name = this._skills.get(id);
    const skill = name === undefined ? null : this._options.library.get(name)?.skill;
    const isPure = skill?.kind === 'executable' && skill.pure;
    return isPure && this._schedule.flow.get(id)?.isSkill === true;
  }

  /** The graph is analysed anew after each change of the library. */
  private _onLibrary(): void {
    this._versions.clear();
  }

  private _onGraph(): void {
    const { graph } = this._options.graph;
    this._skills = new Map(
      graph.cells.flatMap(cell => {
        const skill = onlySkill(cell);
        return skill === null ? [] : [[cell.id, skill] as const];
      })
    );
    for (const { skill } of graph.cells.flatMap(({ calls }) => calls)) {
      const called = this._versions.has(skill) ? undefined : this._skill(skill);
      if (called) {
        const version = versionWithMembers(called, name => this._skill(name));
        this._versions.set(skill, version);
      }
    }
    this.send({ type: 'edited', flow: readFlow(graph, this._versions) });
  }

  private _skill(name: string): ICalledSkill | undefined {
    const { skill, version } = this._options.library.get(name) ?? {};
    return skill?.kind === 'executable' && version !== undefined
      ? { id: skill.id, type: skill.type, code: skill.code, version }
      : undefined;
  }

  private _show(): void {
    const before = this._states;
    const { flow } = this._schedule;
    const fresh = freshness(this._schedule);
    const changed = new Set([...before.keys()].filter(id => !fresh.has(id)));
    this._states = new Map(
      [...statuses(this._schedule, fresh)].map(([id, status]) => {
        const reason = fresh.get(id) ?? null;
        const cell = flow.get(id);
        const skill = this._skills.get(id) ?? null;
        const usual = cell && loadedTime(this._options.memory, cell, skill);
        const state: ICellState = {
          status,
          ...shown(status, this._facts.get(id)),
          ...(usual ? { expectedMs: usual.ms } : this._atMost(id)),
          ...(reason && SHOWS_REASON.has(status) && { reason: this._text(reason) })
        };
        const old = before.get(id);
        if (old && isSame(old, state)) {
          return [id, old];
        }
        changed.add(id);
        return [id, state];
      })
    );
    if (changed.size > 0 && !this._isDisposed) {
      this._changed.emit(changed);
    }
  }

  private _atMost(id: string): Pick<ICellState, 'mostMs'> {
    const ms = this.expectedMs(id);
    return ms === undefined ? {} : { mostMs: ms };
  }

  private _text(reason: Parameters<typeof reasonText>[0]): string {
    return reasonText(reason, id => this.titleOf(id), this._options.trans);
  }

  private readonly _changed = new Signal<this, ReadonlySet<string>>(this);
  private readonly _facts = new Map<string, IRunFacts>();
  private readonly _load: KernelLoad;
  private _schedule = newSchedule();
  private _states: ReadonlyMap<string, ICellState> = new Map();
  private _skills: ReadonlyMap<string, string> = new Map();
  /** Of the skills that are called, with those that they call in turn. */
  private readonly _versions = new Map<string, string>();
  private _isDisposed = false;
}

const SHOWS_REASON: ReadonlySet<string> = new Set(['stale', 'blocked', 'cancelled']);

/** Facts that go with a status: a waiting cell has no error and no time. */
function shown(status: ICellState['status'], facts: IRunFacts = {}): IRunFacts {
  const { ms, startedAt, note, message } = facts;
  switch (status) {
    case 'running':
      return {
        ...(startedAt !== undefined && { startedAt }),
        ...(note !== undefined && { note })
      };
    case 'failed':
      return { ...(ms !== undefined && { ms }), ...(message && { message }) };
    case 'done':
    case 'cached':
    case 'stale':
      return ms === undefined ? {} : { ms };
    case 'idle':
    case 'waiting':
    case 'blocked':
    case 'cancelled':
      return {};
  }
}

function isSame(a: ICellState, b: ICellState): boolean {
  return (
    a.status === b.status &&
    a.ms === b.ms &&
    a.startedAt === b.startedAt &&
    a.expectedMs === b.expectedMs &&
    a.mostMs === b.mostMs &&
    a.note === b.note &&
    a.message === b.message &&
    a.reason === b.reason
  );
}

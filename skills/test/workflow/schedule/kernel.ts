import { buildGraph, type IGraph } from '../../../src/workflow/graph';
import { advance, type ScheduleEvent } from '../../../src/workflow/schedule/events';
import { readFlow } from '../../../src/workflow/schedule/flow';
import { planRun } from '../../../src/workflow/schedule/plan';
import { predictCached } from '../../../src/workflow/schedule/predict';
import { readyCells } from '../../../src/workflow/schedule/ready';
import { newSchedule, type ISchedule } from '../../../src/workflow/schedule/state';
import type { RunChoice } from '../../../src/workflow/schedule/status';

export interface ITestCell {
  readonly id: string;
  readonly source: string;
}

/** Names and values of a kernel; a value is the text of how it was computed. */
type Names = Map<string, string>;

/** What running a cell's source in these names gives; a source with `boom` fails. */
export function execute(graph: IGraph, id: string, names: Names): string | null {
  const cell = graph.cells.find(each => each.id === id);
  if (!cell) {
    return null;
  }
  const { uses, defines, mutates, plainImports } = cell.analysis;
  const [call] = cell.calls;
  const text = call ? cell.source.slice(call.start, call.end) : cell.source;
  const value = hash(`${text}(${uses.map(name => names.get(name) ?? '?').join()})`);
  const changed = [...new Set([...defines, ...mutates])].filter(
    name => !plainImports.has(name)
  );
  plainImports.forEach((imported, name) => names.set(name, `import ${imported}`));
  const fails = cell.source.includes('boom');
  // A cell that fails has done the first half of its work.
  changed.slice(0, fails ? 1 : changed.length).forEach(name => {
    names.set(name, fails ? `half of ${id}` : call ? value : hash(`${value} ${name}`));
  });
  return fails ? null : value;
}

function hash(text: string): string {
  let sum = 7;
  for (const char of text) {
    sum = (Math.imul(sum, 31) + char.charCodeAt(0)) | 0;
  }
  return `#${sum >>> 0}`;
}

/** What every cell gives from top to bottom in a new kernel, and the names at the end. */
export function fromTop(cells: readonly ITestCell[]): {
  readonly values: ReadonlyMap<string, string | null>;
  readonly names: Names;
} {
  const graph = buildGraph(cells);
  const names: Names = new Map();
  const values = new Map(cells.map(({ id }) => [id, execute(graph, id, names)]));
  return { values, names };
}

/** Cells that read only what cells above give them, near and far. */
export function soundCells(cells: readonly ITestCell[]): ReadonlySet<string> {
  const graph = buildGraph(cells);
  const sound = new Set<string>();
  for (const { id, analysis } of graph.cells) {
    const needs = graph.edges.filter(edge => edge.to === id);
    const isSound =
      needs.every(({ from, late }) => !late && sound.has(from)) &&
      analysis.uses.every(
        use => use === 'skill' || needs.some(({ name }) => name === use)
      );
    if (isSound) {
      sound.add(id);
    }
  }
  return sound;
}

/** A notebook with its kernel, its cache and its schedule, driven by hand. */
export class TestNotebook {
  constructor(cells: readonly ITestCell[]) {
    this.cells = cells;
    this.edit(cells);
  }

  edit(cells: readonly ITestCell[]): void {
    this.cells = cells;
    this.graph = buildGraph(cells);
    this.send({ type: 'edited', flow: readFlow(this.graph, new Map()) });
  }

  send(event: ScheduleEvent): void {
    this.schedule = advance(this.schedule, event);
  }

  /** Plans a run; gives the planned cells and those that should come from the cache. */
  plan(choice: RunChoice): {
    readonly cells: readonly string[];
    readonly cached: ReadonlySet<string>;
  } {
    const entries = planRun(this.schedule, choice);
    const inCache = [...this.keys].filter(([, key]) => this.cache.has(key));
    return {
      cells: entries.filter(({ isPlanned }) => isPlanned).map(({ id }) => id),
      cached: predictCached(
        this.schedule,
        entries,
        new Set(inCache.map(([meaning]) => meaning))
      )
    };
  }

  /** Runs one cell whole, as the kernel does. */
  runCell(id: string): void {
    this.send({ type: 'started', cell: id });
    this.ran.push(id);
    const value = execute(this.graph, id, this.names);
    const cell = this.schedule.flow.get(id);
    if (value === null) {
      this.send({ type: 'failed', cell: id });
    } else if (cell?.isSkill) {
      const isCached = this.cache.has(value);
      this.cache.add(value);
      this.send({ type: 'finished', cell: id, key: value, isCached });
      const meaning = this.schedule.records.get(id)?.meaning;
      if (meaning !== undefined) {
        this.keys.set(meaning, value);
      }
      this.values.set(id, value);
      if (isCached) {
        this.answered.push(id);
      }
    } else {
      this.send({ type: 'finished', cell: id });
      this.values.set(id, value);
    }
  }

  /** Starts a run and takes it to its end; `pick` chooses among the ready cells. */
  run(choice: RunChoice, pick: (count: number) => number): void {
    this.send({ type: 'planned', cells: this.plan(choice).cells });
    while (this.schedule.active.size > 0) {
      const ready = readyCells(this.schedule);
      const cell = ready[pick(ready.length)];
      if (cell === undefined) {
        throw new Error('Cells wait, and none may start.');
      }
      this.runCell(cell);
    }
  }

  restart(): void {
    this.names.clear();
    this.send({ type: 'restarted' });
  }

  cells: readonly ITestCell[];
  /** Those that were deleted, and may come back. */
  readonly deleted: ITestCell[] = [];
  graph: IGraph = { cells: [], edges: [] };
  schedule: ISchedule = newSchedule();
  /** Cells in the order in which they ran, and those answered from the cache. */
  readonly ran: string[] = [];
  readonly answered: string[] = [];
  readonly values = new Map<string, string>();
  readonly names: Names = new Map();
  readonly cache = new Set<string>();
  /** By the meaning of a cell, the key of its call. */
  readonly keys = new Map<string, string>();
}

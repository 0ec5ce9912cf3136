import type { TranslationBundle } from '@jupyterlab/translation';
import type { IRuntimeHost } from '@llmos-lab/kernel';
import {
  planRun,
  predictCached,
  type CellStatus,
  type IGraphCell,
  type IPlanEntry,
  type ISchedule,
  type RunChoice
} from '@llmos-lab/skills';

import type { ForetoldCell } from './foretellCalls';
import { forecast } from './forecast';
import { cellName } from './learning';
import type { RunMemory } from './memory';
import type { PoolCalls } from './poolCalls';
import { reasonText } from './reasons';
import type { CellStates } from './states';
import type { ICellState, IPlannedCell, IRunPlan } from './tokens';

/** The cells that a choice runs, in document order. */
export function plannedIds(schedule: ISchedule, choice: RunChoice): readonly string[] {
  return planRun(schedule, choice)
    .filter(({ isPlanned }) => isPlanned)
    .map(({ id }) => id);
}

/**
 * How many cells "Run stale" would run now; 0 while they have only never run, which is
 * not stale.
 */
export function countStale(
  schedule: ISchedule,
  states: ReadonlyMap<string, ICellState>
): number {
  const isAny = [...states.values()].some(({ status }) => STALE.has(status));
  return isAny ? plannedIds(schedule, { kind: 'stale' }).length : 0;
}

const STALE: ReadonlySet<CellStatus> = new Set<CellStatus>([
  'stale',
  'failed',
  'blocked',
  'cancelled'
]);

/** What a plan is read from. */
export interface IPlanParts {
  readonly choice: RunChoice;
  readonly states: CellStates;
  readonly memory: RunMemory;
  readonly host: IRuntimeHost | null;
  readonly pool: PoolCalls;
  readonly trans: TranslationBundle;
  readonly cellOf: (id: string) => IGraphCell | undefined;
  /** Asks the kernel which of these cells, from top to bottom, the cache will answer. */
  readonly foretell: (
    cells: readonly ForetoldCell[]
  ) => Promise<ReadonlyMap<string, boolean>>;
}

/** What a run would do, in words, with what the cache would answer. */
export async function readPlan(parts: IPlanParts): Promise<IRunPlan> {
  const { choice, states, trans } = parts;
  const { schedule } = states;
  const entries = planRun(schedule, choice);
  const keys = rememberedKeys(parts, entries);
  const known = await knownMeanings(parts, keys);
  const cached = predictCached(schedule, entries, known);
  const planned = entries.filter(({ isPlanned }) => isPlanned).map(({ id }) => id);
  const foretold = planned.every(id => cached.has(id) || !states.isKept(id))
    ? new Map<string, boolean>()
    : await parts.foretell(foretoldCells(parts, planned));
  const mayKnow = await holdsAny(parts);
  const loaded = new Set<string>();
  const unloaded = new Set<string>();
  const cells = new Map(
    entries.map(({ id, isPlanned, reason }): [string, IPlannedCell] => {
      const why = reasonText(reason, cell => states.titleOf(cell), trans);
      if (!isPlanned) {
        return [id, { action: 'keep', why }];
      }
      const isCached = foretold.get(id) ?? cached.has(id);
      const kernel = states.inKernel(id, loaded, { isCached });
      const time = kernel.time ? { expectedMs: kernel.time.ms } : {};
      if (kernel.isOpen) {
        unloaded.add(id);
      }
      const isNew = reason.code === 'never-run' && ({ isNew: true } as const);
      if (isCached) {
        return [id, { action: 'cached', why, ...time, ...isNew }];
      }
      const isTold = foretold.has(id) || keys.has(id);
      const isOpen = mayKnow && states.isKept(id) && !isTold;
      return [
        id,
        {
          ...{ action: 'run', why },
          ...(isOpen && { isOpen }),
          ...time,
          ...isNew,
          ...(kernel.isMost && { isMost: true }),
          ...(kernel.time?.isOfOthers && { isTimeOfOthers: true })
        }
      ];
    })
  );
  const inWorker = (id: string): number | undefined => states.expectedMs(id);
  const { startsWorkers, warm, ...times } = forecast(
    schedule,
    cells,
    parts.pool,
    inWorker
  );
  const startMs = startsWorkers && !parts.pool.isStartKnown ? null : times.startMs;
  return {
    ...{ choice, cells, startMs, warm, expectedMs: (startMs ?? 0) + times.ms },
    ...(unloaded.size > 0 && { isLoadOpen: true })
  };
}

/** Whether the cache may hold a result at all; an empty one answers no call. */
async function holdsAny({ host }: IPlanParts): Promise<boolean> {
  const marks = await (host as Partial<IRuntimeHost> | null)?.cache?.marks();
  return marks === undefined || marks.all.length > 0;
}

/** What the kernel is told of the cells that would run. */
function foretoldCells(
  { states, cellOf }: IPlanParts,
  planned: readonly string[]
): readonly ForetoldCell[] {
  return planned.flatMap(id => {
    const cell = cellOf(id);
    const flow = states.schedule.flow.get(id);
    if (!cell || !flow) {
      return [];
    }
    const does = flow.isSkill
      ? { target: cell.calls[0]?.target ?? null }
      : { binds: flow.binds };
    return [{ id, source: cell.source, ...does }];
  });
}

/** Keys of planned cells' calls, as earlier runs of cells with the same meaning made them. */
function rememberedKeys(
  { states, memory }: IPlanParts,
  entries: readonly IPlanEntry[]
): ReadonlyMap<string, string> {
  return new Map(
    entries.flatMap(({ id, isPlanned }) => {
      const cell = isPlanned ? states.schedule.flow.get(id) : undefined;
      const key = cell?.isSkill ? memory.get(cellName(cell.meaning))?.key : undefined;
      return key === undefined ? [] : [[id, key] as const];
    })
  );
}

/** Meanings of the cells whose call is in the cache. */
async function knownMeanings(
  { states, host }: IPlanParts,
  keys: ReadonlyMap<string, string>
): Promise<ReadonlySet<string>> {
  const cache = (host as Partial<IRuntimeHost> | null)?.cache;
  const known = new Set<string>();
  await Promise.all(
    [...keys].map(async ([id, key]) => {
      const cell = states.schedule.flow.get(id);
      if (cell && (await cache?.has(key))) {
        known.add(cell.meaning);
      }
    })
  );
  return known;
}

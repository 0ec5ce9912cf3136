/** Looking for what to promote as one task of plain data, so that it can run in a worker. */
import {
  findPromotable,
  type IPromotable,
  type IPromotableOptions,
  type ITeamSkill
} from './promotable';
import type { IEvolutionRun, IRejection } from './records';
import { readTraces, type ITraceFile } from './traceFile';

/** What the job that promotes looks at. */
export interface IPromoteTask extends IPromotableOptions {
  readonly traces: readonly ITraceFile[];
  readonly skills: readonly ITeamSkill[];
}

/** What it finds. */
export interface IPromotables {
  readonly traces: number;
  readonly promotions: readonly IPromotable[];
}

/** Finds the skills of teams that have earned a place for everybody. */
export function promoteTask({
  traces: files,
  skills,
  ...bars
}: IPromoteTask): IPromotables {
  const { traces } = readTraces(files, { shared: true });
  return { traces: traces.length, promotions: findPromotable(traces, skills, bars) };
}

const PROMOTE = 'promote:';

/** What a proposal is remembered by when it was refused, or was made. */
export function promotionKey({ volume, id, version }: IPromotable): string {
  return `${PROMOTE}${volume}/${id}@${version}`;
}

/** Whether what was refused is to propose a skill for everybody. */
export function isOfPromotion({ signature }: Pick<IRejection, 'signature'>): boolean {
  return signature.startsWith(PROMOTE);
}

/** The record of a run of the job that promotes. */
export function promotionRun(
  run: Pick<IEvolutionRun, 'id' | 'started' | 'ms'> & Partial<IEvolutionRun>
): IEvolutionRun {
  return {
    ...{ v: 1, id: run.id, job: 'system', status: 'done' },
    ...{ started: run.started, ms: run.ms },
    ...{ traces: 0, patterns: 0, candidates: [], verified: 0, rejected: [] },
    ...run
  };
}

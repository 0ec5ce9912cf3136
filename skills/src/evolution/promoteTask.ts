/** Looking for what to promote as one task of plain data, so that it can run in a worker. */
import {
  findPromotable,
  type IPromotable,
  type IPromotableOptions,
  type ITeamSkill
} from './promotable';
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

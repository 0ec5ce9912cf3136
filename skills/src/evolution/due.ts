/** When a job of evolution is next due. */
import type { EvolutionJob, IEvolutionRun } from './records';

const HOUR = 3_600_000;

/** What decides when a job runs. */
export interface IJobSettings {
  readonly isOn: boolean;
  /** From the beginning of one run to that of the next. */
  readonly hours: number;
}

/** How often jobs run where nothing is set. */
export const USUAL_HOURS: Readonly<Record<EvolutionJob, number>> = {
  user: 24,
  team: 168,
  system: 168
};

/**
 * The time at which a job is due, in milliseconds since 1970; long past when the site was
 * closed meanwhile. `null`: it is off, or there is nothing yet to learn from. A job that
 * never ran waits its interval from the first session on. One that was stopped by its
 * person waits like one that ended; one that failed is tried again after an hour.
 */
export function dueAt(
  job: EvolutionJob,
  { isOn, hours }: IJobSettings,
  runs: readonly Pick<IEvolutionRun, 'job' | 'started' | 'status'>[],
  firstSession: string | null
): number | null {
  const last = [...runs].reverse().find(run => run.job === job);
  const from = Date.parse(last?.started ?? firstSession ?? '');
  if (!isOn || Number.isNaN(from)) {
    return null;
  }
  return from + (last?.status === 'failed' ? Math.min(1, hours) : hours) * HOUR;
}

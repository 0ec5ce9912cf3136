/** Verifies a learned skill by running kept runs again (R7.3). */
import type { ITracedValue } from '../session/trace';
import type { JsonValue } from '../skill/skill';
import { compareTraced } from './compare';
import type { ICompound } from './compound';
import { lowerBound } from './confidence';
import {
  LEAST_REPLAYS,
  toReplay,
  type IReplayable,
  type IReplayRun,
  type ISkippedRun
} from './replay';
import type { IPattern } from './describePattern';
import { replayDigest } from './verdict';

/** What a replay gave. */
export type ReplayOutcome =
  | {
      readonly kind: 'done';
      /** What each member gave, in the order of the calls. */
      readonly calls: readonly {
        readonly skill: string;
        readonly outputs: Readonly<Record<string, ITracedValue>>;
        /** Versions with which it was computed, where that is known. */
        readonly env?: Readonly<Record<string, string>>;
      }[];
    }
  /** The skill raised an error. */
  | { readonly kind: 'failed'; readonly message: string }
  /** It could not be run to its end: too slow, or its worker lacked something. */
  | { readonly kind: 'not-replayed'; readonly why: string };

/** Runs the learned skill; nothing may come from a cache, or it would prove nothing. */
export type ReplayCall = (
  compound: ICompound,
  inputs: Readonly<Record<string, JsonValue>>
) => Promise<ReplayOutcome>;

/** How one run went. */
export type ReplayedRun = {
  readonly trace: string;
  /** Whose run it was; absent in older reports. */
  readonly session?: string;
} & (
  | { readonly kind: 'agrees' }
  | {
      readonly kind: 'differs';
      /** `node.output`. */
      readonly where: string;
      readonly expected: string;
      readonly found: string;
    }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'not-replayed'; readonly why: string }
);

/** The report of a verification, part of every candidate. */
export interface IReplayReport {
  readonly verdict: 'accepted' | 'rejected' | 'review';
  /** One sentence for people. */
  readonly reason: string;
  /** Runs that agreed, of those replayed. */
  readonly agreed: number;
  readonly replayed: number;
  /** 95 % lower bound of the share that agrees (Wilson). */
  readonly lower: number;
  readonly runs: readonly ReplayedRun[];
  /** Digest of the text that was run, by which a later edit is known. */
  readonly of?: string;
}

/** What a verification needs beside the skill. */
export interface IVerifyOptions {
  readonly call: ReplayCall;
  /** Told after each run. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Stops between two runs. */
  readonly signal?: { readonly aborted: boolean };
}

/**
 * Runs the learned skill with the inputs of runs that were kept back. It is accepted when
 * all agree, and there are three at least; rejected as soon as one does not.
 */
export async function verify(
  compound: ICompound,
  pattern: Pick<IPattern, 'nodes'>,
  held: readonly IReplayable[],
  { call, onProgress, signal }: IVerifyOptions
): Promise<IReplayReport> {
  if (!compound.skill.pure) {
    return notReplayed(
      'It calls a skill that is not pure, so its runs cannot be compared.'
    );
  }
  const runs: ReplayedRun[] = [];
  for (const [index, run] of held.entries()) {
    if (signal?.aborted) {
      break;
    }
    const plan = toReplay(compound, pattern, run);
    const { session } = run.trace;
    const done = isSkipped(plan) ? skipped(plan) : await replay(compound, plan, call);
    runs.push({ ...done, session });
    onProgress?.(index + 1, held.length);
  }
  return { ...report(runs), of: replayDigest(compound.text) };
}

/** The report of a skill that was not run at all. */
export function notReplayed(why: string): IReplayReport {
  return {
    verdict: 'review',
    reason: `Not replayed. ${why}`,
    agreed: 0,
    replayed: 0,
    lower: 0,
    runs: []
  };
}

function isSkipped(plan: IReplayRun | ISkippedRun): plan is ISkippedRun {
  return 'why' in plan;
}

function skipped({ trace, why }: ISkippedRun): ReplayedRun {
  return { trace, kind: 'not-replayed', why };
}

async function replay(
  compound: ICompound,
  { trace, env, inputs, expected }: IReplayRun,
  call: ReplayCall
): Promise<ReplayedRun> {
  const outcome = await call(compound, inputs);
  if (outcome.kind !== 'done') {
    return { trace, ...outcome };
  }
  let compared = 0;
  let isElsewhere = false;
  for (const [index, { node, skill, outputs }] of expected.entries()) {
    const given = outcome.calls[index];
    isElsewhere ||= haveOtherVersions(env, given?.env);
    for (const [name, value] of Object.entries(outputs)) {
      const found = given?.skill === skill ? given.outputs[name] : undefined;
      const result = compareTraced(value, found, { isElsewhere });
      if (result.kind === 'differs') {
        return { ...result, trace, where: `${node}.${name}` };
      }
      compared += result.kind === 'agrees' ? 1 : 0;
    }
  }
  const why = isElsewhere
    ? 'It ran with another Python, and the trace kept too little of its outputs to compare.'
    : 'The trace kept no output to compare with.';
  return compared > 0
    ? { trace, kind: 'agrees' }
    : { trace, kind: 'not-replayed', why };
}

/** Whether then and now other versions computed; false where either are not known. */
function haveOtherVersions(
  then: IReplayRun['env'],
  now: IReplayRun['env'] | undefined
): boolean {
  return (
    now !== undefined &&
    then['python'] !== undefined &&
    ['python', 'pyodide'].some(name => then[name] !== now[name])
  );
}

function report(runs: readonly ReplayedRun[]): IReplayReport {
  const agreed = runs.filter(({ kind }) => kind === 'agrees').length;
  const replayed = runs.filter(({ kind }) => kind !== 'not-replayed').length;
  const lower = lowerBound(agreed, replayed);
  const bad = runs.find(({ kind }) => kind === 'differs' || kind === 'failed');
  const counts = { agreed, replayed, lower, runs };
  if (bad) {
    return { verdict: 'rejected', reason: whyRejected(bad), ...counts };
  }
  if (replayed < LEAST_REPLAYS) {
    const skippedRun = runs.find(({ kind }) => kind === 'not-replayed');
    const why = skippedRun?.kind === 'not-replayed' ? ` ${skippedRun.why}` : '';
    const reason =
      replayed === 0 && why !== ''
        ? `Not replayed.${why}`
        : `Only ${replayed} of ${LEAST_REPLAYS} runs could be replayed.${why}`;
    return { verdict: 'review', reason, ...counts };
  }
  const percent = Math.round(100 * lower);
  const reason = `${agreed} of ${replayed} runs agree; so would at least ${percent} % of all (95 % confidence).`;
  return { verdict: 'accepted', reason, ...counts };
}

function whyRejected(run: ReplayedRun): string {
  if (run.kind === 'differs') {
    const { trace, where, expected, found } = run;
    return `Run ${trace} disagrees at ${where}: it gave ${expected}, the replay gave ${found}.`;
  }
  return run.kind === 'failed' ? `Run ${run.trace} failed again: ${run.message}` : '';
}

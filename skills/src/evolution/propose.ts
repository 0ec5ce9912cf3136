/** All of one step of evolution: patterns, the skills they make, and verdicts. */
import type { ITrace } from '../session/trace';
import { toCompound, type ICompound, type ICompoundContext } from './compound';
import { confidence } from './confidence';
import type { IPattern } from './describePattern';
import { mine, type IMineOptions } from './mine';
import { isRenewal, type ILearnedSkill } from './renew';
import { learnBefore, learnedFrom, splitRuns, type IReplayable } from './replay';
import { firstSuccesses, inTime } from './traceGraph';

/** A pattern with the skill that it makes, and the runs to verify it with. */
export interface IProposal {
  readonly pattern: IPattern;
  readonly compound: ICompound;
  readonly held: readonly IReplayable[];
  /** From 0 to 1; more when several people work so. */
  readonly confidence: number;
  /** The learned skill that it renews. */
  readonly updates?: string;
}

/** A pattern that makes no skill. */
export interface ISetAside {
  readonly pattern: IPattern;
  readonly why: string;
}

/** What a step works with. */
export interface IProposeOptions extends IMineOptions {
  /** Signatures that were rejected or are learned already, so that they do not come again. */
  readonly known?: ReadonlySet<string>;
  readonly context: Omit<ICompoundContext, 'id' | 'commits' | 'from'>;
  /** The learned skill of a signature: new evidence renews it. */
  readonly learned?: (signature: string) => ILearnedSkill | undefined;
  /** The id that a signature has had, so that it keeps it. */
  readonly idOf?: (signature: string) => string | undefined;
  /** Commits that hold some of these runs. */
  readonly commitsOf?: (traces: readonly string[]) => readonly string[];
}

/**
 * The runs that are mined and learned from, where so wished only those that began at a
 * time (ISO 8601) or later. Those of replays say nothing of what people do, and the points
 * of a sweep, dozens at once, say what somebody tried and not what is usual.
 */
export function minedOf(traces: readonly ITrace[], since = ''): readonly ITrace[] {
  return traces.filter(
    ({ trigger, started }) =>
      trigger !== 'replay' && trigger !== 'sweep' && started >= since
  );
}

/**
 * Patterns as skills, best first, each with the runs to verify it with.
 *
 * @param patterns those of the runs, where they are known
 */
export function propose(
  traces: readonly ITrace[],
  options: IProposeOptions,
  patterns: readonly IPattern[] = mine(minedOf(traces), options)
): {
  /** All that recur, known ones too. */
  readonly patterns: readonly IPattern[];
  readonly proposals: readonly IProposal[];
  readonly setAside: readonly ISetAside[];
} {
  const runs = minedOf(traces, options.since);
  const ids = new Set<string>();
  const proposals: IProposal[] = [];
  const setAside: ISetAside[] = [];
  const successes = firstSuccesses(runs);
  for (const pattern of patterns) {
    if (options.known?.has(pattern.signature)) {
      continue;
    }
    const successful = pattern.traces.flatMap(id => successes.get(id) ?? []);
    const split = splitRuns(pattern, inTime(successful));
    const parameters = learnBefore(pattern, split, options);
    const before = options.learned?.(pattern.signature);
    const id = before?.id ?? options.idOf?.(pattern.signature);
    const made = toCompound(
      { ...pattern, parameters },
      {
        ...options.context,
        ...(id !== undefined && { id }),
        taken: id => ids.has(id) || options.context.taken(id),
        commits: options.commitsOf?.(pattern.traces) ?? [],
        from: learnedFrom(split, pattern.count - successful.length, options)
      }
    );
    if ('refused' in made) {
      setAside.push({ pattern, why: made.refused });
    } else if (
      !before ||
      isRenewal(made.provenance, pattern, before, options.minCount ?? 3)
    ) {
      ids.add(made.skill.id);
      const { success, count, users } = pattern;
      const sure = confidence(success, count, users);
      proposals.push({
        ...{ pattern, compound: made, held: split.held, confidence: sure },
        ...(before && { updates: before.id })
      });
    }
  }
  return { patterns, proposals, setAside };
}

/** Which runs are kept back to verify a learned skill, and what it is then given. */
import { isRecord } from '../json';
import type { ITrace, ITracedValue, ITraceNode } from '../session/trace';
import { isMasked } from '../session/mask';
import type { JsonValue } from '../skill/skill';
import type { ICompound } from './compound';
import {
  countedRuns,
  learnInputs,
  type ILearnOptions,
  type Parameters
} from './learnInputs';
import { matchShape, type IShape } from './match';
import type { IPattern } from './describePattern';
import type { IConstant, ILearnedChoice } from './parameters';
import type { ILearnedFrom } from './provenance';

/** Occurrences of a pattern in successful runs, in the order of time. */
export interface IOccurrences {
  /** What the defaults are learned from. */
  readonly learned: readonly IReplayable[];
  /** What they are verified with. */
  readonly held: readonly IReplayable[];
  /** How many are kept back from learning. */
  readonly kept: number;
}

/** A successful run with the nodes that are the pattern. */
export interface IReplayable {
  readonly trace: ITrace;
  /** In the order of the pattern's nodes. */
  readonly nodes: readonly ITraceNode[];
}

/** With fewer runs all are learned from, and the last ones replayed all the same. */
export const FEW_RUNS = 8;
/** Replays that a verdict needs. */
export const LEAST_REPLAYS = 3;
/** Replays at most: twenty that agree already say 84 %. */
export const MOST_REPLAYS = 20;
/** The newest share of runs is kept back. */
const HELD_SHARE = 0.3;

/** Splits successful runs, given by time, of which those count that have all of it. */
export function splitRuns(shape: IShape, successful: readonly ITrace[]): IOccurrences {
  const runs = successful.flatMap((trace): IReplayable[] => {
    const nodes = matchShape(shape, trace);
    return nodes ? [{ trace, nodes }] : [];
  });
  if (runs.length < FEW_RUNS) {
    return { learned: runs, held: runs.slice(-LEAST_REPLAYS), kept: 0 };
  }
  const count = Math.max(LEAST_REPLAYS, Math.floor(HELD_SHARE * runs.length));
  const held = runs.slice(-count);
  const learned = runs.slice(0, -count);
  return { learned, held: held.slice(-MOST_REPLAYS), kept: count };
}

/**
 * Which of a pattern's runs the defaults come from.
 *
 * @param unsuccessful how many of them did not succeed, and so were not split
 */
export function learnedFrom(
  { learned, kept }: IOccurrences,
  unsuccessful: number,
  options: ILearnOptions
): ILearnedFrom {
  const used = countedRuns(learned, options).length;
  return { unsuccessful, found: learned.length + kept, kept, used };
}

/**
 * What the pattern's inputs were before the runs that are kept back. What is the same in
 * them alone is no constant when a later run shows that it varies, and nothing has a
 * default that a later run left out.
 */
export function learnBefore(
  pattern: IPattern,
  { learned, held }: IOccurrences,
  options: ILearnOptions = {}
): Parameters {
  const before = learnInputs(pattern, learned, options);
  const all = learnInputs(pattern, [...learned, ...held], {
    ...options,
    objectives: new Map()
  });
  return Object.fromEntries(
    Object.keys({ ...all, ...before })
      .sort()
      .flatMap(name => {
        const later = all[name];
        const isOptional = later?.kind === 'free' && later.reason === 'optional';
        const parameter = isOptional ? later : (before[name] ?? later);
        const varies = parameter?.kind === 'constant' && later?.kind !== 'constant';
        return parameter
          ? [[name, varies ? asChoice(parameter) : parameter] as const]
          : [];
      })
  );
}

function asChoice(constant: IConstant): ILearnedChoice {
  const { default: value, n } = constant;
  return { ...constant, kind: 'learned', counts: [[value, n]] };
}

/** A run as the learned skill is to repeat it. */
export interface IReplayRun {
  readonly trace: string;
  readonly session: string;
  /** Versions with which it ran then. */
  readonly env: ITrace['env'];
  readonly inputs: Readonly<Record<string, JsonValue>>;
  /** In the order in which the skill calls its members. */
  readonly expected: readonly IExpectedCall[];
}

/** What a member gave then. */
export interface IExpectedCall {
  readonly node: string;
  readonly skill: string;
  readonly outputs: Readonly<Record<string, ITracedValue>>;
}

/** A run that cannot be repeated, and why. */
export interface ISkippedRun {
  readonly trace: string;
  readonly why: string;
}

/** Inputs and expected outputs of one run, or why it cannot be repeated. */
export function toReplay(
  { provenance, skill }: Pick<ICompound, 'provenance' | 'skill'>,
  { nodes: names }: Pick<IPattern, 'nodes'>,
  { trace, nodes }: IReplayable
): IReplayRun | ISkippedRun {
  const byName = new Map(names.map((name, place) => [name, nodes[place]]));
  const inputs: [string, JsonValue][] = [];
  for (const { of, input } of provenance.values) {
    const dot = of.lastIndexOf('.');
    const given = byName.get(of.slice(0, dot))?.inputs[of.slice(dot + 1)];
    if (input !== null && given) {
      if (given.value === undefined || isMasked(given)) {
        const why = isMasked(given) ? 'is secret' : 'was too large to be kept';
        return { trace: trace.id, why: `The value of ${of} ${why}.` };
      }
      inputs.push([input, given.value]);
    }
  }
  const missing = skill.inputs.find(
    ({ name, required }) => required && !inputs.some(([input]) => input === name)
  );
  if (missing) {
    return { trace: trace.id, why: `The trace has no value of ${missing.name}.` };
  }
  const expected = provenance.members.map(({ node, skill: id }) => ({
    node,
    skill: id,
    outputs: byName.get(node)?.outputs ?? {}
  }));
  return {
    trace: trace.id,
    session: trace.session,
    // Traces are checked at the door only as far as all need it.
    env: isRecord(trace.env) ? trace.env : {},
    inputs: Object.fromEntries(inputs),
    expected
  };
}

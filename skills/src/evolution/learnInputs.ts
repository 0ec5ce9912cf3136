/** What a workflow learns from the runs in which it occurred. */
import { canonicalJson } from '../json';
import { isMasked } from '../session/mask';
import type { ITrace, ITraceNode } from '../session/trace';
import { findCorrelations } from './correlation';
import {
  asOptional,
  learnParameter,
  type IObservation,
  type Parameter
} from './parameters';

/** One occurrence of a pattern: the run, and its nodes in the order of the pattern's. */
export interface IOccurrence {
  readonly trace: ITrace;
  readonly nodes: readonly ITraceNode[];
}

/** The nodes of a pattern by name, and their inputs that others of them feed. */
export interface IInputPlaces {
  readonly nodes: readonly string[];
  /** From node, output, to node, input; nodes by name. */
  readonly edges: readonly (readonly [string, string, string, string])[];
}

/** How runs are weighed. */
export interface ILearnOptions {
  /** Days after which a run counts half; by default age does not matter. */
  readonly halfLife?: number;
  /** From when ages are counted (ISO 8601), by default the newest run. */
  readonly now?: string;
  /** What skills aim at, by id: `minimise eigenvalue` or `maximise …`. */
  readonly objectives?: ReadonlyMap<string, string>;
}

/** By `node.input`, sorted. */
export type Parameters = { readonly [name: string]: Parameter };

const DAY = 86_400_000;

/**
 * Learns each input that no other node feeds, from successful runs only; where a skill
 * declares an objective, from the best of them.
 */
export function learnInputs(
  { nodes: names, edges }: IInputPlaces,
  occurrences: readonly IOccurrence[],
  options: ILearnOptions = {}
): Parameters {
  const best = countedRuns(occurrences, options);
  const weights = weigh(best, options);
  const connected = new Set(edges.map(([, , to, input]) => `${to}.${input}`));
  const observed = new Map<string, (IObservation | undefined)[]>();
  best.forEach(({ trace, nodes }, index) =>
    nodes.forEach((node, place) => {
      for (const [input, given] of Object.entries(node.inputs)) {
        const { type, value, from } = given;
        const name = `${names[place]}.${input}`;
        if (!connected.has(name)) {
          const list = observed.get(name) ?? best.map(() => undefined);
          observed.set(name, list);
          // What another skill computed belongs to that run, whatever it was.
          const isOwn = from !== undefined && isComputed(trace, from[0]);
          const known = value === undefined || isOwn ? {} : { value };
          const secret = isMasked(given) && { masked: true as const };
          list[index] = { type, ...known, ...secret, weight: weights[index] ?? 1 };
        }
      }
    })
  );
  const places = (name: string): readonly [place: number, input: string] => {
    const dot = name.lastIndexOf('.');
    return [names.indexOf(name.slice(0, dot)), name.slice(dot + 1)];
  };
  const correlations = findCorrelations(observed);
  const sorted = [...observed.entries()].sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(
    sorted.map(([name, list]) => {
      const given = learnParameter(list.filter(each => each !== undefined));
      const isGap = list.includes(undefined) && isLeftOut(best, places(name));
      const learned = isGap ? asOptional(given) : given;
      const correlated = correlations.get(name);
      return [name, correlated ? { ...learned, correlated } : learned];
    })
  );
}

/** The successful runs; where a skill declares an objective, the best of them. */
export function countedRuns(
  occurrences: readonly IOccurrence[],
  { objectives }: ILearnOptions
): readonly IOccurrence[] {
  const found = occurrences.filter(({ trace }) => trace.status === 'success');
  return bestRuns(found, objectives);
}

/**
 * Whether a skill computed what a node gave on: plain code that no skill feeds only hands
 * on what somebody wrote.
 */
function isComputed(
  trace: ITrace,
  source: string,
  seen: ReadonlySet<string> = new Set()
): boolean {
  const node = trace.nodes.find(({ id }) => id === source);
  const before = new Set([...seen, source]);
  return (
    node?.skill !== null ||
    trace.edges.some(
      ([from, , to]) =>
        to === source && !before.has(from) && isComputed(trace, from, before)
    )
  );
}

/**
 * Whether a run left out an input that another gave to the same version of the skill;
 * older versions may not have had it.
 */
function isLeftOut(
  runs: readonly IOccurrence[],
  [place, input]: readonly [place: number, input: string]
): boolean {
  // A node that tells nothing at all made no call that could be kept.
  const nodes = runs
    .flatMap(run => run.nodes[place] ?? [])
    .filter(({ inputs, outputs }) => Object.keys({ ...inputs, ...outputs }).length > 0);
  const isGiven = ({ inputs }: ITraceNode): boolean => Object.hasOwn(inputs, input);
  const versions = new Set(nodes.filter(isGiven).map(({ version }) => version));
  return nodes.some(node => !isGiven(node) && versions.has(node.version));
}

/**
 * Runs that reached about the best objective of their problem, three at least; all without
 * an objective. Only runs of one problem compare: a longer bond has another least energy.
 */
function bestRuns(
  runs: readonly IOccurrence[],
  objectives: ILearnOptions['objectives']
): readonly IOccurrence[] {
  const scored = runs.flatMap(run => {
    const score = scoreOf(run.nodes, objectives);
    return score === null ? [] : [{ run, ...score }];
  });
  if (scored.length < 3) {
    return runs;
  }
  const least = new Map<string, number>();
  for (const { problem, value } of scored) {
    least.set(problem, Math.min(value, least.get(problem) ?? Infinity));
  }
  const ranked = scored
    .map(({ run, problem, value }) => {
      const best = least.get(problem) ?? value;
      return { run, gap: value === best ? 0 : (value - best) / Math.abs(best) };
    })
    .sort((a, b) => a.gap - b.gap);
  const near = ranked.filter(({ gap }) => gap <= 1e-3);
  return (near.length >= 3 ? near : ranked.slice(0, 3)).map(({ run }) => run);
}

/**
 * The objective's value, smaller is better, and the problem that it is for: what others
 * handed to its skill. `null` where no skill has an objective.
 */
function scoreOf(
  nodes: readonly ITraceNode[],
  objectives: ILearnOptions['objectives']
): { readonly problem: string; readonly value: number } | null {
  for (const { skill, inputs, outputs } of nodes) {
    const match = /^(minimi[sz]e|maximi[sz]e)\s+(\w+)$/.exec(
      objectives?.get(skill ?? '') ?? ''
    );
    const value = match ? outputs[match[2] ?? '']?.value : undefined;
    if (match && typeof value === 'number') {
      const problem = Object.entries(inputs)
        .filter(([, { from }]) => from)
        .map(([name, { value: given, hash }]) => [name, given ?? hash ?? null]);
      return {
        problem: canonicalJson(problem),
        value: match[1]?.startsWith('min') ? value : -value
      };
    }
  }
  return null;
}

function weigh(
  runs: readonly IOccurrence[],
  { halfLife, now }: ILearnOptions
): readonly number[] {
  if (halfLife === undefined) {
    return runs.map(() => 1);
  }
  const times = runs.map(({ trace }) => Date.parse(trace.started));
  const end = now === undefined ? Math.max(...times) : Date.parse(now);
  return times.map(time => 2 ** (-(end - time) / DAY / halfLife));
}

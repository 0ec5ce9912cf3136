/** What a workflow learns from the runs in which it occurred. */
import type { ITrace, ITraceNode } from '../session/trace';
import { findCorrelations } from './correlation';
import { learnParameter, type IObservation, type Parameter } from './parameters';

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
  const found = occurrences.filter(({ trace }) => trace.status === 'success');
  const best = bestRuns(found, options.objectives);
  const weights = weigh(best, options);
  const connected = new Set(edges.map(([, , to, input]) => `${to}.${input}`));
  const observed = new Map<string, (IObservation | undefined)[]>();
  best.forEach(({ nodes }, index) =>
    nodes.forEach((node, place) => {
      for (const [input, { type, value, from }] of Object.entries(node.inputs)) {
        const name = `${names[place]}.${input}`;
        if (!connected.has(name)) {
          const list = observed.get(name) ?? best.map(() => undefined);
          observed.set(name, list);
          // A value from outside the pattern belongs to that run, whatever it was.
          const known = value === undefined || from ? {} : { value };
          list[index] = { type, ...known, weight: weights[index] ?? 1 };
        }
      }
    })
  );
  const correlations = findCorrelations(observed);
  const sorted = [...observed.entries()].sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(
    sorted.map(([name, list]) => {
      const learned = learnParameter(list.filter(each => each !== undefined));
      const correlated = correlations.get(name);
      return [name, correlated ? { ...learned, correlated } : learned];
    })
  );
}

/** Runs that reached about the best objective, three at least; all without an objective. */
function bestRuns(
  runs: readonly IOccurrence[],
  objectives: ILearnOptions['objectives']
): readonly IOccurrence[] {
  const scored = runs.flatMap(run => {
    const score = scoreOf(run.nodes, objectives);
    return score === null ? [] : [{ run, score }];
  });
  if (scored.length < 3) {
    return runs;
  }
  scored.sort((a, b) => a.score - b.score);
  const least = scored[0]?.score ?? 0;
  const near = scored.filter(({ score }) => score - least <= 1e-3 * Math.abs(least));
  return (near.length >= 3 ? near : scored.slice(0, 3)).map(({ run }) => run);
}

/** The objective's value, smaller is better; `null` where no skill has one. */
function scoreOf(
  nodes: readonly ITraceNode[],
  objectives: ILearnOptions['objectives']
): number | null {
  for (const { skill, outputs } of nodes) {
    const match = /^(minimi[sz]e|maximi[sz]e)\s+(\w+)$/.exec(
      objectives?.get(skill ?? '') ?? ''
    );
    const value = match ? outputs[match[2] ?? '']?.value : undefined;
    if (match && typeof value === 'number') {
      return match[1]?.startsWith('min') ? value : -value;
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

/**
 * Frequent connected sub-workflows by pattern growth with embedding lists (after gSpan,
 * Yan and Han 2002, and Gaston). Patterns are induced: all edges between their nodes
 * belong to them. A pattern grows by one node while the larger one is frequent and cannot
 * be put down to chance (see `chance.ts`), so popular skills do not flood the search.
 *
 * Lists of occurrences stay from one search to the next, so that after one more run only
 * the lists that it lengthens are touched; what is significant is judged anew each time,
 * from their lengths.
 */
import { judgeFrequent } from './awake';
import { bar, keeps, slack, surprise, type IChance } from './chance';
import {
  addEmbedding,
  embed,
  listCandidates,
  nowhere,
  type ICandidate,
  type IOccurring
} from './candidates';
import type { IGrownPattern } from './pattern';
import { createForms, type IForms, type IPart } from './patternForm';
import { createSkillSets, relatedTo } from './siblings';
import type { ITraceGraphs } from './traceGraph';

/**
 * Bounds of the search; `maxSize` and `maxEmbeddings` keep it polynomial on hostile
 * histories.
 */
export interface IGrowOptions {
  readonly minCount: number;
  /** Nodes, at most 8. */
  readonly maxSize: number;
  /** Occurrences kept for one pattern in one run. */
  readonly maxEmbeddings: number;
}

/**
 * What a search found, with the number of tests that a correction for multiple testing
 * needs.
 */
export interface IGrowth {
  /** Significant patterns of 2 nodes and more, smaller ones first. */
  readonly patterns: readonly IGrownPattern[];
  /** How many ways to grow were frequent enough to be judged. */
  readonly tests: number;
}

/** A pattern that may grow further. */
interface ISolid extends IGrownPattern {
  /** Number of its code. */
  readonly id: number;
  readonly occurring: IOccurring;
}

/**
 * Makes the search of a history that may grow: each call grows all significant patterns of
 * the graphs that are there by then.
 */
export function createGrower(
  input: ITraceGraphs,
  chance: IChance,
  options: IGrowOptions
): () => IGrowth {
  const forms = createForms(input, chance);
  const roots = createRoots(input, forms);
  const skillSets = createSkillSets();
  const { minCount } = options;
  return () => {
    let tests = 0;
    const supports: number[] = [];
    const found: IGrownPattern[] = [];
    let level = roots();
    level.forEach(({ id, support }) => (supports[id] = support.length));
    for (let size = 2; size <= options.maxSize && level.length > 0; size += 1) {
      const grown = new Map<number, ISolid | null>();
      const solid = new Set(level.map(({ id }) => id));
      const skills = skillSets(size, level);
      const shared = { options, chance, forms, supports, grown, solid };
      for (const parent of level) {
        const { occurring, labels } = parent;
        listCandidates(labels.length, occurring, input.graphs, minCount);
        // Of many ways to grow, some look good by chance: the bar rises with their number.
        const context = { ...shared, bar: bar(occurring.all.length) };
        tests += occurring.all.length;
        judgeFrequent(occurring, chance.drift, candidate =>
          growOne(parent, candidate, context)
        );
        for (const candidate of size > 3 ? relatedTo(labels, occurring, skills) : []) {
          if (candidate.count < minCount) {
            growOne(parent, candidate, context);
          }
        }
      }
      level = [...grown.values()].filter(pattern => pattern !== null);
      found.push(...level);
    }
    return { patterns: found, tests };
  };
}

/** Single skills, from the graphs that are there by then. */
function createRoots(
  { graphs, skills }: ITraceGraphs,
  forms: IForms
): () => readonly ISolid[] {
  const roots: IOccurring[] = [];
  let read = 0;
  return () => {
    for (; read < graphs.length; read += 1) {
      graphs[read]?.labels.forEach((label, node) =>
        addEmbedding((roots[label] ??= nowhere()), read, [node])
      );
    }
    return roots.map((occurring, label) => ({
      ...{ code: skills.names[label] ?? '', labels: [label], edges: [], occurring },
      id: forms.number(skills.names[label] ?? ''),
      ...{ embeddings: occurring.embeddings, support: occurring.support },
      ...{ surprise: 0, lift: 1, inferred: false, parts: [] }
    }));
  };
}

/** A little below 1, for what rounding does to sums. */
const SURE = 0.999;

interface IGrowContext {
  readonly options: IGrowOptions;
  readonly chance: IChance;
  readonly forms: IForms;
  /** Support of every pattern counted so far, by the number of its code, as all below. */
  readonly supports: number[];
  /** The next level; `null`: looked at, and left out. */
  readonly grown: Map<number, ISolid | null>;
  /** Least surprise with which this parent grows. */
  readonly bar: number;
  /** This level's patterns. */
  readonly solid: ReadonlySet<number>;
}

function growOne(parent: ISolid, candidate: ICandidate, context: IGrowContext): void {
  const { options, chance, forms, supports, grown, bar } = context;
  const { count, slots, label } = candidate;
  const inferred = count < options.minCount;
  if (!inferred) {
    const attached = forms.attached(parent, candidate);
    const expected = chance.expected(parent.support.length, attached);
    if (surprise(count, expected) < bar) {
      const connections = attached.length / 3;
      candidate.wakes =
        chance.drift + (SURE * slack(count, expected, bar)) / connections;
      return;
    }
    candidate.wakes = -Infinity;
  }
  const form = forms.of(parent, candidate);
  const { code, id } = form;
  const seen = grown.get(id);
  const inPlace = inferred
    ? Infinity
    : surprise(count, chance.drawn(slots.shapes, label));
  if (seen !== undefined) {
    // Each part from which it grows has a say.
    grown.set(
      id,
      seen && inPlace >= bar
        ? { ...seen, surprise: Math.min(seen.surprise, inPlace) }
        : null
    );
    return;
  }
  supports[id] = count;
  const all = forms.parts(parent, candidate);
  if (inferred && !isBacked(all, context)) {
    grown.set(id, null);
    return;
  }
  const judged = comparedWithParts(count, all, context);
  const least = Math.min(judged.surprise, inPlace);
  if (inferred ? !judged.sure : least < bar) {
    grown.set(id, null);
    return;
  }
  const { maxEmbeddings } = options;
  const occurring = embed(parent.occurring, candidate, form.order, maxEmbeddings);
  grown.set(id, {
    ...{ code, id, labels: form.labels, edges: form.edges, occurring, inferred },
    ...{ embeddings: occurring.embeddings, support: occurring.support },
    ...{ surprise: least, lift: judged.lift, parts: judged.parts }
  });
}

interface IJudgement {
  readonly surprise: number;
  readonly lift: number;
  readonly parts: readonly string[];
  /** Where it is backed by its parts: it keeps their runs, and is no chance of any. */
  readonly sure: boolean;
}

/** Whether most of its parts are significant patterns themselves, and two at least. */
function isBacked(all: readonly IPart[], { solid }: IGrowContext): boolean {
  let significant = 0;
  for (const { id } of all) {
    significant += solid.has(id) ? 1 : 0;
  }
  return significant >= 2 && 2 * significant >= all.length;
}

/** Compares a pattern with each part that has one node less. */
function comparedWithParts(
  count: number,
  all: readonly IPart[],
  { chance, supports }: IGrowContext
): IJudgement {
  let worst = { surprise: Infinity, lift: Infinity };
  const parts: string[] = [];
  let fewest = Infinity;
  for (const { code, id, attached } of all) {
    const support = supports[id];
    if (support !== undefined) {
      const expected = chance.expected(support, attached);
      parts.push(code);
      fewest = Math.min(fewest, support);
      worst = {
        surprise: Math.min(worst.surprise, surprise(count, expected)),
        lift: Math.min(worst.lift, count / expected)
      };
    }
  }
  const sure = keeps(count, fewest, 0.3) && worst.surprise >= 6;
  return { ...worst, parts, sure };
}

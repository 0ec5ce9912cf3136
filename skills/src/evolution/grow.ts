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
import { bar, slack, surprise, type IChance } from './chance';
import { embed, listCandidates } from './candidates';
import { addEmbedding, nowhere, type ICandidate, type IOccurring } from './occurring';
import type { IGrownPattern } from './pattern';
import { createForms, type IForms } from './patternForm';
import { isBacked, rareAround, type IRare } from './rare';
import { createSkillSets } from './siblings';
import { comparedWithParts, createSupports, type ISupports } from './supports';
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
  /** Falls while further parts from which it grows are looked at. */
  surprise: number;
}

/** One search, in the midst of one size. */
interface ISearch {
  readonly options: IGrowOptions;
  readonly chance: IChance;
  readonly forms: IForms;
  readonly supports: ISupports;
  /** The next level by the number of the code; `null`: looked at, and left out. */
  readonly grown: Map<number, ISolid | null>;
}

/** A pattern of which all ways to grow are looked at. */
interface ITurn {
  readonly parent: ISolid;
  /** Least surprise with which it grows. */
  readonly least: number;
  readonly drift: number;
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
  const supports = createSupports();
  const { minCount } = options;
  return () => {
    let tests = 0;
    supports.clear();
    const found: IGrownPattern[] = [];
    let level = roots();
    level.forEach(({ id, support }) => supports.set(id, support.length));
    for (let size = 2; size <= options.maxSize && level.length > 0; size += 1) {
      const grown = new Map<number, ISolid | null>();
      const solid = new Set(level.map(({ id }) => id));
      const skills = skillSets(size, level);
      const search: ISearch = { options, chance, forms, supports, grown };
      for (const parent of level) {
        const { occurring, labels } = parent;
        listCandidates(labels.length, occurring, input.graphs, minCount);
        // Of many ways to grow, some look good by chance: the bar rises with their number.
        const least = bar(occurring.all.length);
        const turn = { parent, least, drift: chance.drift(labels) };
        tests += occurring.all.length;
        judgeFrequent(occurring, turn.drift, candidate =>
          growFrequent(candidate, turn, search)
        );
        if (size > 3) {
          const rare = rareAround(parent, skills, minCount, forms);
          growBacked(rare, turn, solid, search);
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
    return roots.map((occurring, label) => {
      const code = skills.names[label] ?? '';
      const form = { code, id: forms.number(code), labels: [label], edges: [] };
      const judged = { surprise: 0, lift: 1, parts: [] };
      return solidOf(form, occurring, judged, false);
    });
  };
}

/** More than what rounding does to the drift of chance. */
const ROUNDING = 1e-9;

/** Grows by a node that is often seen, where chance explains neither it nor its place. */
function growFrequent(candidate: ICandidate, turn: ITurn, search: ISearch): void {
  const { chance, forms } = search;
  const { parent, least, drift } = turn;
  const { count, slots, label } = candidate;
  const attached = forms.attached(parent, candidate);
  const expected = chance.expected(parent.support.length, attached);
  if (surprise(count, expected) < least) {
    const connections = attached.length / 3;
    candidate.wakes = drift + slack(count, expected, least) / connections - ROUNDING;
    return;
  }
  candidate.wakes = -Infinity;
  const { id } = forms.of(parent, candidate);
  const seen = search.grown.get(id);
  if (seen !== null) {
    const inPlace = surprise(count, chance.drawn(slots.shapes, label));
    if (!seen) {
      settle(candidate, inPlace, turn, search);
    } else if (inPlace < least) {
      search.grown.set(id, null);
    } else {
      // Each part from which it grows has a say.
      seen.surprise = Math.min(seen.surprise, inPlace);
    }
  }
}

/** Grows by nodes that are seen too seldom, where the parts leave no doubt. */
function growBacked(
  { flat, list }: IRare,
  turn: ITurn,
  solid: ReadonlySet<number>,
  search: ISearch
): void {
  let place = 0;
  for (let at = 0; at < flat.length; place += 1) {
    const id = flat[at] as number;
    const end = flat[at + 2] as number;
    if (search.grown.get(id) === undefined) {
      if (isBacked(flat, at + 3, end, solid)) {
        settle(list[place] as ICandidate, Infinity, turn, search);
      } else {
        search.supports.set(id, flat[at + 1] as number);
        search.grown.set(id, null);
      }
    }
    at = end;
  }
}

/** A way to grow whose pattern was not looked at yet, in this search. */
function settle(
  candidate: ICandidate,
  inPlace: number,
  { parent, least }: ITurn,
  search: ISearch
): void {
  const { options, chance, forms, supports, grown } = search;
  const { count } = candidate;
  const form = forms.of(parent, candidate);
  supports.set(form.id, count);
  const inferred = count < options.minCount;
  const judged =
    inPlace < least
      ? null
      : comparedWithParts(count, forms.parts(parent, candidate), chance, supports);
  if (!judged || (inferred ? !judged.sure : judged.surprise < least)) {
    grown.set(form.id, null);
    return;
  }
  const { maxEmbeddings } = options;
  const occurring = embed(parent.occurring, candidate, form.order, maxEmbeddings);
  const pattern = solidOf(form, occurring, judged, inferred);
  pattern.surprise = Math.min(pattern.surprise, inPlace);
  grown.set(form.id, pattern);
}

function solidOf(
  { code, id, labels, edges }: Pick<ISolid, 'code' | 'id' | 'labels' | 'edges'>,
  occurring: IOccurring,
  { surprise: least, lift, parts }: Pick<ISolid, 'surprise' | 'lift' | 'parts'>,
  inferred: boolean
): ISolid {
  const { embeddings, support } = occurring;
  return {
    code,
    id,
    labels,
    edges,
    occurring,
    embeddings,
    support,
    surprise: least,
    lift,
    parts,
    inferred
  };
}

/** Where patterns occur, and what is kept of the ways to grow from there. */
import type { Attachment } from './chance';
import type { IDrawn, IPart, IPatternForm } from './patternForm';
import type { IRare } from './rare';

/**
 * Where a pattern occurs, and the ways to grow from there. Both go on where they ended
 * when more runs have come: nothing of what was listed changes then.
 */
export interface IOccurring {
  /** Blocks of 1 + size numbers: graph, then a node of it for each place; ascending. */
  readonly embeddings: number[];
  /** Graphs in which it occurs, ascending. */
  readonly support: number[];
  readonly candidates: Map<number | string, ICandidate>;
  /** In the order in which they were first seen. */
  readonly all: ICandidate[];
  /** Those that are frequent enough to be judged, in the same order. */
  readonly frequent: ICandidate[];
  /** Those whose skills some patterns of this size share, as far as was looked. */
  related: {
    readonly version: number;
    readonly skills: ReadonlySet<number>;
    readonly list: ICandidate[];
    read: number;
  };
  /** Those of them that are too rare to be judged, once they were looked for. */
  rare: IRare | null;
  readonly slots: Map<number | string, ISlots>;
  /** Numbers of `embeddings` around which was looked. */
  listed: number;
  /** Those of `frequent` that chance may not explain, as long as nothing came since. */
  awake: {
    readonly listed: number;
    readonly until: number;
    readonly list: ICandidate[];
  };
}

/**
 * Nodes that are attached in one way, whatever their skills are: where chance might have
 * put any other.
 */
export interface ISlots {
  /** Their number by shape. */
  readonly shapes: Map<number, number>;
  graph: number;
  /** Those of that graph. */
  nodes: number[];
}

/** One more node, attached in one way, and where that is seen. */
export interface ICandidate {
  readonly label: number;
  /** Its place among those of its parent. */
  readonly index: number;
  /** Place in the parent and directed port, for each edge to the new node. */
  readonly links: readonly (readonly [place: number, port: number])[];
  readonly slots: ISlots;
  /** Embedding of the parent and the new node, alternating. */
  readonly hits: number[];
  count: number;
  lastGraph: number;
  /** Chance explains it, as long as its drift is below this and nothing came since. */
  wakes: number;
  /** Where it occurs as a pattern, as far as its hits were read. */
  grown: IOccurring | null;
  read: number;
  /** What it looks like, once it was worth a look: see `patternForm.ts`. */
  drawn: IDrawn | null;
  form: IPatternForm | null;
  parts: readonly IPart[] | null;
  attached: Attachment | null;
}

/** Occurs nowhere yet. */
export function nowhere(): IOccurring {
  return {
    embeddings: [],
    support: [],
    candidates: new Map(),
    all: [],
    frequent: [],
    related: { version: -1, skills: new Set(), list: [], read: 0 },
    rare: null,
    slots: new Map(),
    listed: 0,
    awake: { listed: -1, until: 0, list: [] }
  };
}

/** Adds an occurrence, after those in earlier graphs. */
export function addEmbedding(
  { embeddings, support }: IOccurring,
  graph: number,
  nodes: readonly number[]
): void {
  embeddings.push(graph, ...nodes);
  if (support[support.length - 1] !== graph) {
    support.push(graph);
  }
}

/** Whether the occurrence of so many numbers that begins at `at` has a node. */
export function embeds(
  embeddings: readonly number[],
  at: number,
  stride: number,
  node: number
): boolean {
  for (let place = 1; place < stride; place += 1) {
    if (embeddings[at + place] === node) {
      return true;
    }
  }
  return false;
}

/** Not seen yet. All fields at once, since objects of one shape are read much faster. */
export function newCandidate(
  label: number,
  index: number,
  links: ICandidate['links'],
  slots: ISlots
): ICandidate {
  return {
    label,
    index,
    links,
    slots,
    hits: [],
    count: 0,
    lastGraph: -1,
    wakes: -Infinity,
    grown: null,
    read: 0,
    drawn: null,
    form: null,
    parts: null,
    attached: null
  };
}

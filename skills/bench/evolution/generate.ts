/**
 * Histories with known patterns in them, to see which of them are found again.
 *
 * *Intact*: planted patterns stay whole amid extra nodes. *Damaged*: with noise ν a planted
 * node is relabelled (ν) or dropped (ν/2), an edge split by an inserted node (ν) or
 * dropped (ν/5). Both carry decoys that must not be reported.
 */
import type { ITrace, ITracedValue, ITraceNode } from '../../src/session/trace';
import {
  addBackground,
  connect,
  createPlant,
  createWorld,
  plantInto,
  type IDraft,
  type IPlant,
  type IWorldSkill,
  type PlantEdge
} from './plant';
import { createRandom, type IRandom } from './random';

export interface IHistoryOptions {
  readonly seed: number;
  readonly traces: number;
  readonly mode: 'intact' | 'damaged';
  /** ν, damaged mode only. */
  readonly noise?: number;
  /** Number of planted patterns, by default 20. */
  readonly plants?: number;
}

/** A parameter of a planted pattern, and the centre of its values. */
export interface IPlantedParameter {
  readonly plant: number;
  readonly skill: string;
  readonly input: string;
  readonly centre: number;
}

export interface IHistory {
  readonly traces: readonly ITrace[];
  readonly plants: readonly IPlant[];
  readonly decoys: readonly (IPlant & { readonly why: string })[];
  readonly parameters: readonly IPlantedParameter[];
}

interface IMaker {
  readonly options: IHistoryOptions;
  readonly random: IRandom;
  readonly world: readonly IWorldSkill[];
  readonly centres: ReadonlyMap<string, number>;
  count: number;
}

/** Makes a history; the same options give the same bytes. */
export function generateHistory(options: IHistoryOptions): IHistory {
  const random = createRandom(options.seed);
  const world = createWorld(random);
  const plants = createPlants(options.plants ?? 20, world, random);
  const parameters = plants.flatMap((plant, index) => {
    const skill = plant.skills[plant.skills.length - 1] as string;
    const centre = 10 ** (random.next() * 3);
    return [{ plant: index, skill, input: 'level', centre }];
  });
  const centres = new Map(
    parameters.map(({ plant, centre }) => [String(plant), centre])
  );
  const maker: IMaker = { options, random, world, centres, count: 0 };
  const traces: ITrace[] = [];
  while (traces.length < options.traces) {
    traces.push(makeTrace(maker, plants));
  }
  const decoys = addDecoys(maker, plants, traces);
  return { traces: random.shuffle(traces), plants, decoys, parameters };
}

/** Different patterns, from half a per cent to five per cent of the traces each. */
function createPlants(
  count: number,
  world: readonly IWorldSkill[],
  random: IRandom
): readonly IPlant[] {
  return Array.from({ length: count }, (_, index) => {
    const rate = 0.005 * 10 ** (count > 1 ? index / (count - 1) : 1);
    return createPlant(world, rate, random);
  });
}

function makeTrace(maker: IMaker, plants: readonly IPlant[]): ITrace {
  const { options, random, world } = maker;
  const draft: IDraft = { skills: [], edges: [] };
  const levels = new Map<number, number>();
  plants.forEach((plant, index) => {
    if (random.chance(plant.rate)) {
      const nodes = plantInto(draft, plant);
      levels.set(
        nodes[nodes.length - 1] as number,
        maker.centres.get(String(index)) ?? 1
      );
    }
  });
  if (options.mode === 'intact') {
    const extra = Array.from({ length: 6 }, () => random.chance(0.3)).filter(Boolean);
    addBackground(
      draft,
      draft.skills.length === 0 ? 2 + extra.length : extra.length,
      world,
      random
    );
    return toTrace(maker, draft, levels);
  }
  const noise = options.noise ?? 0;
  const damaged = noise > 0 ? damage(draft, noise, maker) : draft;
  addBackground(damaged, random.int(2, 9), world, random);
  return toTrace(maker, damaged, noise > 0 ? new Map() : levels, 0);
}

/** Relabels, drops and splits planted nodes and edges. */
function damage(draft: IDraft, noise: number, { random, world }: IMaker): IDraft {
  const dropped = draft.skills.map(() => random.chance(noise / 2));
  const place: number[] = [];
  const damaged: IDraft = { skills: [], edges: [] };
  draft.skills.forEach((skill, index) => {
    if (!dropped[index]) {
      const label = random.chance(noise) ? random.pick(world).id : skill;
      place[index] = damaged.skills.push(label) - 1;
    }
  });
  for (const [from, output, to, input] of draft.edges) {
    const a = place[from];
    const b = place[to];
    if (a === undefined || b === undefined || random.chance(noise / 5)) {
      continue;
    }
    if (random.chance(noise)) {
      const between = damaged.skills.push(random.pick(world).id) - 1;
      connect(damaged, a, between, world, random);
      connect(damaged, between, b, world, random);
    } else {
      damaged.edges.push([a, output, b, input]);
    }
  }
  return damaged;
}

/** Writes a draft as a trace: shuffled nodes, drifted values, some failures. */
function toTrace(
  maker: IMaker,
  draft: IDraft,
  levels: ReadonlyMap<number, number>,
  failure = 0.1
): ITrace {
  const { random } = maker;
  maker.count += 1;
  const failed = random.chance(failure) ? random.int(0, draft.skills.length - 1) : -1;
  const order = random.shuffle(draft.skills.map((_, index) => index));
  const name = new Map(order.map((node, index) => [node, `c${index}`]));
  const id = (node: number): string => name.get(node) as string;
  const nodes = order.map((node): ITraceNode => {
    const centre = levels.get(node);
    const outlier = random.chance(0.2);
    // Failed runs drift: they must not pull the learned default.
    const level =
      centre === undefined
        ? random.next() * 1000
        : (failed >= 0 ? 3 : 1) *
          (outlier
            ? centre * random.next() * 10
            : centre * (1 + 0.05 * random.normal()));
    return {
      id: id(node),
      skill: draft.skills[node] as string,
      version: 'sha256:0',
      status: node === failed ? 'failed' : 'success',
      ms: 10,
      cached: false,
      inputs: { level: { type: 'number', value: level } satisfies ITracedValue },
      outputs: {}
    };
  });
  const number = maker.count;
  return {
    v: 1,
    id: `t${String(number).padStart(7, '0')}`,
    session: `s-${Math.floor(number / 3)}`,
    user: `user-${random.int(0, 19)}`,
    started: new Date(1.76e12 + number * 60000).toISOString(),
    ms: 100,
    status: failed >= 0 ? 'failed' : 'success',
    goal: '',
    trigger: 'all',
    nodes,
    edges: draft.edges.map(([from, output, to, input]) => [
      id(from),
      output,
      id(to),
      input
    ]),
    env: {}
  };
}

/** Adds what looks like a pattern and is none. */
function addDecoys(
  maker: IMaker,
  plants: readonly IPlant[],
  traces: ITrace[]
): readonly (IPlant & { readonly why: string })[] {
  const { random, world } = maker;
  const fresh = (): IPlant => createPlant(world, 0, random);
  const draftOf = (plant: IPlant): IDraft => {
    const draft: IDraft = { skills: [], edges: [] };
    plantInto(draft, plant);
    return draft;
  };
  const decoys: (IPlant & { readonly why: string })[] = [];
  const rare = fresh();
  for (let copy = 0; copy < 2; copy += 1) {
    traces.push(toTrace(maker, draftOf(rare), new Map(), 0));
  }
  decoys.push({ ...rare, why: 'too rare' });

  const failing = fresh();
  for (let copy = 0; copy < Math.max(4, maker.options.traces / 50); copy += 1) {
    const draft = draftOf(failing);
    addBackground(draft, random.int(0, 3), world, random);
    traces.push(toTrace(maker, draft, new Map(), 0.7));
  }
  decoys.push({ ...failing, why: 'mostly failing' });

  const [first] = plants;
  if (first) {
    const edges = first.edges.map(([from, output, to, input]): PlantEdge => [
      to,
      output,
      from,
      input
    ]);
    const reversed = { ...first, edges };
    traces.push(toTrace(maker, draftOf(reversed), new Map(), 0));
    decoys.push({ ...reversed, why: 'edges reversed' });
  }

  const apart = fresh();
  for (let copy = 0; copy < Math.max(4, maker.options.traces / 50); copy += 1) {
    const draft: IDraft = { skills: [...apart.skills], edges: [] };
    addBackground(draft, random.int(0, 3), world, random);
    traces.push(toTrace(maker, draft, new Map(), 0));
  }
  decoys.push({ ...apart, why: 'together but not connected' });

  for (const [why, copies, sameSession] of [
    ['retries', 3, true],
    ['copies by one user', 50, false]
  ] as const) {
    const plant = fresh();
    const trace = toTrace(maker, draftOf(plant), new Map(), 0);
    for (let copy = 0; copy < copies; copy += 1) {
      const session = sameSession ? trace.session : `${trace.session}-copy-${copy}`;
      traces.push({ ...trace, id: `${trace.id}-${copy}`, session });
    }
    decoys.push({ ...plant, why });
  }
  return decoys;
}

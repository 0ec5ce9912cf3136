/** Patterns that the generators plant, and labelled graphs that they plant them in. */
import type { IRandom } from './random';

/** A skill's ports in the generated world. */
export interface IWorldSkill {
  readonly id: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

/** `[from, output, to, input]` over node indices. */
export type PlantEdge = readonly [number, string, number, string];

export interface IPlant {
  readonly skills: readonly string[];
  readonly edges: readonly PlantEdge[];
  /** Share of traces that carry it. */
  readonly rate: number;
}

/** A mutable graph under construction. */
export interface IDraft {
  readonly skills: string[];
  readonly edges: PlantEdge[];
}

/** Sixty skills; how often each occurs falls as 1/rank (Zipf). */
export function createWorld(random: IRandom, size = 60): readonly IWorldSkill[] {
  return Array.from({ length: size }, (_, index) => ({
    id: `skill-${String(index).padStart(2, '0')}`,
    inputs: Array.from({ length: random.int(1, 3) }, (__, i) => `in${i}`),
    outputs: Array.from({ length: random.int(1, 2) }, (__, i) => `out${i}`)
  }));
}

export function zipf(size: number): readonly number[] {
  return Array.from({ length: size }, (_, rank) => 1 / (rank + 1));
}

/** Joins two nodes by ports drawn at random. */
export function connect(
  draft: IDraft,
  from: number,
  to: number,
  world: readonly IWorldSkill[],
  random: IRandom
): void {
  const find = (index: number): IWorldSkill => {
    const skill = world.find(({ id }) => id === draft.skills[index]);
    if (!skill) {
      throw new RangeError(`No skill at node ${index}.`);
    }
    return skill;
  };
  draft.edges.push([
    from,
    random.pick(find(from).outputs),
    to,
    random.pick(find(to).inputs)
  ]);
}

/** A connected DAG of 3 to 6 skills: a chain, a diamond, or a chain with a skip. */
export function createPlant(
  world: readonly IWorldSkill[],
  rate: number,
  random: IRandom
): IPlant {
  const shape = random.pick(['chain', 'diamond', 'skip', 'tree'] as const);
  const size = shape === 'diamond' ? random.int(4, 6) : random.int(3, 6);
  const draft: IDraft = {
    skills: random.shuffle(world.map(({ id }) => id)).slice(0, size),
    edges: []
  };
  const join = (from: number, to: number): void =>
    connect(draft, from, to, world, random);
  if (shape === 'diamond') {
    join(0, 1);
    join(0, 2);
    join(1, 3);
    join(2, 3);
    for (let node = 4; node < size; node += 1) {
      join(node - 1, node);
    }
  } else {
    for (let node = 1; node < size; node += 1) {
      join(shape === 'tree' ? random.int(0, node - 1) : node - 1, node);
    }
    if (shape === 'skip') {
      join(0, 2);
    }
  }
  return { ...draft, rate };
}

/** Adds a plant to a draft; returns the indices of its nodes. */
export function plantInto(draft: IDraft, plant: IPlant): readonly number[] {
  const offset = draft.skills.length;
  draft.skills.push(...plant.skills);
  for (const [from, output, to, input] of plant.edges) {
    draft.edges.push([from + offset, output, to + offset, input]);
  }
  return plant.skills.map((_, index) => index + offset);
}

/** Adds background nodes, most of them attached to a node drawn at random. */
export function addBackground(
  draft: IDraft,
  count: number,
  world: readonly IWorldSkill[],
  random: IRandom
): void {
  const weights = zipf(world.length);
  for (let added = 0; added < count; added += 1) {
    const skill = world[random.weighted(weights)] as IWorldSkill;
    const node = draft.skills.push(skill.id) - 1;
    if (node > 0 && random.chance(0.8)) {
      const other = random.int(0, node - 1);
      const [from, to] = random.chance(0.5) ? [other, node] : [node, other];
      connect(draft, from, to, world, random);
    }
  }
}

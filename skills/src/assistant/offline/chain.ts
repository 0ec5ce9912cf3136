import { connects } from '../../skill/connect';
import { targetName } from '../../skill/cell';
import type { IExecutableSkill, IPort, ISkill, PortType } from '../../skill/skill';
import { references, type IPlanStep, type StepInput } from '../planSteps';
import { exampleLinks, presets } from './examples';

/** Producers that are added for what the wanted skills need; a circle ends here. */
const MAX_STEPS = 8;
/** From this on two ports are meant for each other, not only able to connect. */
const MEANT = 4;

/** An output that could feed an input, and how well it fits. */
interface ISource {
  readonly skill: IExecutableSkill;
  readonly output: IPort;
  readonly score: number;
  /** True when the input takes a list of such values. */
  readonly isListed: boolean;
}

/**
 * The wanted skills as a workflow whose ports fit by type, with the skills of their own
 * field that make what they need, for example the Hamiltonian of a VQE. What cannot be
 * fed or is not connected stays out; null when nothing connects.
 */
export function chainSkills(
  library: readonly ISkill[],
  wanted: readonly ISkill[],
  question = ''
): readonly IPlanStep[] | null {
  const executable = library.filter(
    (skill): skill is IExecutableSkill =>
      skill.kind === 'executable' && skill.mode === 'browser-wasm'
  );
  const chosen = wanted.flatMap(({ id }) =>
    executable.filter(skill => skill.id === id)
  );
  const chain: IChain = {
    ...{ executable, chosen, question },
    ...{ names: new Map<string, string>(), steps: new Map<string, IPlanStep>() }
  };
  for (const skill of chosen) {
    const before = new Map(chain.steps);
    if (!addToChain(chain, skill, [])) {
      // What was added for it goes with it.
      chain.steps = before;
    }
  }
  const steps = connected([...chain.steps.values()]);
  return steps.length > 1 ? steps : null;
}

/** A chain as far as it is built. */
interface IChain {
  readonly executable: readonly IExecutableSkill[];
  readonly chosen: readonly IExecutableSkill[];
  readonly question: string;
  /** Variables by skill. */
  readonly names: Map<string, string>;
  steps: Map<string, IPlanStep>;
}

function addToChain(
  chain: IChain,
  skill: IExecutableSkill,
  above: readonly string[]
): boolean {
  const { executable, chosen, question, steps } = chain;
  if (steps.has(skill.id)) {
    return true;
  }
  if (above.includes(skill.id) || steps.size >= MAX_STEPS) {
    return false;
  }
  const near = executable.filter(each => chosen.includes(each) || steps.has(each.id));
  // Who asks to plot or to save has values in mind: none are made up for that. And what
  // was added for a need must not need more.
  const makers = chosen.includes(skill)
    ? executable.filter(({ category }) => category === skill.category)
    : [];
  const inputs: Record<string, StepInput> = presets(skill, question);
  for (const port of skill.inputs) {
    const isNeeded = port.required === true && port.default === undefined;
    const use = useOf(skill, port, inputs);
    const isChoice = port.enum !== undefined && !isNeeded;
    if (Object.hasOwn(inputs, port.name) || use === 'other' || isChoice) {
      continue;
    }
    const source =
      findSource(skill, port, [near, isNeeded ? makers : []]) ??
      // What was only added for a need is not what was asked for.
      (use === 'this'
        ? (findLoose(skill, port, chosen) ?? findLoose(skill, port, near))
        : null);
    if (source && addToChain(chain, source.skill, [...above, skill.id])) {
      const from = [nameIn(chain, source.skill), source.output.name] as const;
      inputs[port.name] = source.isListed ? [{ from }] : { from };
    } else if (isNeeded) {
      return false;
    }
  }
  chain.steps.set(skill.id, { id: nameIn(chain, skill), skill: skill.id, inputs });
  return true;
}

function nameIn({ names }: IChain, { id }: IExecutableSkill): string {
  const known = names.get(id) ?? targetName(id, names.values());
  names.set(id, known);
  return known;
}

/** The steps that take from another or give to one. */
function connected(steps: readonly IPlanStep[]): readonly IPlanStep[] {
  const takes = steps.map(
    step => [step.id, references(step).map(({ from: [other] }) => other)] as const
  );
  const giving = new Set(takes.flatMap(([, others]) => others));
  return steps.filter(
    ({ id }, at) => giving.has(id) || (takes[at]?.[1].length ?? 0) > 0
  );
}

/**
 * What an input is for, where its description begins with "For csv and json:", measured by
 * the choice that the call makes (or leaves at its default).
 */
function useOf(
  { inputs: ports }: IExecutableSkill,
  { description = '' }: IPort,
  given: Readonly<Record<string, StepInput>>
): 'any' | 'this' | 'other' {
  const words = /^For ([^:]+):/.exec(description)?.[1]?.split(/[^\w-]+/) ?? [];
  const chooser = ports.find(({ enum: choices = [] }) =>
    choices.some(choice => words.includes(wordOf(choice)))
  );
  if (!chooser) {
    return 'any';
  }
  const choice = given[chooser.name] ?? chooser.default;
  return words.includes(wordOf(choice)) ? 'this' : 'other';
}

/** A choice as a description would write it, where lists and references have no word. */
function wordOf(choice: StepInput | undefined): string {
  return typeof choice === 'object' ? JSON.stringify(choice) : String(choice);
}

/** How much a value of a type is worth keeping, for inputs that take anything. */
const WORTH: Readonly<Record<string, number>> = {
  table: 4,
  'array<number>': 3,
  array: 2,
  object: 1,
  number: 1
};

/** How much an output is worth keeping; 0 for what is no data. */
export function worthOf({ type }: IPort): number {
  return WORTH[type] ?? 0;
}

/** For an input that takes anything: the richest data among what the wanted skills give. */
function findLoose(
  { id }: IExecutableSkill,
  port: IPort,
  chosen: readonly IExecutableSkill[]
): ISource | null {
  return chosen
    .filter(skill => skill.id !== id)
    .flatMap(skill =>
      skill.outputs
        .filter(output => connects(output.type, port.type))
        .map(output => {
          const score = worthOf(output);
          return { skill, output, score, isListed: false };
        })
    )
    .reduce<ISource | null>(
      (best, each) => (each.score > (best?.score ?? 0) ? each : best),
      null
    );
}

/** The best output for an input: among the wanted skills first, then in the library. */
function findSource(
  skill: IExecutableSkill,
  port: IPort,
  [chosen, all]: readonly [readonly IExecutableSkill[], readonly IExecutableSkill[]]
): ISource | null {
  const examples = exampleLinks(skill, port.name);
  const best = (list: readonly IExecutableSkill[]): ISource | null =>
    list
      .filter(({ id }) => id !== skill.id)
      .flatMap(source =>
        source.outputs.flatMap(output => fit(source, output, port, examples) ?? [])
      )
      .reduce<ISource | null>(
        (found, each) => (found === null || each.score > found.score ? each : found),
        null
      );
  const feeds = (source: IExecutableSkill): boolean =>
    source.inputs.some(input =>
      chosen.some(({ outputs }) =>
        outputs.some(({ type }) => TELLING.has(type) && type === input.type)
      )
    );
  const others = all.filter(each => !chosen.includes(each));
  // A producer that takes what a wanted skill gives belongs between the two.
  return best(chosen) ?? best(others.filter(feeds)) ?? best(others);
}

/** Types that say what a value is, not only how it is built. */
const TELLING: ReadonlySet<PortType> = new Set<PortType>([
  'geometry',
  'material',
  'mesh',
  'scene',
  'circuit',
  'image',
  'table'
]);

/** Whether a type says what a value is. */
export function isTelling(type: PortType): boolean {
  return TELLING.has(type);
}

/** Whether an output and an input are meant for each other by their names and types. */
export function isMeant(skill: IExecutableSkill, output: IPort, port: IPort): boolean {
  return fit(skill, output, port, exampleLinks(skill, port.name)) !== null;
}

function fit(
  skill: IExecutableSkill,
  output: IPort,
  port: IPort,
  examples: ReadonlySet<string>
): ISource | null {
  const isListed = port.type === 'array' && port.name === `${output.type}es`;
  const isPlural =
    isListed || (port.type === 'array' && port.name === `${output.type}s`);
  if (!isPlural && !connects(output.type, port.type)) {
    return null;
  }
  const words = port.name.split('_');
  const shared = output.name.split('_').some(word => words.includes(word));
  const score =
    (output.name === port.name ? 5 : shared ? 2 : 0) +
    (examples.has(output.name) ? 4 : 0) +
    (TELLING.has(output.type) && (output.type === port.type || isPlural) ? 3 : 0) +
    (output.type === port.type && output.type !== 'any' ? 1 : 0) +
    (isPlural ? 2 : 0);
  return score >= MEANT ? { skill, output, score, isListed: isPlural } : null;
}

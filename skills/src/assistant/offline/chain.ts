import { connects } from '../../skill/connect';
import { targetName } from '../../skill/cell';
import type { IExecutableSkill, IPort, ISkill } from '../../skill/skill';
import { analyseCell, skillCalls } from '../../workflow/analyse';
import type { IPlanStep, StepInput } from '../plan';

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
 * The wanted skills as a workflow whose ports fit by type, with the skills that make what
 * they need, for example the Hamiltonian of a VQE. Null when something that must be given
 * has no source, or when nothing connects.
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
  const chosen = wanted.filter(
    (skill): skill is IExecutableSkill => skill.kind === 'executable'
  );
  const names = new Map<string, string>();
  const steps = new Map<string, IPlanStep>();
  const nameOf = ({ id }: IExecutableSkill): string => {
    const known = names.get(id) ?? targetName(id, names.values());
    names.set(id, known);
    return known;
  };
  const build = (skill: IExecutableSkill, above: readonly string[]): boolean => {
    if (steps.has(skill.id)) {
      return true;
    }
    if (above.includes(skill.id) || steps.size >= MAX_STEPS) {
      return false;
    }
    const inputs: Record<string, StepInput> = presets(skill, question);
    for (const port of skill.inputs) {
      const use = useOf(skill, port, inputs);
      if (Object.hasOwn(inputs, port.name) || use === 'other') {
        continue;
      }
      const isNeeded = port.required === true && port.default === undefined;
      const near = executable.filter(
        each => chosen.includes(each) || steps.has(each.id)
      );
      const source =
        findSource(skill, port, [near, isNeeded ? executable : []]) ??
        (use === 'this' ? findLoose(skill, port, near) : null);
      const isBuilt = source !== null && build(source.skill, [...above, skill.id]);
      if (source && isBuilt) {
        const from = [nameOf(source.skill), source.output.name] as const;
        inputs[port.name] = source.isListed ? [{ from }] : { from };
      } else if (isNeeded) {
        return false;
      }
    }
    steps.set(skill.id, { id: nameOf(skill), skill: skill.id, inputs });
    return true;
  };
  const isWhole = chosen.length > 0 && chosen.every(skill => build(skill, []));
  return isWhole && steps.size > 1 ? [...steps.values()] : null;
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
          const score = WORTH[output.type] ?? 0;
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
const TELLING: ReadonlySet<string> = new Set([
  'geometry',
  'material',
  'mesh',
  'scene',
  'circuit',
  'image',
  'table'
]);

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

/** Outputs that the skill's own example gives to an input, such as `exact` to `reference`. */
function exampleLinks(skill: ISkill, input: string): ReadonlySet<string> {
  const calls = exampleSources(skill).flatMap(source =>
    skillCalls(analyseCell(source))
  );
  return new Set(
    calls
      .filter(call => call.skill === skill.id)
      .flatMap(call => call.arguments)
      .flatMap(argument =>
        argument.name === input && argument.source?.output
          ? [argument.source.output]
          : []
      )
  );
}

/** The blocks of a skill's text that call skills: indented, or fenced and not its code. */
export function exampleSources({ body }: ISkill): readonly string[] {
  const blocks: string[][] = [];
  let inFence = false;
  let open: string[] | null = null;
  for (const line of body.split('\n')) {
    if (/^\s*(~~~|```)/.test(line)) {
      inFence = !inFence;
      open = inFence ? [] : null;
      if (open) {
        blocks.push(open);
      }
    } else if (inFence) {
      open?.push(line);
    } else if (/^ {4}\S/.test(line)) {
      if (!open) {
        open = [];
        blocks.push(open);
      }
      open.push(line.slice(4));
    } else if (line.trim() !== '') {
      open = null;
    }
  }
  return blocks
    .map(lines => lines.join('\n').trim())
    .filter(text => /\bskill\(/.test(text));
}

/**
 * Values that the question names: one of an input's choices as a word of it ("as PNG",
 * "grover"). A choice that is the default needs no mention.
 */
function presets(skill: IExecutableSkill, question: string): Record<string, StepInput> {
  const words = question.toLowerCase().split(/[^a-z0-9-]+/);
  const found: Record<string, StepInput> = {};
  for (const { name, enum: choices = [], default: preset } of skill.inputs) {
    const named = choices.find(
      choice => typeof choice === 'string' && words.includes(choice.toLowerCase())
    );
    if (named !== undefined && named !== preset) {
      found[name] = named;
    }
  }
  return found;
}

import type { IExecutableSkill, IPort, ISkill, JsonValue } from '../../skill/skill';
import { analyseCell, skillCalls } from '../../workflow/analyse';
import { colourIn } from '../colours';
import type { StepInput } from '../planSteps';
import { givenBy, impliedWords } from './quantities';
import { wordsOf } from './wanted';

/** Outputs that the skill's own example gives to an input, such as `exact` to `reference`. */
export function exampleLinks(skill: ISkill, input: string): ReadonlySet<string> {
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

/** Words that order a picture: a variable of an example may be called so too. */
const ORDERS: ReadonlySet<string> = new Set(['show', 'view', 'render']);
/** A basis state, as `for 101`, `bits 101` or `|101>`, no count of something. */
const BITS =
  /(?:\b(?:for|find|bits?|state|string)(?: the)?(?: (?:bits?|state|string))? ["']?|\|)([01]{2,})(?![\w.])(?! \w*(?:qubit|shot|measurement)s?\b)/i;

/**
 * Values that the question names: one of an input's choices as a word of it ("as PNG",
 * "grover"), or the choices of an example whose variable is such a word (`bode = …` for a
 * Bode plot), or the choice whose description begins with such a word ("Step response or
 * frequency response"); the one colour of it, for an input that has one by default; and
 * numbers, by their names and units (see {@link givenBy}). A choice that is the default
 * needs no mention.
 */
export function presets(
  skill: IExecutableSkill,
  question: string
): Record<string, StepInput> {
  const names = wordsOf(question).filter(word => !ORDERS.has(word));
  const shown = exampleChoices(skill, names);
  const found: Record<string, StepInput> = { ...givenBy(skill, question).inputs };
  for (const port of skill.inputs) {
    const { name, enum: choices = [], default: preset } = port;
    const named =
      choicesSaid(port, question)[0] ??
      choices.find(choice => shown.get(name) === JSON.stringify(choice)) ??
      describedChoice(port, wordsOf(question)) ??
      describedChoice(port, impliedWords(question)) ??
      (isColoured(port) ? colourIn(question) : undefined);
    if (named !== undefined && named !== preset) {
      found[name] = named;
    }
  }
  return { ...found, ...bitsIn(skill, found, question) };
}

/**
 * The basis state of a question ("Grover search for 101"), and as many qubits, where the
 * circuit that it chooses takes one.
 */
function bitsIn(
  { inputs }: IExecutableSkill,
  found: Readonly<Record<string, StepInput>>,
  question: string
): Record<string, StepInput> {
  const port = inputs.find(({ name, type }) => name === 'bits' && type === 'string');
  const qubits = inputs.find(({ name }) => name === 'qubits');
  const [, bits] = BITS.exec(question) ?? [];
  const takes = Object.values(found).some(
    choice => typeof choice === 'string' && port?.description?.includes(`${choice}: `)
  );
  const count = found['qubits'] ?? bits?.length;
  if (!takes || !port || !qubits || bits === undefined || count !== bits.length) {
    return {};
  }
  return { bits, ...(count === qubits.default ? {} : { qubits: count }) };
}

/**
 * The choices of an input that are words of a question, longest first: "torus knot" says more
 * than "torus", which is left out then.
 */
export function choicesSaid(
  { enum: choices = [] }: IPort,
  question: string
): readonly string[] {
  const said = ` ${spaced(question)} `;
  const named = choices
    .filter(choice => typeof choice === 'string')
    .filter(choice => said.includes(` ${spaced(choice)} `))
    .sort((a, b) => b.length - a.length);
  return named.filter(
    (choice, at) =>
      !named.slice(0, at).some(longer => longer.toLowerCase().includes(choice))
  );
}

/** Whether an input is a colour. */
export function isColoured({ default: preset }: IPort): boolean {
  return typeof preset === 'string' && /^#[0-9a-f]{6}$/i.test(preset);
}

/** The one choice whose part of the description begins with one of the words. */
function describedChoice(
  { enum: choices = [], description = '' }: IPort,
  words: readonly string[]
): JsonValue | undefined {
  const heads = description.split(/,? or /).map(part => wordsOf(part)[0] ?? '');
  const named = choices.filter((_, at) => words.includes(heads[at] ?? ''));
  return heads.length === choices.length && named.length === 1 ? named[0] : undefined;
}

/** Words alone, one space apart. */
function spaced(text: string): string {
  return text
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .join(' ')
    .trim();
}

/** Arguments, as they are written, of the example calls into a variable of such a name. */
function exampleChoices(
  skill: ISkill,
  names: readonly string[]
): ReadonlyMap<string, string> {
  const found = exampleSources(skill).flatMap(source =>
    skillCalls(analyseCell(source))
      .filter(call => call.skill === skill.id && names.includes(call.target ?? ''))
      .flatMap(call => call.arguments)
      .flatMap(({ name, valueStart, valueEnd }) =>
        name === null ? [] : [[name, source.slice(valueStart, valueEnd)] as const]
      )
  );
  return new Map(found);
}

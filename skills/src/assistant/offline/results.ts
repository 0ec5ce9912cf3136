/** What an output of a skill is, and why, from the skill's own text and the notebook. */
import type { IExecutableSkill, IPort, ISkill } from '../../skill/skill';
import type { ISkillCall } from '../../workflow/calls';
import type { IGraphCell } from '../../workflow/graph';
import { closest, listOf } from '../../skill/suggest';
import { whyUnknown, type IQuestion, type ITold } from './question';
import { sectionOf } from './texts';
import { hasWords, wordsOf } from './wanted';

const ASKS =
  /\b(?:why|how|what)\b.*\b(?:large|high|big|small|low|bad|wrong|far|off|improve|reduce|lower|decrease|increase|smaller|larger|better|zero|0|negative)\b/i;
/** Sections of a skill that say what its outputs depend on. */
const SECTIONS = ['Limits', 'Accuracy', 'Notes', 'Choices'];
/** An output as code names it, `vqe.eigenvalue`; no call of a method. */
const DOTTED = /(?<![\w.])([A-Za-z_]\w*)\.([A-Za-z_]\w*)(?![\w(])/g;
/** A word that means an output only where no exception is meant. */
export const FAULT = /^errors?$/i;

/** An output that a question is about. */
export interface IAboutResult {
  readonly skill: IExecutableSkill;
  readonly output: IPort;
}

/** An output of a call in the notebook, which a variable has. */
export interface INamedResult extends IAboutResult {
  readonly cell: IGraphCell;
  readonly call: ISkillCall;
}

/**
 * The output of a skill that a question names, when it asks why it is so or how to change
 * it: "Why is the error of my vqe so large?" Without the skill it is a number of the notebook
 * that is spoken of as the one there is: "the error".
 */
export function resultAsked(
  skills: readonly ISkill[],
  question: IQuestion
): IAboutResult | null {
  const { text, graph } = question;
  if (!ASKS.test(text)) {
    return null;
  }
  const words = wordsOf(text);
  const given = givenResults(question);
  const found = skills.flatMap(skill => {
    const { id, name } = skill;
    const isNamed = [...wordsOf(id), ...wordsOf(name)].some(word =>
      words.includes(word)
    );
    const outputs = skill.kind === 'executable' && isNamed ? skill.outputs : [];
    const output = outputs.find(each => hasWords(words, each.name));
    return output && skill.kind === 'executable' ? [{ skill, output }] : [];
  });
  const isCalled = ({ skill }: IAboutResult): boolean =>
    graph.cells.some(({ calls }) => calls.some(call => isOf(skill, call)));
  // Skills that are learned from others have words and outputs of those.
  const called = found.filter(isCalled);
  const [named] = (called.length > 0 ? called : found).filter(each => {
    // Where its cells failed, the error is theirs.
    return (
      !FAULT.test(each.output.name) ||
      !isCalled(each) ||
      given.some(({ skill, output }) => skill === each.skill && output === each.output)
    );
  });
  const numbers = given.filter(
    ({ output: { type } }) => type === 'number' || type === 'integer'
  );
  const said = ` ${sayingOf(text)} `;
  const meant = numbers.find(({ output: { name } }) =>
    new RegExp(` (?:the|my|this) ${sayingOf(name)} (?!of )`).test(said)
  );
  return named ?? resultsSaid(question, numbers)[0] ?? meant ?? null;
}

/**
 * The outputs of the notebook's calls that variables have. What failed has none that could
 * be its error.
 */
export function givenResults({
  cells,
  graph,
  find
}: IQuestion): readonly INamedResult[] {
  return graph.cells.flatMap(cell => {
    const isFailed = cells.some(
      ({ id, error }) => id === cell.id && error !== undefined
    );
    return cell.calls.flatMap(call => {
      const skill = find(call.skill);
      return skill?.kind === 'executable' && call.target !== null
        ? skill.outputs
            .filter(({ name }) => !isFailed || !FAULT.test(name))
            .map(output => ({ skill, output, cell, call }))
        : [];
    });
  });
}

/**
 * The outputs that a question names as code does, or as "the eigenvalue of vqe" or "vqe's
 * eigenvalue" with a variable of the notebook; of one that is set twice the last.
 */
export function resultsSaid(
  question: IQuestion,
  given = givenResults(question)
): readonly INamedResult[] {
  const { text } = question;
  const dotted = [...text.matchAll(DOTTED)].map(([name]) => name);
  const words = ` ${sayingOf(text)} `;
  const said = given.filter(({ output, call }) => {
    const [name, of] = [output.name, call.target ?? ''].map(sayingOf);
    const ways = [`${name} of ${of}`, `${name} of the ${of}`, `${of} ${name}`];
    return (
      dotted.includes(`${call.target}.${output.name}`) ||
      ways.some(way => words.includes(` ${way} `))
    );
  });
  return lastOf(said);
}

/** That a call gives no output of the name that a question says, and which is near it. */
export function unknownResult(question: IQuestion): ITold | null {
  const given = givenResults(question);
  for (const [, target, name = ''] of question.text.matchAll(DOTTED)) {
    const own = lastOf(given.filter(({ call }) => call.target === target));
    const names = own.map(({ output }) => output.name);
    const [first] = own;
    // What failed may have an error, which is none of its outputs.
    if (!first || names.includes(name) || FAULT.test(name)) {
      continue;
    }
    const near = own.find(({ output }) => output.name === closest(name, names));
    const none = `\`${target}\` has no output \`${name}\`.`;
    return {
      markdown: near
        ? `${none} Did you mean \`${target}.${near.output.name}\`? ${valueNow(near, question)}`
        : `${none} It has ${listOf(
            names.map(each => `\`${each}\``),
            'and'
          )}.`,
      cells: question.cells.filter(({ id }) => id === first.cell.id)
    };
  }
  return null;
}

/** Each as code names it once: where it is set several times, the last. */
export function lastOf(results: readonly INamedResult[]): readonly INamedResult[] {
  const named = results.map(
    each => [`${each.call.target}.${each.output.name}`, each] as const
  );
  return [...new Map(named).values()];
}

/** What in the notebook is called "error" and is no exception. */
export function errorValues(question: IQuestion): {
  /** Those that the question names with their variables. */
  readonly said: readonly INamedResult[];
  readonly all: readonly INamedResult[];
} {
  const all = givenResults(question).filter(({ output }) => FAULT.test(output.name));
  return { said: resultsSaid(question, all), all };
}

/** A text, or a name in code, as words that can be found in one another. */
export function sayingOf(text: string): string {
  return text
    .toLowerCase()
    .replace(/['’]s\b/g, '')
    .split(/[^a-z0-9]+/)
    .filter(word => word !== '')
    .map(word => (word.length > 3 ? word.replace(/s$/, '') : word))
    .join(' ');
}

/** What an output holds, and in which unit. */
export function whatIs({ description = '', unit }: IPort): string {
  return [description, unit === undefined ? '' : `in ${unit}`]
    .filter(Boolean)
    .join(', ');
}

/** What it is, what it was, and what to turn: Markdown. */
export function explainResult(about: IAboutResult, question: IQuestion): string {
  const { skill, output } = about;
  const sections = SECTIONS.flatMap(title => sectionOf(skill.body, title) || []);
  const inputs = skill.inputs
    .filter(({ default: preset }) => preset !== undefined)
    .map(
      ({ name, default: preset, description: text = '' }) =>
        `- \`${name}\` (${JSON.stringify(preset)} by default): ${text}`
    );
  return [
    `\`${output.name}\` of **${skill.name}** (\`${skill.id}\`): ${whatIs(output)}.`,
    ...valuesNow(about, question.graph.cells, question),
    ...sections,
    ...(inputs.length > 0 ? [`**What you can turn**\n\n${inputs.join('\n')}`] : [])
  ].join('\n\n');
}

/** The value of each call in these cells, and what it was called with. */
export function valuesNow(
  { skill, output }: IAboutResult,
  cells: readonly IGraphCell[],
  question: IQuestion
): readonly string[] {
  return cells.flatMap(cell =>
    cell.calls
      .filter(call => call.target !== null && isOf(skill, call))
      .map(call => valueNow({ skill, output, cell, call }, question))
  );
}

/** The value of one call, and what it was called with. */
export function valueNow(
  { output, cell: { source }, call: { target, arguments: given } }: INamedResult,
  question: IQuestion
): string {
  const found = seenOf(target ?? '', output.name, question);
  const inputs = given.flatMap(({ name, valueStart, valueEnd }) =>
    name === null ? [] : `\`${name}\` = \`${source.slice(valueStart, valueEnd)}\``
  );
  const name = `\`${target}.${output.name}\``;
  if (!found) {
    return `In this notebook ${name} is not known: ${whyUnknown(target ?? '', question)}.`;
  }
  const how = inputs.length > 0 ? `, with ${inputs.join(', ')}` : '';
  return `In this notebook ${name} ${isValue(found.type, found.value)}${how}.`;
}

/** What the kernel shows of a value. */
export interface ISeen {
  /** With its size, as `list (5)`. */
  readonly type: string;
  /** Of what is long its beginning; undefined where only the type is known. */
  readonly value: string | undefined;
}

/** What the kernel says of an output that a variable has; null where it says nothing. */
export function seenOf(
  target: string,
  output: string,
  { variable }: Pick<IQuestion, 'variable'>
): ISeen | null {
  const found = new RegExp(
    `[ {]${output}: ([^;{}=]*?)(?: = ([^;{}]*)|(?= ?[;}]))`
  ).exec(variable(target) ?? '');
  return found && { type: found[1] ?? '', value: found[2]?.trim() };
}

/** What is said of a value that the kernel showed: of a dictionary it shows the keys. */
export function isValue(type: string, shown: string | undefined): string {
  if (shown === undefined) {
    return `is of the type \`${type}\``;
  }
  return type.startsWith('dict')
    ? `is a dictionary with the keys ${shown}`
    : `is ${shown}`;
}

function isOf({ id, aliases }: ISkill, { skill }: ISkillCall): boolean {
  return skill === id || aliases.includes(skill);
}

/** The values of the notebook as a whole: what they are, and which skills draw them. */
import { targetName } from '../../skill/cell';
import { connects } from '../../skill/connect';
import { formatPython } from '../../skill/python';
import type { IExecutableSkill, IPort, ISkill } from '../../skill/skill';
import { listOf } from '../../skill/suggest';
import { variablesOf } from './aboutNotebook';
import { isMeant } from './chain';
import { exampleLinks } from './examples';
import type { IQuestion, ITold } from './question';
import { givenResults, lastOf, seenOf, type INamedResult } from './results';

const WHICH =
  /^\W*(?:(?:what|which)(?:'s| is| are| were) (?:all )?(?:the|my) (?:final )?(?:results?|outputs|values)|(?:show|list|print|give|tell|summari[sz]e)(?: me)?(?: all)?(?: of)?(?: (?:the|my))? (?:results|outputs|values)|what (?:did|do) (?:i|we|it|(?:this|the|my) notebook) (?:get|give|find|compute|produce)|what (?:came|comes) out(?: of it)?)(?: (?:(?:in|of|from) (?:this|the|my) (?:notebook|session)|so far|here|now))*\W*$/i;
const PLOT =
  /^\W*(?:(?:how|where) (?:do|can|should) (?:i|we) |how to |(?:can|could) (?:you|i|we) |please )?(?:plot|draw|chart|graph|visuali[sz]e) (?:all )?(?:of )?(?:the|my|its|these|this|our) (?:results?|outputs?|values?|data|numbers|variables)(?: (?:(?:in|of|from) (?:this|the|my) notebook|here|now|please))*\W*$/i;
/** Any variable that such a question may mean instead. */
const OWN = ['result', 'results', 'output', 'outputs', 'values'];
/** Draws any numbers. */
const XY = 'plot-xy';
const MOST = 20;
const MOST_PLOTS = 2;

/** The values that the notebook has, where a question asks for all of them. */
export function explainResults(question: IQuestion): ITold | null {
  const { text, graph, hasNotebook } = question;
  // What a skill gave is among the values that are asked for, whatever it is called.
  const isOwn = graph.cells.some(({ analysis, calls }) =>
    analysis.defines.some(
      name => OWN.includes(name) && !calls.some(({ target }) => target === name)
    )
  );
  if (!hasNotebook || isOwn || !WHICH.test(text)) {
    return null;
  }
  const given = lastOf(givenResults(question));
  const names = [...new Set(graph.cells.flatMap(variablesOf))];
  const known = names.filter(name => question.variable(name) !== undefined);
  const unknown = names.filter(
    name => !known.includes(name) && !question.unasked.includes(name)
  );
  const lines = known.map(name => {
    const own = given.filter(({ call }) => call.target === name);
    return own.length > 0 ? outputsLine(own, question) : valueLine(name, question);
  });
  const more = names.length - unknown.length - Math.min(lines.length, MOST);
  const parts = [
    ...(lines.length > 0
      ? [`The values of this notebook:\n\n${lines.slice(0, MOST).join('\n')}`]
      : []),
    ...(more > 0 ? [`And ${more} more.`] : []),
    ...(unknown.length > 0 ? [unknownText(unknown)] : [])
  ];
  return {
    markdown: parts.join('\n\n') || 'No cell of this notebook defines a value.',
    cells: question.cells.filter(({ id }) => given.some(({ cell }) => cell.id === id))
  };
}

function unknownText(names: readonly string[]): string {
  const more = names.length - MOST;
  const shown = names.slice(0, MOST).map(name => `\`${name}\``);
  const listed = listOf(more > 0 ? [...shown, `${more} more`] : shown, 'and');
  return `The kernel does not tell of ${listed}: they are not set in it yet, or it is busy or did not answer.`;
}

/** What a call gave: numbers and what is short as they are, the names of the rest. */
function outputsLine(own: readonly INamedResult[], question: IQuestion): string {
  const [first] = own;
  const seen = own.map(({ output: { name, unit = '' }, call }) => {
    const { type = '', value = '' } = seenOf(call.target ?? '', name, question) ?? {};
    const shown = isNumber(value) ? `${value} ${unit}`.trim() : value;
    const size = /^(?:list|tuple|ndarray)\b.*(\(\d[\d, ]*\))$/.exec(type)?.[1];
    const isShort =
      isNumber(value) || (type.startsWith('str') && /^'.{0,24}'$/.test(value));
    const isList = size !== undefined && isNumber(value.split(', ')[0] ?? '');
    return {
      name: `\`${name}\``,
      value: isShort ? ` is ${shown}` : isList ? ` ${size} is ${value}` : null
    };
  });
  const told = seen.flatMap(({ name, value }) =>
    value === null ? [] : `${name}${value}`
  );
  const others = seen.flatMap(({ name, value }) => (value === null ? name : []));
  const besides = told.length > 0 ? 'besides ' : '';
  return [
    `- \`${first?.call.target}\`, of **${first?.skill.name}**: ${told.join('; ')}`,
    ...(others.length > 0 ? [`${besides}${listOf(others, 'and')}`] : [])
  ].join(told.length > 0 ? '; ' : '');
}

function valueLine(name: string, question: IQuestion): string {
  const line = question.variable(name) ?? '';
  return `- \`${name}\`: \`${line.replace(/ \{.*$/, '').replaceAll('`', "'")}\``;
}

function isNumber(text: string): boolean {
  return /^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i.test(text);
}

/** What an answer shows, and the skills that it is about. */
interface IPlots {
  readonly markdown: string;
  readonly skills: readonly string[];
}

/** The calls that draw the values of the notebook, where a question asks for that. */
export function explainPlots(
  skills: readonly ISkill[],
  question: IQuestion
): IPlots | null {
  if (!PLOT.test(question.text)) {
    return null;
  }
  const taken = question.graph.cells.flatMap(({ analysis }) => analysis.defines);
  const given = lastOf(givenResults(question));
  const fed = skills.flatMap(skill => {
    const inputs =
      skill.kind === 'executable' && draws(skill) ? fedBy(skill, given) : null;
    return inputs ? [{ skill, inputs }] : [];
  });
  const xy = skills.find(({ id }) => id === XY);
  const lists = xy ? listsIn(question).map(inputs => ({ skill: xy, inputs })) : [];
  const plots = [...fed, ...lists].slice(0, MOST_PLOTS);
  if (plots.length === 0) {
    return null;
  }
  const parts = plots.map(({ skill: { id, name, description }, inputs }) => {
    const target = targetName(id, taken);
    taken.push(target);
    const call = `${target} = await skill(${formatPython(id)})(${inputs.join(', ')})`;
    return `**${name}** (\`${id}\`): ${description}\n\n\`\`\`python\n${call}\n\`\`\``;
  });
  return {
    markdown: ['These draw values of this notebook.', ...parts].join('\n\n'),
    skills: [...new Set(plots.map(({ skill }) => skill.id))]
  };
}

function draws({ outputs }: IExecutableSkill): boolean {
  return outputs.some(({ type }) => type === 'image');
}

/** The arguments by which calls of the notebook feed a skill; null where one has to be guessed. */
function fedBy(
  skill: IExecutableSkill,
  given: readonly INamedResult[]
): readonly string[] | null {
  const needed = skill.inputs.filter(
    ({ required, default: preset }) => required === true && preset === undefined
  );
  const source = (port: IPort): INamedResult | undefined =>
    given.filter(({ output }) => isMeant(skill, output, port)).at(-1);
  const main = needed.map(source);
  const [first] = main;
  if (!first || main.some(each => each === undefined)) {
    return null;
  }
  return skill.inputs.flatMap(port => {
    const links = exampleLinks(skill, port.name);
    const beside = given.find(
      ({ output, call }) =>
        call === first.call &&
        links.has(output.name) &&
        connects(output.type, port.type)
    );
    const from = needed.includes(port) ? source(port) : beside;
    return from ? [`${port.name}=${from.call.target}.${from.output.name}`] : [];
  });
}

/** Lists of numbers of plain code: those of one length along the first of them. */
function listsIn(question: IQuestion): readonly (readonly string[])[] {
  const bySize = new Map<string, string[]>();
  for (const name of new Set(question.graph.cells.flatMap(variablesOf))) {
    const [, size, preview = ''] =
      /^(?:list|tuple|ndarray (?:float|int)\d+) \((\d+)\) = (.*)$/.exec(
        question.variable(name) ?? ''
      ) ?? [];
    const items = preview.split(', ').filter(item => item !== '…');
    if (size !== undefined && items.length > 1 && items.every(isNumber)) {
      bySize.set(size, [...(bySize.get(size) ?? []), name]);
    }
  }
  const groups = [...bySize.values()].sort((a, b) => b.length - a.length);
  return groups.map(([first = '', ...others]) => {
    const series = others.map(name => `${formatPython(name)}: ${name}`);
    return others.length === 0
      ? [`y=${first}`]
      : [`x=${first}`, `y={${series.join(', ')}}`];
  });
}

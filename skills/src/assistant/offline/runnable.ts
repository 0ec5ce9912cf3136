/** Which lines of an example run as they stand. */
import type { ISkill } from '../../skill/skill';
import { listOf } from '../../skill/suggest';
import { analyseCell, skillCalls } from '../../workflow/analyse';
import type { IMember } from '../../workflow/calls';
import { parsePython } from '../../workflow/python/parse';
import { placeOf } from './cells';
import type { IQuestion } from './question';

/** Whether the notebook has a variable; with an output, whether it can have that. */
export type IsKnown = (member: IMember) => boolean;

interface IRunnable {
  /** The lines that need nothing but what is known and each other. */
  readonly runs: string;
  /** The others. */
  readonly rest: string;
  /** The names that those need and nothing gives, in the order of the text. */
  readonly lacks: readonly string[];
}

/** The line that imports it is inserted with a call. */
const GIVEN = 'skill';

/** What the cells of a notebook define; of a skill's call the outputs that the skill has. */
export function knownIn({ graph, find }: Pick<IQuestion, 'graph' | 'find'>): IsKnown {
  return ({ name, output }) => {
    const defines = graph.cells.filter(({ analysis }) =>
      analysis.defines.includes(name)
    );
    const last = defines.at(-1);
    const call = last?.calls.filter(({ target }) => target === name).at(-1);
    const skill = call && find(call.skill);
    return (
      last !== undefined &&
      (output === null ||
        skill?.kind !== 'executable' ||
        skill.outputs.some(each => each.name === output))
    );
  };
}

/** Sets the lines of an example that run by themselves apart from those that do not. */
export function splitExample(source: string, isKnown: IsKnown): IRunnable {
  const runs: string[] = [];
  const rest: string[] = [];
  const defined = new Set([GIVEN]);
  const promised = new Set<string>();
  const lacks = new Set<string>();
  for (const piece of piecesOf(source)) {
    const analysis = analyseCell(piece);
    const read = skillCalls(analysis)
      .flatMap(call => call.arguments)
      .flatMap(argument => argument.source ?? []);
    const open = analysis.uses.filter(name => {
      const members = read.filter(each => each.name === name);
      const asked = members.length > 0 ? members : [{ name, output: null }];
      return !defined.has(name) && (promised.has(name) || !asked.every(isKnown));
    });
    const isWhole = open.length === 0 && !analysis.incomplete;
    (isWhole ? runs : rest).push(piece);
    analysis.defines.forEach(name => (isWhole ? defined : promised).add(name));
    open
      .filter(name => !promised.has(name))
      .sort((a, b) => placeOf(a, piece) - placeOf(b, piece))
      .forEach(name => lacks.add(name));
  }
  return { runs: runs.join('\n'), rest: rest.join('\n'), lacks: [...lacks] };
}

/** Its statements, each with its lines whole and the comments above it. */
function piecesOf(source: string): readonly string[] {
  const { statements, complete } = parsePython(source);
  if (!complete) {
    return [source];
  }
  let start = 0;
  const pieces = statements.map(({ end: last }) => {
    const line = source.indexOf('\n', last);
    const end = Math.max(start, line < 0 ? source.length : line + 1);
    const piece = source.slice(start, end);
    start = end;
    return piece;
  });
  return [...pieces, source.slice(start)]
    .map(piece => piece.replace(/^\n+|\s+$/g, ''))
    .filter(piece => piece !== '');
}

/**
 * The inputs of which a call lacks one: none is required by itself, but their descriptions
 * say "It or plot_image must be given".
 */
function needsOneOf(skill: ISkill, source: string): readonly string[] {
  const ports = skill.kind === 'executable' ? skill.inputs : [];
  const names = ports
    .filter(({ description = '' }) => /\bmust be given\b/.test(description))
    .map(({ name }) => name);
  const isFed = skillCalls(analyseCell(source))
    .filter(call => call.skill === skill.id)
    .every(call =>
      call.arguments.some(({ name }) => name !== null && names.includes(name))
    );
  return isFed ? [] : names;
}

/**
 * An example as Markdown: what runs as Python, which can be inserted and run, and what does
 * not as an example of what to write, with the names that have to be defined first.
 */
export function exampleText(skill: ISkill, source: string, isKnown: IsKnown): string {
  const needed = needsOneOf(skill, source).map(name => `\`${name}\``);
  if (needed.length > 0) {
    return [`Once ${listOf(needed, 'or')} is given:`, fenced('example', source)].join(
      '\n\n'
    );
  }
  const { runs, rest, lacks } = splitExample(source, isKnown);
  const names = lacks.map(name => `\`${name}\``);
  const verb = names.length === 1 ? 'is' : 'are';
  const and = runs === '' ? 'An example' : 'And';
  const once =
    names.length === 0 ? '' : `, once ${listOf(names, 'and')} ${verb} defined`;
  return [
    ...(runs === '' ? [] : [fenced('python', runs)]),
    ...(rest === '' ? [] : [`${and}${once}:`, fenced('example', rest)])
  ].join('\n\n');
}

function fenced(language: string, source: string): string {
  return `\`\`\`${language}\n${source}\n\`\`\``;
}

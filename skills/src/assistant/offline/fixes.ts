/** Corrections that an error itself names, made in the source of the cell that failed. */
import type { IExecutableSkill, ISkill } from '../../skill/skill';
import { analyseCell } from '../../workflow/analyse';
import { keyOf, type ISkillCall } from '../../workflow/calls';
import { IMPORT_LINE, importsSkill } from '../../workflow/change/importLine';
import type { IGraphCell } from '../../workflow/graph';
import type { Expression } from '../../workflow/python/ast';
import { countBindings } from '../../workflow/python/bindings';
import { parsePython } from '../../workflow/python/parse';
import { walkTree } from '../../workflow/python/tree';
import type { IContextCell, INotebookFacts } from '../context';
import { NO_IMPORT, UNKNOWN_INPUT, UNKNOWN_OUTPUT, UNKNOWN_SKILL } from './errors';
import { readQuestion, type IQuestion } from './question';

/** A stretch of the source, with what it is now and what it becomes. */
interface IReplacement {
  readonly start: number;
  readonly was: string;
  readonly text: string;
}

type Known = Pick<IQuestion, 'graph' | 'find'>;

/** An error that names its correction, and where that goes; nowhere if it is not certain. */
interface IFix {
  readonly test: RegExp;
  readonly changes: (
    match: RegExpExecArray,
    cell: IGraphCell,
    known: Known
  ) => readonly IReplacement[];
}

const FIXES: readonly IFix[] = [
  { test: UNKNOWN_OUTPUT, changes: renameOutput },
  { test: UNKNOWN_INPUT, changes: renameInput },
  { test: UNKNOWN_SKILL, changes: nameSkill },
  { test: NO_IMPORT, changes: importSkill }
];

/**
 * The source of a failed cell with what its error asks for, checked against the library as
 * it is; null where the error names no correction, or not one that fits this source.
 */
export function fixCell(
  id: string,
  skills: readonly ISkill[],
  notebook: INotebookFacts
): string | null {
  const question = readQuestion('', skills, notebook);
  const cell = question.cells.find(each => each.id === id);
  return cell ? fixedSource(cell, question) : null;
}

/** The same for a cell of a question's notebook. */
export function fixedSource(
  { id, error = '' }: Pick<IContextCell, 'id' | 'error'>,
  known: Known
): string | null {
  const cell = known.graph.cells.find(each => each.id === id);
  const text = error.trim();
  const fix = FIXES.find(({ test }) => test.test(text));
  const match = fix?.test.exec(text);
  return fix && match && cell
    ? replaced(cell.source, fix.changes(match, cell, known))
    : null;
}

function renameInput(
  [, id = '', from = '', to = '']: RegExpExecArray,
  { calls }: IGraphCell,
  { find }: Known
): readonly IReplacement[] {
  const skill = executable(find(id));
  const wrong = calls.filter(
    call => find(call.skill) === skill && namesOf(call).includes(from)
  );
  const fits =
    skill?.inputs.some(({ name }) => name === to) === true &&
    !wrong.some(call => namesOf(call).includes(to));
  return fits
    ? wrong.flatMap(call =>
        call.arguments
          .filter(({ name }) => name === from)
          .map(({ start }) => ({ start, was: from, text: to }))
      )
    : [];
}

/** The best of the names that the error gives whose skill takes what the call gives. */
function nameSkill(
  [, id = '', near = '']: RegExpExecArray,
  { calls, source }: IGraphCell,
  { find }: Known
): readonly IReplacement[] {
  // A pinned version is one of the skill that was named.
  const wrong = calls.filter(call => call.skill === id && call.version === null);
  const to = [...near.matchAll(/"([^"]+)"/g)]
    .map(([, name = '']) => name)
    .find(name => {
      const skill = executable(find(name));
      return skill && wrong.every(call => takes(skill, call));
    });
  return to === undefined
    ? []
    : wrong.map(({ idStart, idEnd }) => {
        const quote = source.slice(idEnd - 1, idEnd);
        const was = `${quote}${id}${quote}`;
        return { start: idStart, was, text: `${quote}${to}${quote}` };
      });
}

function renameOutput(
  [, id = '', from = '', to = '']: RegExpExecArray,
  cell: IGraphCell,
  known: Known
): readonly IReplacement[] {
  const skill = executable(known.find(id));
  if (!skill?.outputs.some(({ name }) => name === to)) {
    return [];
  }
  const names = resultsOf(skill, cell, known);
  const isResult = (value: Expression): boolean =>
    value.kind === 'Name' && names.has(value.id);
  const changes: IReplacement[] = [];
  walkTree(parsePython(cell.source).statements, node => {
    if (node.kind === 'Attribute' && node.attribute === from && isResult(node.value)) {
      changes.push({ start: node.end - from.length, was: from, text: to });
    }
    if (
      node.kind === 'Subscript' &&
      isResult(node.value) &&
      keyOf(node.index) === from
    ) {
      walkTree(node.index, part => {
        if (part.kind === 'Constant') {
          changes.push({ start: part.start + 1, was: from, text: to });
        }
        return true;
      });
    }
    return true;
  });
  return changes;
}

/** The variables of a cell that hold what a skill gave, there or above, and nothing else. */
function resultsOf(
  skill: ISkill,
  cell: IGraphCell,
  { graph, find }: Known
): ReadonlySet<string> {
  const bindings = ({ source }: IGraphCell, name: string): number =>
    countBindings(parsePython(source).statements, name);
  const targets = (of: IGraphCell): readonly string[] =>
    of.calls
      .flatMap(call => (find(call.skill) === skill ? (call.target ?? []) : []))
      .filter(name => bindings(of, name) === 1);
  const own = targets(cell).filter(name => !cell.analysis.uses.includes(name));
  const given = graph.edges
    .filter(({ to, late }) => to === cell.id && late !== true)
    .filter(({ name }) => bindings(cell, name) === 0)
    .filter(({ from, name }) =>
      graph.cells.some(each => each.id === from && targets(each).includes(name))
    );
  return new Set([...own, ...given.map(({ name }) => name)]);
}

function importSkill(
  _match: RegExpExecArray,
  cell: IGraphCell,
  { graph }: Known
): readonly IReplacement[] {
  const { source, analysis } = cell;
  const above = graph.cells.slice(0, graph.cells.indexOf(cell) + 1);
  const isThere = above.some(each => importsSkill({ type: 'code', ...each }));
  const isFirst = analysis.imports.every(({ module }) => module !== '__future__');
  // IPython takes the first line's indentation off all lines.
  if (isThere || !isFirst || /^\s*\n?[ \t]/.test(source)) {
    return [];
  }
  const start = source.startsWith('%%') ? source.indexOf('\n') + 1 : 0;
  return [{ start, was: '', text: `${IMPORT_LINE}\n` }];
}

/** Whether a skill has the inputs that a call gives. */
function takes({ inputs }: IExecutableSkill, call: ISkillCall): boolean {
  const given = call.arguments.filter(({ star }) => star === '');
  return (
    given.length <= inputs.length &&
    namesOf(call).every(each => inputs.some(({ name }) => name === each))
  );
}

function namesOf(call: ISkillCall): readonly string[] {
  return call.arguments.flatMap(({ name }) => name ?? []);
}

function executable(skill: ISkill | undefined): IExecutableSkill | undefined {
  return skill?.kind === 'executable' ? skill : undefined;
}

/** Null where nothing changes, or the source is not what the change is of. */
function replaced(source: string, changes: readonly IReplacement[]): string | null {
  const isSure = changes.every(({ start, was }) => source.startsWith(was, start));
  const result = [...changes]
    .sort((a, b) => b.start - a.start)
    .reduce(
      (text, { start, was, text: now }) =>
        text.slice(0, start) + now + text.slice(start + was.length),
      source
    );
  return isSure && result !== source && !analyseCell(result).incomplete ? result : null;
}

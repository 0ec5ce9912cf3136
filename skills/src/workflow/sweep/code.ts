import { formatPython } from '../../skill/python';
import { analyseCell, skillCalls } from '../analyse';
import { renameNames } from '../change/names';
import { setArgument } from '../edit';
import { chartCode } from './chart';
import { pythonList } from './list';
import { freeNames, sweepTitle, type ISweepNames } from './names';
import { sweepPoints, type ISweepCall, type ISweepPlan } from './plan';
import { outputColumns, type ISweepResult } from './table';

/** What the cell of a sweep is made from. */
export interface ISweepCellOptions {
  readonly plan: ISweepPlan;
  /** The points that ended, in the order of the values; at least one did well. */
  readonly results: readonly ISweepResult[];
  /** Columns of outputs to keep; null for all. */
  readonly columns?: readonly string[] | null;
  /** Names that the notebook uses. */
  readonly taken: Iterable<string>;
}

/**
 * Python that computes the rows anew, call by call, shows them as a table and draws them.
 * It reads what is above the swept cells and binds only names that nobody has; what has
 * run before comes from the cache. Points that failed are tried, and listed, again.
 */
export function sweepCode(options: ISweepCellOptions): string {
  const { plan, results } = options;
  const names = freeNames(plan, options.taken);
  const columns = outputColumns(results, options.columns);
  const mayFail = results.some(({ row }) => row === null);
  const { lines, indent } = loopLines(plan, results, names);
  return [
    `# ${sweepTitle(plan, names)}. Change the values and run it again: what ran before comes from the cache.`,
    'import llmos',
    '',
    `${names.sweep} = []`,
    ...lines,
    ...pointLines({ plan, names, columns, mayFail }).map(line => indent + line),
    displayLine(plan, names, columns),
    ...chartCode({ plan, names, columns, results, mayFail })
  ].join('\n');
}

/** Loops over all combinations, or over those points of them that there are. */
function loopLines(
  plan: ISweepPlan,
  results: readonly ISweepResult[],
  { loops }: ISweepNames
): { readonly lines: readonly string[]; readonly indent: string } {
  const isWhole = results.length === sweepPoints(plan).length;
  const rows = results.map(({ values }) => values.map(({ text }) => text));
  if (!isWhole && plan.axes.length > 1) {
    const tuples = rows.map(texts => `(${texts.join(', ')})`);
    const head = `for ${loops.join(', ')} in `;
    return { lines: pythonList(tuples, { head, tail: ':' }), indent: '    ' };
  }
  const lines: string[] = [];
  let indent = '';
  plan.axes.forEach(({ values }, at) => {
    const texts = isWhole ? values.map(({ text }) => text) : rows.flat();
    const head = `for ${loops[at] ?? ''} in `;
    lines.push(...pythonList(texts, { head, tail: ':', indent }));
    indent += '    ';
  });
  return { lines, indent };
}

interface IPointParts {
  readonly plan: ISweepPlan;
  readonly names: ISweepNames;
  readonly columns: readonly string[];
  readonly mayFail: boolean;
}

/** What is done for each point. */
function pointLines(parts: IPointParts): readonly string[] {
  const { plan, names, columns, mayFail } = parts;
  const axes = plan.names.map(
    (name, at) => `${formatPython(name)}: ${names.loops[at] ?? ''},`
  );
  const outputs = columns.map(column => {
    const [target = '', ...rest] = column.split('.');
    const variable = names.results.get(target) ?? target;
    return `${formatPython(column)}: ${variable}[${formatPython(rest.join('.'))}],`;
  });
  const calls = plan.calls.map(each => {
    const variable = names.results.get(each.target) ?? each.target;
    return `${variable} = await ${callCode(each, plan, names)}`;
  });
  const inner = (lines: readonly string[]): string[] =>
    lines.map(line => `    ${line}`);
  if (!mayFail) {
    return [...calls, `${names.sweep}.append({`, ...inner([...axes, ...outputs]), '})'];
  }
  return [
    ...[`${names.point} = {`, ...inner(axes), '}'],
    `${names.sweep}.append(${names.point})`,
    'try:',
    ...inner([...calls, `${names.point}.update({`, ...inner(outputs), '})']),
    'except llmos.SkillError as error:',
    `    ${names.point}["error"] = str(error)`
  ];
}

/** The call as its cell has it, over the loops' variables and the point's own results. */
function callCode(
  { cell, call, skill }: ISweepCall,
  { axes }: ISweepPlan,
  { loops, results }: ISweepNames
): string {
  const inputs = skill.inputs.map(({ name }) => name);
  const renamed = renameNames(cell.source.slice(call.start, call.end), results);
  if ('problem' in renamed) {
    throw new Error(`A call that only reads ${renamed.problem}.`);
  }
  return axes.reduce((source, axis, at) => {
    const [found] = skillCalls(analyseCell(source), [call.callee]);
    const edited =
      axis.cell === cell.id && found
        ? setArgument(source, found, axis.input, loops[at] ?? '', inputs)
        : source;
    if (edited === null) {
      throw new Error(`"${axis.input}" is no name of an input.`);
    }
    return edited;
  }, renamed.source);
}

function displayLine(
  { units, names }: ISweepPlan,
  { sweep }: ISweepNames,
  columns: readonly string[]
): string {
  const kept = [...units].filter(
    ([name]) => names.includes(name) || columns.includes(name)
  );
  const text = kept.length === 0 ? '' : `, ${formatPython(Object.fromEntries(kept))}`;
  return `display(llmos.table(${sweep}${text}))`;
}

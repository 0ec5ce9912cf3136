/** Where a value is lowest or highest, from the charts of the notebook. */
import type { IChart, IChartSeries } from '../charts';
import type { IContextCell } from '../context';
import { cellName } from './cells';
import type { IQuestion, ITold } from './question';
import { sayingOf } from './results';
import { plain } from './texts';
import { wordsOf } from './wanted';

const LEAST = 'lowest|smallest|minimal|least|minimum';
const MOST = 'highest|largest|biggest|greatest|maximal|maximum';
const END = `(?<end>${LEAST}|${MOST})`;
const IN =
  '(?: (?:in|of|from) (?:this|the|my) (?:notebook|scan|sweep|curve|chart|plot|table|graph))?\\W*$';
const ASKS: readonly RegExp[] = [
  `^\\W*(?:at|for|with|by) (?:which|what) (?<x>[\\w -]{1,60}?) (?:is|was|are|were|does|do|has|have) (?:the |my )?(?<y>[\\w -]{1,60}?) (?:(?:is|be|become|reach|have|the|its|at) )*${END}${IN}`,
  `^\\W*(?:which|what) (?<x>[\\w -]{1,60}?) (?:has|have|had|gives?|gave|yields?|leads? to) (?:the |my )?${END} (?<y>[\\w -]{1,60}?)${IN}`,
  `^\\W*(?:which|what) (?<x>[\\w -]{1,60}?) (?<end>minimi[sz]es|maximi[sz]es) (?:the |my )?(?<y>[\\w -]{1,60}?)${IN}`,
  `^\\W*(?:what(?:'s| is| was)|where(?:'s| is| was)) (?:the |my )?${END} (?:value |point )?(?:of )?(?:the |my )?(?<y>[\\w -]{1,60}?)${IN}`,
  `^\\W*where (?:is|was|are|does) (?:the |my )?(?<y>[\\w -]{1,60}?) (?:(?:is|be|become|reach|have|the|its|at) )*${END}${IN}`
].map(source => new RegExp(source, 'i'));
const IS_LEAST = new RegExp(`^(?:${LEAST}|minimi)`, 'i');
/** Words for any chart, which name no value. */
const ANY: ReadonlySet<string> = new Set(
  'chart curve graph line plot scan sweep'.split(' ')
);

interface IFound {
  readonly cell: IContextCell;
  readonly chart: IChart;
  readonly series: IChartSeries;
}

/** Where the value that a question names is lowest or highest; null for others. */
export function explainExtreme(question: IQuestion): ITold | null {
  const said = ASKS.map(way => way.exec(question.text)?.groups).find(
    groups => groups !== undefined
  );
  if (!said) {
    return null;
  }
  const { y = '', end = '' } = said;
  const x = (said['x'] ?? '').replace(/^(?:number|value) of (?:the )?/i, '');
  const found = chartsOf(question.cells, wordsOf(x), wordsOf(y));
  if (found.length === 0) {
    return x === '' ? null : notDrawn(x, question);
  }
  const isLeast = IS_LEAST.test(end);
  return {
    markdown: found.map(each => endText(each, isLeast, question)).join('\n\n'),
    cells: [...new Set(found.map(({ cell }) => cell))]
  };
}

/** The series whose axes, or the names of which, have all of the words. */
function chartsOf(
  cells: readonly IContextCell[],
  x: readonly string[],
  y: readonly string[]
): readonly IFound[] {
  const asked = y.filter(word => !ANY.has(word));
  return cells.flatMap(cell =>
    (cell.charts ?? []).flatMap(chart => {
      const named = chart.series.filter(({ name }) => hasAll(asked, name));
      const series =
        asked.length > 0 && named.length > 0
          ? named
          : chart.series.filter(({ name }) => hasAll(asked, `${chart.y} ${name}`));
      return hasAll(x, chart.x)
        ? series
            .filter(({ points }) => points.length > 1)
            .map(each => ({ cell, chart, series: each }))
        : [];
    })
  );
}

function hasAll(words: readonly string[], text: string): boolean {
  const own = wordsOf(text);
  return words.every(word => own.includes(word));
}

function endText(
  { cell, chart, series: { name, points } }: IFound,
  isLeast: boolean,
  { graph }: IQuestion
): string {
  const sign = isLeast ? 1 : -1;
  const at = points.reduce(
    (best, [, y], index) => (sign * y < sign * (points[best]?.[1] ?? 0) ? index : best),
    0
  );
  const [x = '', y = 0] = points[at] ?? [];
  const end = isLeast ? 'lowest' : 'highest';
  const [along, value] = [withUnit(chart.x, x), withUnit(chart.y, y)];
  const what = name === '' ? value.name : name;
  const where = `In the chart of the cell ${cellName(graph, cell.id)}`;
  const isEdge = typeof x === 'number' && isOuter(x, points);
  const notes = [
    `It is the ${end} of ${points.length} points.`,
    ...(isEdge ? ['It is at the end of the range: beyond it may go on.'] : []),
    ...(/^stale\b/.test(cell.state ?? '')
      ? ['The cell is stale: *Run stale* first brings the chart up to date.']
      : [])
  ];
  return `${where}, ${plain(what || 'the value')} is ${end} at ${plain(along.name || 'x')} = ${along.text}, with **${value.text}**. ${notes.join(' ')}`;
}

function isOuter(x: number, points: IChartSeries['points']): boolean {
  const all = points.flatMap(([each]) => (typeof each === 'number' ? each : []));
  return all.every(each => each >= x) || all.every(each => each <= x);
}

/** A value with the unit that the title of its axis has in brackets: `energy (Ha)`. */
function withUnit(
  title: string,
  value: number | string
): { readonly name: string; readonly text: string } {
  const [, name = title, unit = ''] = /^(.*\S)\s*\(([^()]+)\)$/.exec(title) ?? [];
  const text = typeof value === 'number' ? String(Number(value.toPrecision(6))) : value;
  return { name, text: plain(`${text} ${unit}`.trim()) };
}

/** What to do where no chart shows it, for an input that the notebook has. */
function notDrawn(x: string, { graph, find, cells }: IQuestion): ITold | null {
  const cell = graph.cells.find(({ calls }) =>
    calls.some(({ skill }) => {
      const found = find(skill);
      const ports = found?.kind === 'executable' ? found.inputs : [];
      return ports.some(({ name }) => sayingOf(name) === sayingOf(x));
    })
  );
  return cell
    ? {
        markdown: `No chart of this notebook shows that for several values of \`${x}\`. *Sweep an input…* (menu of the node ${cellName(graph, cell.id)} in the graph) makes a table and a chart of it; then ask again.`,
        cells: cells.filter(({ id }) => id === cell.id)
      }
    : null;
}

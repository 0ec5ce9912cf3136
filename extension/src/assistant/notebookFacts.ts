import type { NotebookPanel } from '@jupyterlab/notebook';
import { isCodeCellModel, type ICellModel } from '@jupyterlab/cells';
import {
  buildGraph,
  CHART_MIME,
  definesByImport,
  readChart,
  titleOfCode,
  variableLines,
  type IContextCell,
  type INotebookFacts
} from '@llmos-lab/skills';

import { glanceAtKernel } from '../author/save/askKernel';
import { readCells } from '../graph/edit/notebookCells';
import { outputsOf } from '../graph/graphModel/outputs';
import type { INotebookRuns } from '../graph/run/tokens';
import { formatDuration } from '../graph/status/statuses';

/** Variables that a context names at most. */
const MAX_VARIABLES = 40;
/** Letters of an output that the assistant reads at most. */
const MAX_OUTPUT = 4000;

/**
 * The notebook as the assistant is told of it.
 *
 * @param selected the cell that the question is about; without it the active one
 */
export function notebookFacts(
  panel: NotebookPanel,
  runs: INotebookRuns | null,
  selected = panel.content.activeCell?.model.id
): INotebookFacts | null {
  const { model, context } = panel;
  if (!model) {
    return null;
  }
  const states = runs?.of(panel).states;
  const models = new Map([...model.cells].map(cell => [cell.id, cell]));
  const cells = readCells(model).map((cell): IContextCell => {
    const state = states?.get(cell.id);
    const found = models.get(cell.id);
    const outputs = found ? outputsOf(found) : [];
    const error = outputs.find(({ type }) => type === 'error')?.text;
    const charts = outputs.flatMap(({ data }) => readChart(data[CHART_MIME]) ?? []);
    const reason = state?.reason === undefined ? '' : `: ${state.reason}`;
    const count = found && isCodeCellModel(found) ? found.executionCount : null;
    return {
      ...{ id: cell.id, type: cell.type, source: cell.source },
      ...(state ? { state: `${state.status}${reason}` } : {}),
      ...(error === undefined ? {} : { error }),
      ...(state?.ms === undefined
        ? {}
        : { took: { ms: state.ms, text: formatDuration(state.ms) } }),
      ...(count === null ? {} : { count }),
      ...(charts.length === 0 ? {} : { charts }),
      ...(cell.type === 'code' ? { title: titleOfCode(cell.source) } : {})
    };
  });
  const code = cells.filter(({ type }) => type === 'code');
  const { edges } = buildGraph(code);
  return {
    path: context.path,
    cells,
    graph: edges
      .filter(({ name }) => name !== 'skill')
      .map(
        ({ from, name, to, late }) =>
          `${name}: ${from} → ${to}${late ? ' (defined below its use)' : ''}`
      ),
    ...(selected === undefined ? {} : { selected }),
    ...lastError([...model.cells], selected),
    variables: [],
    runs: progressLines(panel, runs)
  };
}

/** Lines of a traceback that say where and what, without those of the libraries above. */
const TRACEBACK_LINES = 20;

function lastError(
  cells: readonly ICellModel[],
  selected: string | undefined
): Pick<INotebookFacts, 'lastError'> {
  const errors = cells.flatMap(cell => {
    const text = tracebackOf(cell);
    return text === '' ? [] : [{ id: cell.id, text }];
  });
  const found = errors.find(({ id }) => id === selected) ?? errors.at(-1);
  return found ? { lastError: `[${found.id}]\n${found.text}` } : {};
}

function tracebackOf(cell: ICellModel): string {
  if (!isCodeCellModel(cell)) {
    return '';
  }
  const { outputs } = cell;
  const found = Array.from({ length: outputs.length }, (_, at) => outputs.get(at)).find(
    ({ type }) => type === 'error'
  );
  const lines: unknown = found?.toJSON()['traceback'];
  const text = Array.isArray(lines) ? lines.join('\n') : '';
  return withoutColours(text).split('\n').slice(-TRACEBACK_LINES).join('\n');
}

/** Text without the escapes by which terminals are coloured. */
function withoutColours(text: string): string {
  // eslint-disable-next-line no-control-regex -- the escape is what is looked for
  return text.replace(/\u001b\[[0-9;]*m/g, '');
}

function progressLines(
  panel: NotebookPanel,
  runs: INotebookRuns | null
): readonly string[] {
  const progress = runs?.of(panel).progress;
  return progress ? [`${progress.ended} of ${progress.total} cells have ended.`] : [];
}

/**
 * The facts with what an idle kernel knows of variables; no run is kept waiting.
 *
 * @param names those that are wanted, the first ones first
 */
export async function withVariables(
  facts: INotebookFacts,
  { panel, runs, names, signal }: IVariablesWanted
): Promise<INotebookFacts> {
  const isRunning = runs?.of(panel).isRunning === true;
  const answer = isRunning
    ? undefined
    : await glanceAtKernel(panel.sessionContext, names.slice(0, MAX_VARIABLES), signal);
  return {
    ...facts,
    variables: variableLines(answer),
    unasked: names.slice(MAX_VARIABLES)
  };
}

/** Which variables of a notebook are asked for. */
export interface IVariablesWanted {
  readonly panel: NotebookPanel;
  readonly runs: INotebookRuns | null;
  readonly names: readonly string[];
  /** Ends the wait. */
  readonly signal: AbortSignal;
}

/**
 * The names of a notebook's values, imports left out: those that a text has first, then as
 * cells set them, from the last one up.
 */
export function namesOf({ cells }: INotebookFacts, text: string): readonly string[] {
  const { cells: code } = buildGraph(cells.filter(({ type }) => type === 'code'));
  const names = code.flatMap(({ analysis }) =>
    analysis.defines.filter(name => !definesByImport(analysis, name))
  );
  const words = new Set(text.match(/[\p{L}_][\p{L}\p{N}_]*/gu));
  const last = [...new Set(names.reverse())];
  return [
    ...last.filter(name => words.has(name)),
    ...last.filter(name => !words.has(name))
  ];
}

/** What a cell shows, as text; pictures and scenes by their kinds. */
export function outputText(panel: NotebookPanel, id: string): string | null {
  const cell = [...(panel.model?.cells ?? [])].find(each => each.id === id);
  if (!cell) {
    return null;
  }
  const text = outputsOf(cell)
    .map(({ type, text: stream, data }) => {
      if (stream !== undefined) {
        return type === 'error' ? `Error: ${stream}` : stream;
      }
      const plain = data['text/plain'];
      const kinds = Object.keys(data).filter(kind => kind !== 'text/plain');
      const words = typeof plain === 'string' ? plain : '';
      return kinds.length > 0 ? `${words}\n(shown as ${kinds.join(', ')})` : words;
    })
    .join('\n')
    .trim();
  return text.length > MAX_OUTPUT ? `${text.slice(0, MAX_OUTPUT)}\n… (cut)` : text;
}

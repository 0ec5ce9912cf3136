import { fence, type RunChoice } from '@llmos-lab/skills';

import type { INotebookRun } from '../../graph/run/tokens';
import { outputText } from '../notebookFacts';
import {
  done,
  factsOf,
  failed,
  panelOf,
  type IToolContext,
  type IToolResult,
  type ToolArgs
} from './toolContext';

/** Runs cells once `ask` gives no refusal of what would run, and tells how they ended. */
export async function runTool(
  context: IToolContext,
  args: ToolArgs,
  ask: (text: string) => Promise<IToolResult | null>,
  signal: AbortSignal
): Promise<IToolResult> {
  const { steps, runs } = context;
  const panel = panelOf(context);
  const run = runs?.of(panel);
  if (!run) {
    return failed('Notebooks cannot be run here.');
  }
  const { choice, cells = [] } = args as {
    readonly choice: 'all' | 'stale' | 'cells';
    readonly cells?: readonly string[];
  };
  const unknown = cells.filter(id => !run.states.has(id));
  if (choice === 'cells' && (cells.length === 0 || unknown.length > 0)) {
    return failed(
      unknown.length > 0
        ? `The notebook has no code cells ${unknown.join(', ')}.`
        : 'Name the cells to run.'
    );
  }
  const what: RunChoice =
    choice === 'cells' ? { kind: 'to-here', cells } : { kind: choice };
  const planned = await allowed(() => planOf(context, run, what), ask);
  if ('refusal' in planned) {
    return planned.refusal;
  }
  if (signal.aborted) {
    return { status: 'stopped', result: 'Stopped.' };
  }
  const { model } = panel;
  const stop = (): void => run.stop();
  signal.addEventListener('abort', stop, { once: true });
  try {
    await (model ? steps.run(model, planned.ids, () => run.run(what)) : run.run(what));
  } finally {
    signal.removeEventListener('abort', stop);
  }
  return done(fence('Run', results(context, planned.ids) || 'Nothing was to run.'));
}

/** Cells that would run, and what they hold. */
interface IToRun {
  readonly ids: readonly string[];
  readonly text: string;
}

async function planOf(
  context: IToolContext,
  run: INotebookRun,
  what: RunChoice
): Promise<IToRun> {
  const plan = await run.plan(what);
  const ids = [...plan.cells].flatMap(([id, { action }]) =>
    action === 'keep' ? [] : [id]
  );
  const sources = new Map(factsOf(context).cells.map(cell => [cell.id, cell.source]));
  return { ids, text: ids.map(id => sources.get(id) ?? id).join('\n\n') };
}

/**
 * Asks whether what is planned may run. Where the notebook is edited meanwhile, what would
 * run is another thing, and it is asked again.
 */
async function allowed(
  plan: () => Promise<IToRun>,
  ask: (text: string) => Promise<IToolResult | null>
): Promise<IToRun | { readonly refusal: IToolResult }> {
  for (let planned = await plan(); ;) {
    const refusal = await ask(planned.text);
    if (refusal) {
      return { refusal };
    }
    const now = await plan();
    if (JSON.stringify(now) === JSON.stringify(planned)) {
      return now;
    }
    planned = now;
  }
}

function results(context: IToolContext, ids: readonly string[]): string {
  const { cells } = factsOf(context);
  const panel = panelOf(context);
  return ids
    .map(id => {
      const state = cells.find(cell => cell.id === id)?.state ?? 'gone';
      const text = outputText(panel, id) ?? '';
      return `[${id}] ${state}\n${text.slice(0, 1500)}`;
    })
    .join('\n');
}

import type { NotebookPanel } from '@jupyterlab/notebook';
import { turnArtifacts } from '@llmos-lab/skills';

import type { ToolExecutor } from '../tools/executor';
import type { IToolResult } from '../tools/toolContext';
import { TurnSteps } from '../turnSteps';
import type { NotebookConversations } from './conversations';
import type { TurnUndo } from './turnUndo';

/** An answer and its notebook. */
interface IOfAnswer {
  /** Id of the answer. */
  readonly id: string;
  readonly panel: NotebookPanel;
}

/** What an answer offers, and where it goes. */
export interface IOffer extends IOfAnswer {
  /** @throws Error with what does not fit */
  readonly insert: () => unknown;
}

/** The change of a cell that an answer offers. */
export interface ICellOffer extends IOfAnswer {
  readonly cell: string;
  readonly source: string;
  /** Ends the question to the person. */
  readonly signal: AbortSignal;
}

/** Where it is kept what offers did. */
interface IKeptIn {
  readonly undo: TurnUndo;
  readonly conversations: NotebookConversations;
}

/**
 * Inserts what an answer offers. From then on it is what the answer made: listed below it,
 * and taken back like the changes of a turn.
 */
export function insertOffer({ id, panel, insert }: IOffer, kept: IKeptIn): void {
  if (!panel.model) {
    return;
  }
  const steps = new TurnSteps();
  steps.edit(panel.model, insert);
  keepMade({ id, panel }, steps, kept);
}

/** The same for the change of a cell, for which the person is asked as for a model's. */
export async function changeOffered(
  { id, panel, cell, source, signal }: ICellOffer,
  executor: ToolExecutor,
  kept: IKeptIn
): Promise<IToolResult> {
  const steps = new TurnSteps();
  const call = { id, tool: 'edit_cell', input: { cell, source } };
  const result = await executor.execute(call, signal, panel, steps);
  keepMade({ id, panel }, steps, kept);
  return result;
}

function keepMade(
  { id, panel }: IOfAnswer,
  steps: TurnSteps,
  { undo, conversations }: IKeptIn
): void {
  const [step] = steps.all;
  if (!step) {
    return;
  }
  undo.remember({ id, panel, steps: steps.all });
  const made = turnArtifacts({
    ...{ before: step.before, after: step.after, parts: [] },
    ...{ filesBefore: new Map(), filesAfter: new Map() }
  });
  for (const { id: home, messages } of conversations.all) {
    messages
      .filter(message => message.id === id)
      .forEach(({ isUndone: _old, artifacts, ...rest }) =>
        conversations.put(home, { ...rest, artifacts: [...artifacts, ...made] })
      );
  }
  void conversations.keep();
}

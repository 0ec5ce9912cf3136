import type { NotebookPanel } from '@jupyterlab/notebook';
import { turnArtifacts } from '@llmos-lab/skills';

import { TurnSteps } from '../turnSteps';
import type { NotebookConversations } from './conversations';
import type { TurnUndo } from './turnUndo';

/** What an answer offers, and where it goes. */
export interface IOffer {
  /** Id of the answer. */
  readonly id: string;
  readonly panel: NotebookPanel;
  /** @throws Error with what does not fit */
  readonly insert: () => unknown;
}

/**
 * Inserts what an answer offers. From then on it is what the answer made: listed below it,
 * and taken back like the changes of a turn.
 */
export function insertOffer(
  { id, panel, insert }: IOffer,
  {
    undo,
    conversations
  }: { readonly undo: TurnUndo; readonly conversations: NotebookConversations }
): void {
  if (!panel.model) {
    return;
  }
  const steps = new TurnSteps();
  steps.edit(panel.model, insert);
  undo.remember({ id, panel, steps: steps.all });
  const [step] = steps.all;
  const made = turnArtifacts({
    ...{ before: step?.before, after: step?.after, parts: [] },
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

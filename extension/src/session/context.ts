import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { IDocumentManager } from '@jupyterlab/docmanager';
import type { INotebookTracker } from '@jupyterlab/notebook';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { IAuthor, ISessionSummary, OutputPolicy } from '@llmos-lab/skills';

import { textArg, type CommandArgs } from '../addCommand';
import type { IResultMarks } from '../graph/run/tokens';
import { sessionId } from './store/notebookSessions';
import type { Sessions } from './store/sessions';

/** What the commands of sessions work with. */
export interface ISessionContext {
  readonly app: JupyterFrontEnd;
  readonly trans: TranslationBundle;
  readonly sessions: Sessions;
  readonly documents: IDocumentManager;
  readonly notebooks: INotebookTracker;
  readonly author: () => IAuthor;
  /** Id of the person, as sessions carry it. */
  readonly user: () => string;
  /** Whether commits keep outputs; `ask` leaves it to the dialog. */
  readonly outputs: () => OutputPolicy | 'ask';
  /** What made the results of notebooks; null where nothing follows their runs. */
  readonly marks: IResultMarks | null;
}

/** Arguments that say which session is meant. */
export const SESSION_ARGS = {
  id: {
    type: 'string',
    description: 'Id of the session; by default that of the notebook in front'
  },
  volume: { type: 'string', description: 'Name of its volume, such as user' }
} as const;

/** Id of the session of the notebook in front. */
export function currentSessionId({ notebooks }: ISessionContext): string | undefined {
  const panel = notebooks.currentWidget;
  return panel ? sessionId(panel) : undefined;
}

/**
 * The session that a command is about.
 *
 * @throws Error when there is none
 */
export async function requireSession(
  context: ISessionContext,
  args: CommandArgs
): Promise<ISessionSummary> {
  const { sessions, trans } = context;
  await sessions.ready;
  const id = textArg(args, 'id') ?? currentSessionId(context);
  if (id === undefined) {
    throw new Error(
      trans.__('This notebook has no session yet. Run a cell or commit it first.')
    );
  }
  const found = sessions.find(id, textArg(args, 'volume'));
  if (!found) {
    throw new Error(trans.__('There is no session "%1".', id));
  }
  return found;
}

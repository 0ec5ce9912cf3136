import type { IDocumentManager } from '@jupyterlab/docmanager';
import type { Contents } from '@jupyterlab/services';
import { isRecord, type ISession } from '@llmos-lab/skills';

import { exists, makeFolders } from '../volumes/copyToUser';
import { copyName } from '../volumes/naming';
import type { Sessions } from './store/sessions';
import { withSession } from './store/workingNotebook';

/** What placing a notebook needs of the application. */
export interface INotebookPlaces {
  readonly contents: Contents.IManager;
  readonly sessions: Pick<Sessions, 'find' | 'write' | 'workingNotebook'>;
}

/** Where a notebook was written, and how that is taken back. */
export interface IPlacedNotebook {
  readonly path: string;
  readonly undo: () => Promise<void>;
}

/** Whether the document open at a session's path is its notebook, saved or not. */
export function isOpened(
  documents: Pick<IDocumentManager, 'findWidget'>,
  { id, path }: ISession
): boolean {
  const model: unknown = documents.findWidget(path)?.context.model;
  const notebook = model as { getMetadata?: (key: string) => unknown } | undefined;
  const llmos = notebook?.getMetadata?.('llmos');
  return isRecord(llmos) && llmos.session === id;
}

/** Saves a session's notebook where it is open: what is on the screen is what counts. */
export async function saveNotebook(
  documents: Pick<IDocumentManager, 'findWidget'>,
  session: ISession
): Promise<void> {
  const widget = documents.findWidget(session.path);
  if (isOpened(documents, session) && widget?.context.model.dirty) {
    await widget.context.save();
  }
}

/**
 * Writes a session's notebook where people work in it. What is not that notebook is never
 * replaced: the notebook then gets a free name beside it, and the session that path.
 */
export async function placeNotebook(
  { contents, sessions }: INotebookPlaces,
  session: ISession,
  volume: string,
  notebook: unknown
): Promise<IPlacedNotebook> {
  const there = await sessions.workingNotebook(session);
  const path =
    there.kind === 'other' ? await freePath(contents, session.path) : session.path;
  const save = async (content: unknown): Promise<void> => {
    const model = { type: 'notebook', format: 'json', content } as const;
    await contents.save(path, model);
  };
  await makeFolders(contents, path);
  await save(withSession(notebook, session.id));
  const isListed = sessions.find(session.id, volume) !== undefined;
  const isMoved = path !== session.path && isListed;
  if (isMoved) {
    await sessions.write({ ...session, path }, volume);
  }
  const undo = async (): Promise<void> => {
    await (there.kind === 'notebook' ? save(there.content) : contents.delete(path));
    if (isMoved) {
      await sessions.write(session, volume);
    }
  };
  return { path, undo };
}

/** A path beside one that is taken, as JupyterLab names copies. */
export async function freePath(
  contents: Pick<Contents.IManager, 'get'>,
  path: string
): Promise<string> {
  for (let count = 1; ; count++) {
    const free = copyName(path, count);
    if (!(await exists(contents, free))) {
      return free;
    }
  }
}

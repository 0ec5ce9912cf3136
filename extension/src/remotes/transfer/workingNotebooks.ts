import { notebookCopy, sessionOfPath, type IVolumeStore } from '@llmos-lab/skills';
import type { IDocumentManager } from '@jupyterlab/docmanager';
import type { Contents } from '@jupyterlab/services';

import { placeNotebook } from '../../session/placeNotebook';
import { hasOtherCells, hasOtherOutputs } from '../../session/store/details';
import { readJson } from '../../session/store/driveFiles';
import { isOfOthers } from '../../session/store/notebookSessions';
import type { Sessions } from '../../session/store/sessions';
import type { StoreChange } from '../../volumes/fileStore';

/** What was pulled, and into what. */
export interface IPulled {
  /** Name of the volume. */
  readonly volume: string;
  readonly changes: readonly StoreChange[];
  /** Where the branch was before; `null` for a volume without commits. */
  readonly before: string | null;
  readonly store: Pick<IVolumeStore, 'read'>;
}

/** What working notebooks are read and written through. */
export interface IWorkingPlaces {
  readonly sessions: Sessions;
  readonly documents: IDocumentManager;
  readonly contents: Contents.IManager;
  readonly user: () => string;
}

/**
 * People work in a notebook beside the volume, of which the volume has a copy. A pulled
 * copy goes there too, or the next commit would put the older one back; a notebook with
 * edits or outputs that are not committed stays as it is.
 *
 * @returns names of the sessions whose notebooks stayed
 */
export async function updateWorkingNotebooks(
  places: IWorkingPlaces,
  pulled: IPulled
): Promise<readonly string[]> {
  const ids = pulled.changes.flatMap(({ path, type }) => {
    const id = type === 'delete' ? null : sessionOfPath(path);
    return id !== null && path === notebookCopy({ id }) ? [id] : [];
  });
  if (ids.length > 0) {
    await places.sessions.volumeOf(pulled.volume).refresh();
  }
  const stayed: string[] = [];
  for (const id of ids) {
    const name = await updateOne(places, pulled, id);
    if (name !== null) {
      stayed.push(name);
    }
  }
  return stayed;
}

/** @returns the session's name when its notebook stayed */
async function updateOne(
  { sessions, documents, contents, user }: IWorkingPlaces,
  { volume, before, store }: IPulled,
  id: string
): Promise<string | null> {
  const session = sessions.find(id, volume)?.session;
  // Opening a session brings a notebook that is not there.
  if (!session || isOfOthers(session, volume, user())) {
    return null;
  }
  const there = await sessions.workingNotebook(session);
  if (there.kind !== 'notebook') {
    return null;
  }
  const read = async (at?: string): Promise<unknown> => {
    const bytes = await store.read(notebookCopy({ id }), at);
    return bytes && readJson(new TextDecoder().decode(bytes));
  };
  const now = await read();
  if (!hasOtherCells(there.content, now)) {
    return null;
  }
  const open = documents.findWidget(session.path)?.context;
  const copy = before === null ? null : await read(before);
  const isEdited = hasOtherCells(there.content, copy);
  // Nothing else has these outputs: no commit, and the pulled copy perhaps none at all.
  if (open?.model.dirty || isEdited || hasOtherOutputs(there.content, copy)) {
    return session.name;
  }
  await placeNotebook({ contents, sessions }, session, volume, now);
  await open?.revert();
  return null;
}

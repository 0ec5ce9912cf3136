import { Notification } from '@jupyterlab/apputils';
import type { Contents } from '@jupyterlab/services';
import {
  isRecord,
  isRun,
  parseChat,
  parseSession,
  parseTraces
} from '@llmos-lab/skills';

import { reasonOf } from '../../reasonOf';
import { STAYS } from '../../stays';
import {
  exists,
  isPassing,
  makeFolders,
  SHARED_DRIVE,
  splitDrive
} from '../../volumes/copyToUser';
import { nameOf, parentOf } from '../../volumes/fileStore';
import { fileStem, joinPath } from '../../volumes/naming';
import type { ISessionContext } from '../context';
import { freePath } from '../placeNotebook';
import { orNull } from '../store/driveFiles';
import { withoutSession } from '../store/workingNotebook';
import { heldBy } from './resultMarks';

/** Keeps a notebook that is read-only as a file of the person's, in no session. */
export async function keepCopy(context: ISessionContext, path: string): Promise<void> {
  const { app, documents, marks, trans } = context;
  const { contents } = app.serviceManager;
  const model = await orNull(contents.get(path, { content: true }));
  // With what its cells show, which is saved nowhere else.
  const open = documents.findWidget(path, 'Notebook')?.context;
  const notebook: unknown = open ? open.model.toJSON() : model?.content;
  if (model?.type !== 'notebook' || !isRecord(notebook)) {
    throw new Error(
      splitDrive(path).drive === SHARED_DRIVE
        ? trans.__('"%1" is not there any more. Open the share again.', path)
        : trans.__('"%1" is no notebook, or not there any more.', path)
    );
  }
  const name = await nameOfCopy(context, path);
  const target = (await exists(contents, name)) ? await freePath(contents, name) : name;
  const stays = await whatStays(context, path);
  const content = withoutSession(notebook);
  await contents.save(target, { type: 'notebook', format: 'json', content });
  // Before it opens, and looks for them.
  marks?.learn(target, await marks.of(path, heldBy(notebook)));
  documents.openOrReveal(target);
  const { copied, failed } = await copyWritten(context, path);
  const told = [
    trans.__('The notebook is kept as "%1".', target),
    copied.length > 0 &&
      trans.__('What its cells have written is beside it: %1.', copied.join(', ')),
    failed.length > 0 &&
      trans.__('Files of its cells were not copied: %1', failed.join(' ')),
    ...stays
  ].filter(Boolean);
  const tell = failed.length > 0 ? 'warning' : 'success';
  Notification[tell](told.join(' '), { autoClose: STAYS.warning });
}

/**
 * Copies what cells of the notebook have written beside it, which is in memory alone.
 *
 * @returns paths of what was copied, and sentences about what was not
 */
async function copyWritten(
  { app }: ISessionContext,
  path: string
): Promise<{ readonly copied: readonly string[]; readonly failed: readonly string[] }> {
  const copied: string[] = [];
  const failed: string[] = [];
  if (isPassing(path)) {
    const { contents } = app.serviceManager;
    try {
      const written = await writtenIn(contents, parentOf(path));
      for (const { path: from, folder } of written) {
        try {
          await makeFolders(contents, joinPath(folder, nameOf(from)));
          copied.push((await contents.copy(from, folder)).path);
        } catch (error) {
          failed.push(reasonOf(error));
        }
      }
    } catch (error) {
      failed.push(reasonOf(error));
    }
  }
  return { copied, failed };
}

/** A file or folder that cells have made, and the folder of a copy that it belongs in. */
interface IWritten {
  readonly path: string;
  readonly folder: string;
}

/** What cells have made in a folder that was given to them, and in those in it. */
async function writtenIn(
  contents: Contents.IManager,
  given: string,
  folder = ''
): Promise<readonly IWritten[]> {
  const { content } = (await contents.get(given, { content: true })) as {
    content: readonly Contents.IModel[];
  };
  const written: IWritten[] = [];
  for (const { path, name, type, writable } of content) {
    if (writable) {
      written.push({ path, folder });
    } else if (type === 'directory') {
      written.push(...(await writtenIn(contents, path, joinPath(folder, name))));
    }
  }
  return written;
}

/** What stays beside the notebook, in a sentence; empty where there is nothing. */
async function whatStays(
  { app, trans }: ISessionContext,
  path: string
): Promise<readonly string[]> {
  const isShared = splitDrive(path).drive === SHARED_DRIVE;
  if (!isShared && !isOfSession(path)) {
    return [];
  }
  const { contents } = app.serviceManager;
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  const contentOf = async (name: string): Promise<unknown> =>
    (await orNull(contents.get(folder + name, { content: true })))?.content;
  const textOf = async (name: string): Promise<string> => {
    const content = await contentOf(name);
    return typeof content === 'string' ? content : '';
  };
  const { traces } = parseTraces(await textOf('traces.jsonl'));
  const runs = traces.filter(isRun).length;
  const messages = parseChat(await textOf('chat.jsonl')).messages.length;
  const listed = await contentOf('artifacts');
  // What cells have written among them went along.
  const artifacts = Array.isArray(listed)
    ? (listed as readonly Contents.IModel[]).filter(({ writable }) => !writable).length
    : 0;
  if (runs + messages + artifacts === 0) {
    return [];
  }
  const counts = [
    trans._n('%1 run', '%1 runs', runs),
    trans._n('%1 message', '%1 messages', messages),
    trans._n('%1 artifact', '%1 artifacts', artifacts)
  ];
  return [
    isShared
      ? trans.__('Its %1, %2 and %3 stay in the shared session.', ...counts)
      : trans.__('Its %1, %2 and %3 stay in its session.', ...counts)
  ];
}

/** As the notebook is called; that of a session, which its id names, as the session. */
async function nameOfCopy({ app }: ISessionContext, path: string): Promise<string> {
  const name = nameOf(splitDrive(path).local);
  if (!isOfSession(path)) {
    return name;
  }
  const record = path.slice(0, -name.length) + 'session.json';
  const wanted = { type: 'file', format: 'text' } as const;
  const there = await orNull(app.serviceManager.contents.get(record, wanted));
  const content: unknown = there?.content;
  const session = parseSession(typeof content === 'string' ? content : '');
  const stem = 'problem' in session ? '' : fileStem(session.name);
  return stem === '' ? name : `${stem}.ipynb`;
}

/** Whether a notebook is that of a session, in the folder that both are named by. */
function isOfSession(path: string): boolean {
  const [name, folder] = splitDrive(path).local.split('/').reverse();
  return name === `${folder}.ipynb`;
}

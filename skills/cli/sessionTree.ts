import { existsSync } from 'node:fs';
import { lstat, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  isSessionId,
  readSession,
  type ISession,
  type ISessionTree
} from '@llmos-lab/skills';
import { absent } from './absent';
import { CommandFailure } from './failure';
import { oneOf } from './oneOf';
import { isLink, placeIn } from './placeIn';
import { sessionsFolder } from './sessionFiles';

/** The files of a volume's folder, as sessions are read from them; links are left out. */
export async function folderTree(root: string): Promise<ISessionTree> {
  await sessionsFolder(root);
  const names = async (folder: string): Promise<readonly string[]> => {
    const place = placeIn(root, folder);
    const found = existsSync(place) ? await readdir(place) : [];
    return found.filter(name => !isLink(join(place, name))).sort();
  };
  const bytes = (path: string): Promise<Uint8Array | null> =>
    readFile(placeIn(root, path)).catch(absent);
  return {
    list: names,
    bytes,
    entries: async folder =>
      Promise.all(
        (await names(folder)).map(async name => {
          const path = `${folder}/${name}`;
          const info = await lstat(join(root, path));
          return info.isDirectory()
            ? { path, name, type: 'directory' }
            : { path, name, type: 'file', size: info.size };
        })
      ),
    text: async path => {
      const content = await bytes(path);
      return content && decode(content, path);
    }
  };
}

function decode(bytes: Uint8Array, path: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // As JupyterLab says it of a file that is no text.
    throw Object.assign(new CommandFailure(`${path} is not text.`), {
      response: { status: 400 }
    });
  }
}

/**
 * The session of a volume with an id, or the only one whose id begins so.
 *
 * @throws CommandFailure when there is none, or it cannot be read
 */
export async function sessionOf(volume: string, given: string): Promise<ISession> {
  const tree = await folderTree(volume);
  const ids = (await tree.list('sessions')).filter(isSessionId);
  const { id } = oneOf(
    ids.map(each => ({ id: each })),
    given,
    { noun: 'session', volume }
  );
  const session = await readSession(tree, id);
  if (session === null) {
    throw new CommandFailure(`sessions/${id} has no session.json.`);
  }
  if ('message' in session) {
    throw new CommandFailure(session.message);
  }
  return session;
}

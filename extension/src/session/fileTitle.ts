import { sessionFolder, sessionOfPath } from '@llmos-lab/skills';

import type { ISessions } from '../tokens';

/**
 * What a person knows a file by: in the folder of a session, which is named by an id, the
 * session's name and the file's own; else its path.
 *
 * @param nameOf a session's name, where it is known
 */
export function fileTitle(
  path: string,
  nameOf: (id: string) => string | undefined
): string {
  const id = sessionOfPath(path);
  const name = id === null ? undefined : nameOf(id);
  if (id === null || name === undefined) {
    return path;
  }
  const file = path.slice(`${sessionFolder(id)}/`.length);
  // Its notebook is called by the id, also theirs that is kept beside mine.
  return file.startsWith(id) ? name + file.slice(id.length) : `${name} / ${file}`;
}

/** The same for a file of a volume, whose sessions are looked up. */
export function titleIn(
  sessions: Pick<ISessions, 'find'> | null,
  volume: string
): (path: string) => string {
  return path => fileTitle(path, id => sessions?.find(id, volume)?.session.name);
}

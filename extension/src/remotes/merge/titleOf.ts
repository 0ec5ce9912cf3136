import {
  parseSession,
  sessionFolder,
  sessionOfPath,
  type IVolumeStore
} from '@llmos-lab/skills';

/**
 * What a person knows a file by: in the folder of a session, which is named by an id, the
 * session's name and the file's own; else its path.
 *
 * @param commits where the session is looked for, the first one first
 */
export async function titleOf(
  store: Pick<IVolumeStore, 'read'>,
  path: string,
  commits: readonly string[]
): Promise<string> {
  const id = sessionOfPath(path);
  if (id === null) {
    return path;
  }
  const folder = `${sessionFolder(id)}/`;
  for (const commit of commits) {
    const bytes = await store.read(`${folder}session.json`, commit).catch(() => null);
    const session = bytes && parseSession(new TextDecoder().decode(bytes));
    if (session && 'name' in session) {
      const file = path.slice(folder.length);
      const { name } = session;
      // Its notebook is called by the id, also theirs that is kept beside mine.
      return file.startsWith(id) ? name + file.slice(id.length) : `${name} / ${file}`;
    }
  }
  return path;
}

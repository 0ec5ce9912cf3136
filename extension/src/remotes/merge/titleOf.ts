import {
  parseSession,
  sessionFolder,
  sessionOfPath,
  type IVolumeStore
} from '@llmos-lab/skills';

import { fileTitle } from '../../session/fileTitle';

/**
 * What a person knows a file by, see {@link fileTitle}.
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
  const record = `${sessionFolder(id)}/session.json`;
  for (const commit of commits) {
    const bytes = await store.read(record, commit).catch(() => null);
    const session = bytes && parseSession(new TextDecoder().decode(bytes));
    if (session && 'name' in session) {
      return fileTitle(path, () => session.name);
    }
  }
  return path;
}

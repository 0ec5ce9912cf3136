import type { Contents } from '@jupyterlab/services';
import { isRecord, type ISession } from '@llmos-lab/skills';

import { orNull } from './driveFiles';

/** What stands at a session's path: nothing, its notebook as saved, or something else. */
export type WorkingNotebook =
  | { readonly kind: 'missing' | 'other' }
  | { readonly kind: 'notebook'; readonly content: unknown };

/**
 * Reads the notebook of a session. A path alone says nothing: another notebook may stand
 * there by now, and a path in another member's session means a place of theirs. So the
 * notebook itself must name the session; only one that cannot be changed may lack it.
 *
 * @throws unknown what the drive says, "not found" apart
 */
export async function readWorking(
  contents: Pick<Contents.IManager, 'get'>,
  { id, path }: Pick<ISession, 'id' | 'path'>
): Promise<WorkingNotebook> {
  const model = await orNull(contents.get(path, { content: true }));
  if (model === null) {
    return { kind: 'missing' };
  }
  const content: unknown = model.content;
  if (model.type !== 'notebook' || !isRecord(content)) {
    return { kind: 'other' };
  }
  const named = sessionNamed(content);
  const isIts = named === id || (named === undefined && !model.writable);
  return isIts ? { kind: 'notebook', content } : { kind: 'other' };
}

/** The notebook file with a session's id in its metadata. */
export function withSession(notebook: unknown, id: string): unknown {
  if (!isRecord(notebook)) {
    return notebook;
  }
  const metadata = isRecord(notebook.metadata) ? notebook.metadata : {};
  const llmos = isRecord(metadata.llmos) ? metadata.llmos : {};
  return {
    ...notebook,
    metadata: { ...metadata, llmos: { ...llmos, v: 1, session: id } }
  };
}

/**
 * The notebook file without its session: what is given to others records nothing in it.
 */
export function withoutSession(notebook: Readonly<Record<string, unknown>>): unknown {
  const metadata = isRecord(notebook['metadata']) ? { ...notebook['metadata'] } : {};
  delete metadata['llmos'];
  return { ...notebook, metadata };
}

function sessionNamed({ metadata }: Record<string, unknown>): unknown {
  const llmos = isRecord(metadata) ? metadata.llmos : undefined;
  return isRecord(llmos) ? llmos.session : undefined;
}

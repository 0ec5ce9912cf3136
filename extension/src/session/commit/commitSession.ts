import type { IAuthor } from '@llmos-lab/skills';
import {
  parseCommit,
  parseTraces,
  sessionFolder,
  type ISession
} from '@llmos-lab/skills';

import type { VolumeSessions } from '../store/volumeSessions';
import {
  prepareCommit,
  previewCommit,
  type IPreparedCommit,
  type ISessionChoice
} from './prepare';

/** Reads a session for a commit into its volume. */
export async function readForCommit(
  volume: VolumeSessions,
  session: ISession,
  notebook: unknown
): Promise<IPreparedCommit> {
  return prepareCommit(
    volume.files,
    session,
    notebook,
    await toldRuns(volume, session)
  );
}

/** Runs that stand in the traces of the newest commit, so a commit has told of them. */
async function toldRuns(
  { volume, log }: VolumeSessions,
  { id }: ISession
): Promise<ReadonlySet<string>> {
  const committed = await volume.repository.store.read(
    `${sessionFolder(id)}/traces.jsonl`
  );
  const wasCommitted = log.some(({ message }) => {
    const commit = message.includes(`Session: ${id}`) ? parseCommit(message) : null;
    return commit?.kind === 'session';
  });
  // Traces that came in with other files were never told of.
  return new Set(
    committed === null || !wasCommitted
      ? []
      : parseTraces(new TextDecoder().decode(committed)).traces.map(trace => trace.id)
  );
}

/**
 * Writes notebook, conversation, traces and artifacts as one commit. The files are
 * written first: when the tab closes in between, they are there, not committed.
 *
 * @returns the commit's SHA-1, or `null` when nothing differs
 */
export async function writeSessionCommit(
  volume: VolumeSessions,
  prepared: IPreparedCommit,
  choice: ISessionChoice,
  author: IAuthor
): Promise<string | null> {
  const { session } = prepared;
  const { repository } = volume.volume;
  const folder = sessionFolder(session.id);
  const unchanged = previewCommit(prepared, choice, session.updated_at);
  for (const path of unchanged.removed) {
    await volume.files.remove(path);
  }
  for (const [path, content] of unchanged.files) {
    await volume.files.write(path, content);
  }
  // A later time alone is nothing to commit.
  const status = await repository.status();
  if (!status.some(({ path }) => path.startsWith(`${folder}/`))) {
    return null;
  }
  const now = new Date(author.time * 1000).toISOString();
  const { files, message } = previewCommit(prepared, choice, now);
  const path = `${folder}/session.json`;
  await volume.files.write(path, files.get(path) ?? '');
  return repository.commit({ paths: [folder], message, author });
}

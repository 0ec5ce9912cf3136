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
  const now = new Date(author.time * 1000).toISOString();
  const { files, removed, message } = previewCommit(prepared, choice, now);
  for (const path of removed) {
    await volume.files.remove(path);
  }
  for (const [path, content] of files) {
    await volume.files.write(path, content);
  }
  return volume.volume.repository.commit({
    paths: [sessionFolder(prepared.session.id)],
    message,
    author
  });
}

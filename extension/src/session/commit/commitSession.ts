import {
  committedTexts,
  prepareCommit,
  previewCommit,
  sessionFolder,
  toldBefore,
  type IAuthor,
  type IPreparedCommit,
  type ISecretFinding,
  type ISession,
  type ISessionChoice,
  type IVolumeStore,
  type ReadBeside
} from '@llmos-lab/skills';

import type { ICommitOptions } from '../../volumes/committing';
import type { VolumeSessions } from '../store/volumeSessions';
import { refuseSecrets } from './secretCheck';

/** Reads a session for a commit into its volume. */
export async function readForCommit(
  volume: VolumeSessions,
  session: ISession,
  notebook: unknown,
  beside?: ReadBeside
): Promise<IPreparedCommit> {
  const { store } = volume.volume.repository;
  const texts = await committedTexts(path => store.read(path), session);
  const told = toldBefore(session, texts, volume.log);
  return prepareCommit(volume.files, session, notebook, told, beside);
}

/** What a person decided, and which findings that look like secrets they let through. */
export interface IAgreedChoice extends ISessionChoice {
  readonly accepted: readonly ISecretFinding[] | 'all';
}

/** A run or message came while the commit was prepared: read the session again. */
export class SessionMovedOn extends Error {}

/**
 * Writes notebook, conversation, traces and artifacts as one commit. The files are
 * written first: when the tab closes in between, they are there, not committed.
 *
 * @returns the commit's SHA-1, or `null` when nothing differs
 * @throws SessionMovedOn, and SecretsError for what nobody has let through
 */
export async function writeSessionCommit(
  volume: VolumeSessions,
  prepared: IPreparedCommit,
  choice: IAgreedChoice,
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
  const status = await repository.status([folder]);
  if (status.length === 0) {
    return null;
  }
  const now = new Date(author.time * 1000).toISOString();
  const { files, message } = previewCommit(prepared, choice, now);
  const path = `${folder}/session.json`;
  await volume.files.write(path, files.get(path) ?? '');
  const check = checkOf(repository.store, prepared, choice.accepted);
  return repository.commit({ paths: [folder], message, author, check });
}

function checkOf(
  store: Pick<IVolumeStore, 'read'>,
  { session, traces }: IPreparedCommit,
  accepted: IAgreedChoice['accepted']
): NonNullable<ICommitOptions['check']> {
  const path = `${sessionFolder(session.id)}/traces.jsonl`;
  return async (changes, message) => {
    const now = changes.find(change => change.path === path)?.content;
    // The message tells of the runs that were read, and of no other.
    if (now && new TextDecoder().decode(now) !== traces) {
      throw new SessionMovedOn('The session went on while it was committed.');
    }
    if (accepted !== 'all') {
      await refuseSecrets(store, accepted)(changes, message);
    }
  };
}

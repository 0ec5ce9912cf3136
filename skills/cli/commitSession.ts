import { readFile, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import {
  committedTexts,
  notebookCopy,
  parseSession,
  prepareCommit,
  previewCommit,
  sessionFolder,
  toldBefore,
  type ICommitPreview,
  type IFileChange,
  type IPreparedCommit,
  type ISession,
  type OutputPolicy
} from '@llmos-lab/skills';
import { workChanges, type IClone } from './clone';
import { CommandFailure, WRONG_USAGE } from './failure';
import { requireAccess } from './identity';
import { readNotebookFile, readNotebookIfThere } from './notebookFile';
import { placeIn } from './placeIn';
import { refuseSecrets } from './refuseSecrets';
import { folderTree } from './sessionTree';
import { writeWhole } from './writeWhole';

/** What a person decides about a commit of a session. */
export interface ISessionCommitOptions {
  /** The working notebook; without it the copy in the volume. */
  readonly notebook?: string;
  readonly name?: string;
  readonly prompt?: string;
  readonly clearOutputs?: boolean;
  readonly allowSecrets?: boolean;
}

/**
 * The same files and message as the site's dialog, then one commit of the folder. Nothing
 * is written before the search for secrets has let it through.
 *
 * @returns the commit's SHA-1; null when nothing differs
 */
export async function commitSession(
  clone: IClone,
  session: ISession,
  options: ISessionCommitOptions
): Promise<string | null> {
  const { folder, store, author, actor, owner } = clone;
  const place = sessionFolder(session.id);
  requireAccess(actor, owner, {
    ...{ verb: 'write', path: `${place}/session.json`, sessionOwner: session.user }
  });
  const head = await store.head();
  const prepared = await prepare(clone, session, head, options.notebook);
  const outputs: OutputPolicy = options.clearOutputs ? 'clear' : 'keep';
  const choice = {
    name: options.name ?? session.name,
    prompt: options.prompt ?? prepared.prompt,
    outputs
  };
  requireName(session, choice.name);
  // A later time alone is nothing to commit.
  const still = previewCommit(prepared, choice, session.updated_at);
  if ((await changesOf(clone, place, still, head)).length === 0) {
    await writeFiles(folder, still);
    return null;
  }
  const now = new Date(author.time * 1000).toISOString();
  const preview = previewCommit(prepared, choice, now);
  const changes = await changesOf(clone, place, preview, head);
  const { message } = preview;
  await refuseSecrets(store, { changes, message }, options.allowSecrets === true);
  await writeFiles(folder, preview);
  return store.commitPresent(changes, message, author, head);
}

/** Reads the session; files that runs exported stand beside the notebook that is read. */
async function prepare(
  { folder, store }: IClone,
  session: ISession,
  head: string | null,
  given: string | undefined
): Promise<IPreparedCommit> {
  const texts = await committedTexts(
    path => store.read(path, head ?? undefined),
    session
  );
  const notebook =
    given === undefined ? placeIn(folder, notebookCopy(session)) : resolve(given);
  return prepareCommit(
    await folderTree(folder),
    session,
    await (given === undefined ? readNotebookIfThere : readNotebookFile)(notebook),
    toldBefore(session, texts, await store.log()),
    // Beside the volume's own copy there are none.
    given === undefined
      ? undefined
      : name => readFile(join(dirname(notebook), name)).catch(() => null)
  );
}

/** What the folder will have otherwise than the newest commit, once the files are written. */
async function changesOf(
  clone: IClone,
  place: string,
  { files, removed }: ICommitPreview,
  head: string | null
): Promise<readonly IFileChange[]> {
  const here = await workChanges(clone, [place]);
  const changes = new Map(here.map(change => [change.path, change]));
  const known = (path: string): Promise<Uint8Array | null> =>
    clone.store.read(path, head ?? undefined);
  for (const [path, given] of files) {
    const content = typeof given === 'string' ? new TextEncoder().encode(given) : given;
    const before = await known(path);
    if (before !== null && Buffer.compare(before, content) === 0) {
      changes.delete(path);
    } else {
      changes.set(path, { path, content });
    }
  }
  for (const path of removed) {
    if ((await known(path)) === null) {
      changes.delete(path);
    } else {
      changes.set(path, { path, content: null });
    }
  }
  return [...changes.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

function requireName(session: ISession, name: string): void {
  const parsed = parseSession(JSON.stringify({ ...session, name }));
  if ('problem' in parsed) {
    throw new CommandFailure(parsed.problem, WRONG_USAGE);
  }
}

async function writeFiles(
  folder: string,
  { files, removed }: ICommitPreview
): Promise<void> {
  for (const [path, content] of files) {
    await writeWhole(placeIn(folder, path), content);
  }
  for (const path of removed) {
    await rm(placeIn(folder, path), { force: true });
  }
}

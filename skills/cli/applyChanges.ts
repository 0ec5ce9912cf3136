import { rm } from 'node:fs/promises';
import type { IFileChange, VolumeAction } from '@llmos-lab/skills';
import { bareMessage, cloneIn, type IClone } from './clone';
import { CommandFailure, WRONG_USAGE } from './failure';
import { requireAccess } from './identity';
import { placeIn } from './placeIn';
import { refuseSecrets } from './refuseSecrets';
import { requireVolumeFolder } from './requireFolder';
import { writeWhole } from './writeWhole';

/** What a command changes in a volume. */
export interface IVolumeChange {
  readonly changes: readonly IFileChange[];
  readonly message: string;
  /** What is asked of the access rule; by default to write each path. */
  readonly action?: VolumeAction;
  readonly allowSecrets: boolean;
  /** Only files, no commit. */
  readonly commit: boolean;
}

/**
 * Writes files of a volume: in a repository as one commit, after asking the access rule and
 * looking for secrets; in a plain folder as files.
 *
 * @returns the commit's SHA-1; null where there is none
 */
export async function applyChanges(
  folder: string,
  { changes, message, action, allowSecrets, commit }: IVolumeChange
): Promise<string | null> {
  requireVolumeFolder(folder);
  const clone = await cloneIn(folder);
  if (clone?.isBare && !commit) {
    throw new CommandFailure(bareMessage(folder, 'Use --no-commit'), WRONG_USAGE);
  }
  if (clone) {
    checkAccess(clone, changes, action);
    await refuseSecrets(
      clone.store,
      { changes, message: commit ? message : '' },
      allowSecrets
    );
  }
  if (clone && commit) {
    const { store, author } = clone;
    return store.commit(changes, message, author, await store.head());
  }
  for (const { path, content } of changes) {
    const place = placeIn(folder, path);
    await (content === null ? rm(place, { force: true }) : writeWhole(place, content));
  }
  return null;
}

/** Asks for the one action, or for each file that is written. */
export function checkAccess(
  { actor, owner }: Pick<IClone, 'actor' | 'owner'>,
  changes: readonly IFileChange[],
  action?: VolumeAction
): void {
  const actions: readonly VolumeAction[] = action
    ? [action]
    : changes.map(({ path }) => ({ verb: 'write', path }));
  actions.forEach(each => requireAccess(actor, owner, each));
}

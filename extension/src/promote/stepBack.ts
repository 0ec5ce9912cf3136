import type { TranslationBundle } from '@jupyterlab/translation';
import {
  filesAt,
  formatPromotion,
  type ILogEntry,
  type ISecretFinding
} from '@llmos-lab/skills';
import type { ISkillEntry } from '@llmos-lab/kernel';

import { copyToUser, folderBeside } from '../author/skillFiles';
import { refuseSecrets } from '../session/commit/secretCheck';
import type { IVolume } from '../tokens';
import { USER_VOLUME } from '../volumes/copyToUser';
import type { VolumeRepository } from '../volumes/repository';
import { changesOf, expectedBy, isSame, versionOf, type IFilePair } from './plan';
import type { IPromoteParts } from './promote';

type Store = VolumeRepository['store'];

/** How a skill steps back from a team's volume. */
export interface IStepBack {
  /** The skill's file, whether it differs or not. */
  readonly own: IFilePair;
  /** Files that differ, the skill's own first. */
  readonly files: readonly IFilePair[];
  /** The commit whose version comes back; `null` when the skill goes. */
  readonly previous: string | null;
}

/**
 * What taking a promotion back would leave: the version of a skill before its last change
 * in a volume, or none.
 *
 * @param path of the skill's file in the volume
 * @returns null when there is no version before
 */
export async function planStepBack(
  volume: IVolume,
  path: string,
  way: 'previous' | 'remove',
  trans: TranslationBundle
): Promise<IStepBack | null> {
  const { store } = repositoryOf(volume, trans);
  const head = await store.head();
  const at =
    way === 'previous' && head !== null ? await versionBefore(store, path) : null;
  if (head === null || (way === 'previous' && at === null)) {
    return null;
  }
  const beside = folderBeside(path);
  const then = at === null ? [] : await filesAt(store, beside, at);
  const now = await filesAt(store, beside, head);
  const pairAt = async (each: string): Promise<IFilePair> => ({
    path: each,
    before: await store.read(each, head),
    after: at === null ? null : await store.read(each, at)
  });
  const own = await pairAt(path);
  const others = [...new Set([...now, ...then].filter(each => each !== path))];
  const pairs = [own, ...(await Promise.all(others.map(pairAt)))];
  return { own, files: pairs.filter(pair => !isSame(pair)), previous: at };
}

/** The commit that made the version before, where the skill was there before. */
async function versionBefore(store: Store, path: string): Promise<string | null> {
  const parent = (await lastChange(store, path))?.parents[0];
  const before =
    parent === undefined || (await store.read(path, parent)) === null
      ? undefined
      : await lastChange(store, path, parent);
  return before?.oid ?? null;
}

/** The newest commit, from one on, that changed the skill's file or one beside it. */
async function lastChange(
  store: Store,
  path: string,
  from?: string
): Promise<ILogEntry | undefined> {
  const at = { limit: 1, ...(from !== undefined && { from }) };
  const [own] = await store.log({ ...at, path });
  const [beside] = await store.log({ ...at, path: folderBeside(path) });
  if (!own || !beside) {
    return own ?? beside;
  }
  const [before] = await store.log({ path, limit: 1, from: beside.oid });
  return before?.oid === own.oid ? beside : own;
}

/**
 * Takes a skill out of a team's volume, or brings back the version before. The person
 * keeps what the team had, in the own volume where it is not there already.
 *
 * @returns the commit's SHA-1, or `null` when nothing differed
 * @throws SecretsError for a reason with secrets, before anything is written; what comes
 *   back stood in the history before
 * @throws VolumeError `conflict` when the volume has other versions than the plan
 */
export async function stepBack(
  { contents, profile, trans }: Pick<IPromoteParts, 'contents' | 'profile' | 'trans'>,
  volume: IVolume,
  entry: Pick<ISkillEntry, 'skill' | 'path'>,
  options: {
    readonly plan: IStepBack;
    readonly reason: string;
    readonly accepted?: readonly ISecretFinding[];
  }
): Promise<string | null> {
  const repository = repositoryOf(volume, trans);
  const { plan, reason, accepted } = options;
  const { own, files, previous } = plan;
  const message = formatPromotion({
    action: previous === null ? 'demote' : 'restore',
    skill: entry.skill.id,
    version: own.after ? await versionOf(own.after) : '',
    from: volume.name,
    to: previous === null ? USER_VOLUME : volume.name,
    fromCommit: previous ?? (await repository.store.head()) ?? '',
    by: profile.id,
    replaces: own.before ? await versionOf(own.before) : '',
    reason
  });
  await refuseSecrets(repository.store, accepted)([], message);
  if (previous === null) {
    await copyToUser(contents, entry.path);
  }
  return repository.apply({
    ...{ message, author: profile.author(), promotes: true },
    ...{ changes: changesOf(files), expected: expectedBy(files) }
  });
}

function repositoryOf(
  { name, repository }: IVolume,
  trans: TranslationBundle
): VolumeRepository {
  if (!repository) {
    throw new Error(trans.__('The volume "%1" has no history here.', name));
  }
  return repository;
}

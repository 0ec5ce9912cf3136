import type { Contents } from '@jupyterlab/services';
import type { ISkillEntry } from '@llmos-lab/kernel';
import { parseSkillFile, type IFileChange } from '@llmos-lab/skills';

import { folderBeside, isFolderSkill, readSkillFiles } from '../author/skillFiles';
import { sha256Name } from '../sha256';
import type { IVolume } from '../tokens';
import { exists, splitDrive } from '../volumes/copyToUser';

/** Where a skill can go, and whether it goes at once or is proposed. */
export interface ITarget {
  readonly volume: IVolume;
  readonly way: 'direct' | 'propose';
}

/** A skill's file on both sides. */
export interface IFilePair {
  /** Path in the volume. */
  readonly path: string;
  readonly before: Uint8Array | null;
  readonly after: Uint8Array | null;
}

/** What a promotion does to the volume it goes to. */
export interface IPromotionPlan {
  readonly target: ITarget;
  /** The skill as it would be there, also where its file stays as it is. */
  readonly text: string;
  /** `sha256:` of the skill's file there afterwards. */
  readonly version: string;
  /** Files that differ, the skill's own first. */
  readonly files: readonly IFilePair[];
  /** The same of the one that is there now; empty when there is none. */
  readonly replaces: string;
}

/** Volumes that are farther than a skill's own, nearest first, as far as one may. */
export function targetsOf(
  entry: ISkillEntry,
  volumes: readonly IVolume[]
): readonly ITarget[] {
  const own = volumes.findIndex(({ name }) => name === entry.volume);
  return volumes.slice(own + 1).flatMap((volume): readonly ITarget[] => {
    // From one team to another is a copy, not a promotion.
    if (volume.owner.kind === 'team' && volumes[own]?.owner.kind === 'team') {
      return [];
    }
    if (volume.repository && volume.can({ verb: 'promote' }).allowed) {
      return [{ volume, way: 'direct' }];
    }
    return volume.can({ verb: 'propose' }).allowed ? [{ volume, way: 'propose' }] : [];
  });
}

/** Compares a skill with what the target has of its id. */
export async function planPromotion(
  contents: Contents.IManager,
  entry: ISkillEntry,
  target: ITarget
): Promise<IPromotionPlan> {
  const { name } = target.volume;
  const there =
    entry.shadows.find(path => splitDrive(path).drive === name) ??
    `${name}:${splitDrive(entry.path).local}`;
  const mine = await readSkillFiles(contents, entry.path);
  const theirs = (await exists(contents, there))
    ? await readSkillFiles(contents, there)
    : null;
  const own = splitDrive(there).local;
  const folder = folderBeside(own);
  const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
  const { text } = parseSkillFile(mine);
  // What an export has written is read as what it is only in a file of its name.
  const written = encode(isFolderSkill(own) ? mine.text : text);
  const before = new Map(
    theirs?.beside.map(({ path, bytes }) => [`${folder}/${path}`, bytes])
  );
  const after = new Map(
    mine.beside.map(({ path, bytes }) => [`${folder}/${path}`, bytes])
  );
  const others = [...new Set([...before.keys(), ...after.keys()])].sort();
  const pairs: readonly IFilePair[] = [
    { path: own, before: theirs && encode(theirs.text), after: written },
    ...others.map(path => ({
      path,
      before: before.get(path) ?? null,
      after: after.get(path) ?? null
    }))
  ];
  return {
    ...{ target, text, version: await versionOf(written) },
    files: pairs.filter(pair => !isSame(pair)),
    replaces: theirs ? await versionOf(encode(theirs.text)) : ''
  };
}

/** What a plan writes. */
export function changesOf(files: readonly IFilePair[]): readonly IFileChange[] {
  return files.map(({ path, after }) => ({ path, content: after }));
}

/** What somebody saw there who agreed to a plan. */
export function expectedBy(files: readonly IFilePair[]): readonly IFileChange[] {
  return files.map(({ path, before }) => ({ path, content: before }));
}

/** A skill's version, as its entry in the library names it. */
export const versionOf = sha256Name;

/** Whether a file stays as it is. */
export function isSame({ before, after }: IFilePair): boolean {
  return (
    before === after ||
    (before !== null &&
      after !== null &&
      before.length === after.length &&
      before.every((byte, at) => byte === after[at]))
  );
}

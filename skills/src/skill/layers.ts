import type { ISkill } from './skill';

/** The skills of one volume with the paths of their files. */
export interface IVolumeSkills<T extends ILayeredFile = ILayeredFile> {
  readonly volume: string;
  readonly skills: readonly T[];
}

/** The least that layering needs to know of a skill's file. */
export interface ILayeredFile {
  readonly skill: ISkill;
  readonly path: string;
}

/** A skill that is in force, and the same-named ones which it hides. */
export interface ILayeredSkill<T extends ILayeredFile = ILayeredFile> {
  readonly volume: string;
  readonly file: T;
  /** Farther files of the same id, nearest first. */
  readonly shadows: readonly { readonly volume: string; readonly path: string }[];
}

/** The library that several volumes make together. */
export interface ILayeredLibrary<T extends ILayeredFile = ILayeredFile> {
  /** One entry an id, sorted by id. */
  readonly skills: readonly ILayeredSkill<T>[];
  /** By id; else by alias, where a nearer volume wins and then the smaller id. */
  get(id: string): ILayeredSkill<T> | undefined;
}

/**
 * Lays volumes over each other. They come nearest first (user, teams, system); within a
 * volume the first file of an id counts.
 */
export function layerSkills<T extends ILayeredFile>(
  volumes: readonly IVolumeSkills<T>[]
): ILayeredLibrary<T> {
  const byId = new Map<string, ILayeredSkill<T>>();
  const rank = new Map<string, number>();
  volumes.forEach(({ volume, skills }, distance) => {
    for (const file of skills) {
      const id = file.skill.id;
      const nearer = byId.get(id);
      if (nearer) {
        const shadows = [...nearer.shadows, { volume, path: file.path }];
        byId.set(id, { ...nearer, shadows });
      } else {
        byId.set(id, { volume, file, shadows: [] });
        rank.set(id, distance);
      }
    }
  });
  const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
  const skills = [...byId.values()].sort((a, b) =>
    order(a.file.skill.id, b.file.skill.id)
  );
  const byAlias = new Map<string, ILayeredSkill<T>>();
  const near = [...skills].sort(
    (a, b) => (rank.get(a.file.skill.id) ?? 0) - (rank.get(b.file.skill.id) ?? 0)
  );
  for (const entry of near) {
    for (const alias of entry.file.skill.aliases) {
      if (!byAlias.has(alias)) {
        byAlias.set(alias, entry);
      }
    }
  }
  return { skills, get: id => byId.get(id) ?? byAlias.get(id) };
}

/** Where a file or folder stands among the skills of a volume. */
export interface ISkillPlace {
  /** The drive that the path names; `''` for a path within a volume. */
  readonly drive: string;
  /** The id that its name gives; a skill file may say another. */
  readonly id: string;
  /** The folder with the skill's other files, in the form of the path. */
  readonly folder: string;
  /** True for the skill's own file: `skills/<id>.md` or `skills/<id>/SKILL.md`. */
  readonly isOwn: boolean;
}

/** Where a new skill is written, within its volume. */
export function skillPath(id: string): string {
  return `skills/${id}.md`;
}

/**
 * Says to which skill a path belongs: `skills/<id>.md`, the folder `skills/<id>` and all
 * that is in it; with a drive (`user:skills/…`) or relative to a volume. Null for all else.
 *
 * @example
 * skillPlace('user:skills/amp/bjt.lib');
 * // { drive: 'user', id: 'amp', folder: 'user:skills/amp', isOwn: false }
 */
export function skillPlace(path: string): ISkillPlace | null {
  const [, drive, first, rest] =
    /^(?:([^:/]+):)?skills\/([^/]+)(?:\/(.+))?$/.exec(path) ?? [];
  if (first === undefined) {
    return null;
  }
  const isFile = rest === undefined && /.\.md$/i.test(first);
  const id = isFile ? first.slice(0, -3) : first;
  return {
    drive: drive ?? '',
    id,
    folder: `${drive === undefined ? '' : `${drive}:`}skills/${id}`,
    isOwn: isFile || /^SKILL\.md$/i.test(rest ?? '')
  };
}

/** A skill that both sides changed, kept in both versions. */
import { formatSkill } from '../skill/format';
import { LONGEST_ID, parseSkill } from '../skill/parse';

/**
 * The others' text of a skill for its place beside mine: with an id of its own and without
 * aliases, since of two files with one id a library takes one. Any other text as it is.
 *
 * @param commit that theirs comes from
 */
export function besideSkill(
  path: string,
  mine: string,
  theirs: string,
  commit: string
): string {
  if (!/^skills\/.*\.md$/.test(path)) {
    return theirs;
  }
  const id = parseSkill(theirs, path).skill?.id;
  if (id === undefined || id !== parseSkill(mine, path).skill?.id) {
    return theirs;
  }
  const mark = `-theirs-${commit.slice(0, 7)}`;
  const own = id.slice(0, LONGEST_ID - mark.length).replace(/-+$/, '') + mark;
  return formatSkill(theirs, { keys: { skill_id: own, aliases: undefined } });
}

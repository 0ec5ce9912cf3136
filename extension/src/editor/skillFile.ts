/** Name of the widget factory, as "Open with" shows it and layouts store it. */
export const SKILL_EDITOR = 'Skill editor';

/**
 * Whether a Contents path is a skill's own file: Markdown in the folder `skills` of a
 * volume, or `SKILL.md` in a folder there.
 */
export function isSkillFile(path: string): boolean {
  return /^[^:/]+:skills\/(?:[^/]+\.md|[^/]+\/SKILL\.md)$/i.test(path);
}

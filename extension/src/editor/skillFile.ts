import { skillPlace } from '@llmos-lab/skills';

/** Name of the widget factory, as "Open with" shows it and layouts store it. */
export const SKILL_EDITOR = 'Skill editor';

/** Whether a Contents path is a skill's own file in a volume. */
export function isSkillFile(path: string): boolean {
  const place = skillPlace(path);
  return place !== null && place.isOwn && place.drive !== '';
}

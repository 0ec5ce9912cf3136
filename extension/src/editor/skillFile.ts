import { PathExt } from '@jupyterlab/coreutils';
import { CANDIDATES, skillPlace } from '@llmos-lab/skills';

/** Name of the widget factory, as "Open with" shows it and layouts store it. */
export const SKILL_EDITOR = 'Skill editor';

/** Whether a Contents path is a skill's own file in a volume, or of one that waits there. */
export function isSkillFile(path: string): boolean {
  const place = skillPlace(path);
  return isWaitingFile(path) || (place !== null && place.isOwn && place.drive !== '');
}

/** Whether it is that of a learned skill which waits for review: no library has it yet. */
export function isWaitingFile(path: string): boolean {
  const [drive = '', local = ''] = path.split(':');
  const [folder, name = ''] = [PathExt.dirname(local), PathExt.basename(local)];
  return drive !== '' && folder === CANDIDATES && name.endsWith('.md');
}

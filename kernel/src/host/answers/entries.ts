import { pythonIndex } from '@llmos-lab/skills';
import type { IExecutableEntry, ISkillEntry, ISkillIndex } from '../tokens';

/** Whether the entry's skill computes, and so can be called. */
export function isExecutable(entry: ISkillEntry): entry is IExecutableEntry {
  return entry.skill.kind === 'executable';
}

/**
 * The callable part of the index as JSON, with the drives that were looked in. Nearer
 * volumes come first, so that their aliases win; of one id the first entry is in force.
 */
export function encodeIndex(
  index: Pick<ISkillIndex, 'entries' | 'shadowed' | 'earlier' | 'volumes'>
): string {
  const distance = ({ volume }: ISkillEntry): number => index.volumes.indexOf(volume);
  const near = [...index.entries].sort((a, b) => distance(a) - distance(b));
  return pythonIndex(
    [...near, ...index.shadowed].filter(isExecutable),
    index.volumes,
    index.earlier.filter(isExecutable)
  );
}

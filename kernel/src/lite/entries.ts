import type { IExecutableEntry, ISkillEntry, ISkillIndex } from '@llmos-lab/kernel';

/**
 * One skill as Python's `llmos` reads it: `llmos._bridge.set_index` takes a list of
 * these as JSON.
 */
export interface IPythonEntry {
  readonly id: string;
  readonly aliases: readonly string[];
  readonly name: string;
  readonly description: string;
  readonly category: string;
  readonly keywords: readonly string[];
  readonly type: string;
  readonly mode: string;
  readonly pure: boolean;
  readonly inputs: readonly object[];
  readonly outputs: readonly object[];
  readonly code: string;
  readonly codeLine: number;
  readonly version: string;
  readonly volume: string;
  readonly path: string;
  readonly shadows: readonly string[];
}

/** What Python needs to know of a skill that it can call. */
function toPythonEntry(entry: IExecutableEntry): IPythonEntry {
  const { skill, version, volume, path, shadows } = entry;
  return {
    id: skill.id,
    aliases: skill.aliases,
    name: skill.name,
    description: skill.description,
    category: skill.category,
    keywords: skill.keywords,
    type: skill.type,
    mode: skill.mode,
    pure: skill.pure,
    inputs: skill.inputs,
    outputs: skill.outputs,
    code: skill.code,
    codeLine: skill.codeLine,
    version,
    volume,
    path,
    shadows
  };
}

/** One skill as JSON, to be run without being in the index. */
export function encodeEntry(entry: IExecutableEntry): string {
  return JSON.stringify(toPythonEntry(entry));
}

/** Whether the entry's skill computes, and so can be called. */
export function isExecutable(entry: ISkillEntry): entry is IExecutableEntry {
  return entry.skill.kind === 'executable';
}

/**
 * The callable part of the index as JSON, with the drives that were looked in. Nearer
 * volumes come first, so that their aliases win; of one id the first entry is in force.
 */
export function encodeIndex(
  index: Pick<ISkillIndex, 'entries' | 'shadowed' | 'volumes'>
): string {
  const distance = ({ volume }: ISkillEntry): number => index.volumes.indexOf(volume);
  const near = [...index.entries].sort((a, b) => distance(a) - distance(b));
  const entries = [...near, ...index.shadowed].filter(isExecutable).map(toPythonEntry);
  return JSON.stringify({ entries, places: index.volumes });
}

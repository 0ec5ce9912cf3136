/** Skills as Python's `llmos` reads them: `llmos._bridge.set_index` takes these as JSON. */
import type { IExecutableSkill } from './skill';

/** A skill that can be called, and where it stands. */
export interface ICallableEntry {
  readonly skill: IExecutableSkill;
  /** `sha256:` of its file. */
  readonly version: string;
  readonly volume: string;
  readonly path: string;
  /** Paths of files with the same id in farther volumes. */
  readonly shadows: readonly string[];
}

/** One skill in the index. */
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
export function toPythonEntry(entry: ICallableEntry): IPythonEntry {
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

/**
 * The index as JSON. Of one id the first entry is in force, the later ones answer pinned
 * calls.
 *
 * @param entries nearest volume first
 * @param places names of the volumes that were looked in
 * @param earlier versions that volumes had before: only pinned calls reach them
 */
export function pythonIndex(
  entries: readonly ICallableEntry[],
  places: readonly string[],
  earlier: readonly ICallableEntry[] = []
): string {
  return JSON.stringify({
    entries: entries.map(toPythonEntry),
    places,
    ...(earlier.length > 0 && { earlier: earlier.map(toPythonEntry) })
  });
}

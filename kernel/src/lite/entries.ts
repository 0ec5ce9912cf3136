import type { ISkillEntry } from '@llmos-lab/kernel';

/**
 * One skill as Python's `llmos` reads it (`llmos._bridge.set_index` takes a list of
 * these as JSON). Context skills are in it too, with `type: "context"`, so that calling
 * one can say what it is.
 */
export interface IPythonEntry {
  readonly id: string;
  readonly aliases: readonly string[];
  readonly name: string;
  readonly description: string;
  readonly category: string;
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
}

/** What Python needs to know of a skill. */
export function toPythonEntry(entry: ISkillEntry): IPythonEntry {
  const { skill, version, volume, path } = entry;
  const { id, aliases, name, description, category } = skill;
  const computed =
    skill.kind === 'executable'
      ? {
          type: skill.type,
          mode: skill.mode,
          pure: skill.pure,
          inputs: skill.inputs,
          outputs: skill.outputs,
          code: skill.code,
          codeLine: skill.codeLine
        }
      : {
          type: 'context',
          mode: 'browser-wasm',
          pure: true,
          inputs: [],
          outputs: [],
          code: '',
          codeLine: 1
        };
  return {
    id,
    aliases,
    name,
    description,
    category,
    ...computed,
    version,
    volume,
    path
  };
}

/** The whole index as JSON, in the index's own order. */
export function encodeIndex(entries: readonly ISkillEntry[]): string {
  return JSON.stringify(entries.map(toPythonEntry));
}

import type { IPort } from '@llmos-lab/skills';
import type { SkillCode } from '../../src/runtimes/netlist';

/** A skill as a runtime sees it; its code begins on line 10 of the file. */
export function skillOf(
  code: string,
  inputs: readonly IPort[] = [],
  outputs: readonly IPort[] = []
): SkillCode {
  return { id: 'test-skill', code, codeLine: 10, inputs, outputs };
}

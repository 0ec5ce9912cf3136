import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IPort } from '@llmos-lab/skills';
import { parse } from 'yaml';
import type { SkillCode } from '../../src/runtimes/netlist';

interface IFrontMatter {
  readonly skill_id: string;
  readonly inputs: readonly IPort[];
  readonly outputs: readonly IPort[];
}

/** A skill of the fixtures with the defaults of its inputs. */
export function readSkill(id: string): {
  skill: SkillCode;
  defaults: Record<string, unknown>;
} {
  const file = join(__dirname, `../../../skills/library/system/${id}.md`);
  const text = readFileSync(file, 'utf8');
  const front = parse(text.split('---\n')[1] ?? '') as IFrontMatter;
  const fence = /^~~~(?:javascript|spice)\n([\s\S]*?)^~~~$/m.exec(text);
  const code = (fence?.[1] ?? '').replace(/\n$/, '');
  const before = text.slice(0, (fence?.index ?? 0) + 1);
  const given = front.inputs.filter(port => port.default !== undefined);
  return {
    skill: {
      id,
      code,
      codeLine: before.split('\n').length + 1,
      inputs: front.inputs,
      outputs: front.outputs
    },
    defaults: Object.fromEntries(given.map(port => [port.name, port.default]))
  };
}

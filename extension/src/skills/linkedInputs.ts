import type { ISkillEntry } from '@llmos-lab/kernel';
import { analyseCell, skillCalls, type IExecutableSkill } from '@llmos-lab/skills';

/** What planning needs to know of a cell of the notebook. */
export interface ICellText {
  /** `code`, `markdown` or `raw`. */
  readonly type: string;
  readonly source: string;
}

/**
 * Expressions for required inputs that a cell above clearly provides: an output of the
 * nearest skill call above with the same name and the very same type. A name that is
 * bound anew or changed further down gives nothing.
 */
export function linkedInputs(
  skill: IExecutableSkill,
  above: readonly ICellText[],
  find: (id: string) => ISkillEntry | undefined
): Readonly<Record<string, string>> {
  const results = resultsOf(above);
  const links: Record<string, string> = {};
  for (const input of skill.inputs.filter(port => port.required)) {
    const source = results.find(({ id }) => {
      const found = find(id)?.skill;
      return (
        found?.kind === 'executable' &&
        found.outputs.some(out => out.name === input.name && out.type === input.type)
      );
    });
    if (source?.isCurrent) {
      links[input.name] = `${source.target}.${input.name}`;
    }
  }
  return links;
}

/** A variable that holds the outputs of a skill. */
interface ISkillResult {
  readonly target: string;
  readonly id: string;
  /** False when a cell below binds or changes the variable. */
  readonly isCurrent: boolean;
}

/** Results of the skill calls above, nearest first. */
function resultsOf(above: readonly ICellText[]): ISkillResult[] {
  const changed = new Set<string>();
  const results: ISkillResult[] = [];
  const cells = above.filter(({ type }) => type === 'code');
  for (const analysis of cells.map(cell => analyseCell(cell.source)).reverse()) {
    for (const { target, skill } of [...skillCalls(analysis)].reverse()) {
      if (target !== null) {
        results.push({ target, id: skill, isCurrent: !changed.has(target) });
      }
    }
    [...analysis.defines, ...analysis.mutates].forEach(name => changed.add(name));
  }
  return results;
}

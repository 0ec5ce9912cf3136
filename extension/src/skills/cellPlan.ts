import type { ISkillEntry } from '@llmos-lab/kernel';
import { analyseCell, skillCalls, type IExecutableSkill } from '@llmos-lab/skills';

/** What planning needs to know of a cell of the notebook. */
export interface ICellText {
  readonly isCode: boolean;
  readonly source: string;
}

/** Line with which notebooks made here begin. */
export const IMPORT_LINE = 'from llmos import skill';

/** Whether the cell makes `skill` known under that name. */
export function importsSkill(cell: ICellText): boolean {
  return (
    cell.isCode &&
    analyseCell(cell.source).imports.some(
      ({ module, member, name }) =>
        module === 'llmos' && member === 'skill' && name === 'skill'
    )
  );
}

/**
 * Where the import goes so that it stands above `before`: -1 when it is there already,
 * else the index of the first code cell, or `before` when none comes earlier.
 */
export function importIndex(cells: readonly ICellText[], before: number): number {
  if (cells.slice(0, before).some(importsSkill)) {
    return -1;
  }
  const first = cells.findIndex(cell => cell.isCode);
  return first < 0 ? before : Math.min(first, before);
}

/** Whether the notebook is as JupyterLab makes it: at most one cell, and that is empty. */
export function isBlank(cells: readonly ICellText[]): boolean {
  return cells.length === 0 || (cells.length === 1 && cells[0]?.source.trim() === '');
}

/** Every variable of the notebook, bound there or only used. */
export function namesIn(cells: readonly ICellText[]): ReadonlySet<string> {
  return new Set(
    cells
      .filter(cell => cell.isCode)
      .map(cell => analyseCell(cell.source))
      .flatMap(({ defines, uses }) => [...defines, ...uses])
  );
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
  const cells = above.filter(cell => cell.isCode);
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

import type { ISkillEntry } from '@llmos-lab/kernel';
import type { IExecutableSkill } from '@llmos-lab/skills';

/** What planning needs to know of a cell of the notebook. */
export interface ICellText {
  readonly isCode: boolean;
  readonly source: string;
}

/** Line with which notebooks made here begin. */
export const IMPORT_LINE = 'from llmos import skill';

/** Strings and comments of Python, so that names inside them do not count. */
const STRING_OR_COMMENT =
  /("""|''')[\s\S]*?\1|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|#[^\n]*/g;

const IMPORT = /^[ \t]*from[ \t]+llmos[ \t]+import[ \t]+(\([^)]*\)|[^\n#]*)/gm;

/** Whether the cell makes `skill` known under that name. */
export function importsSkill(cell: ICellText): boolean {
  return (
    cell.isCode &&
    [...cell.source.matchAll(IMPORT)].some(([, names = '']) =>
      names
        .replace(/[()]/g, '')
        .split(',')
        .some(name => name.trim() === 'skill')
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

/** Attributes, and the name of a call's first argument: they take no variable's place. */
const NO_VARIABLE = /\.\s*[A-Za-z_]\w*|(\(\s*)[A-Za-z_]\w*(?=\s*=(?!=))/g;

/** Every variable that stands in code of the notebook, bound there or only used. */
export function namesIn(cells: readonly ICellText[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { isCode, source } of cells) {
    if (isCode) {
      const code = source.replace(STRING_OR_COMMENT, '""').replace(NO_VARIABLE, '$1');
      (code.match(/[A-Za-z_]\w*/g) ?? []).forEach(name => names.add(name));
    }
  }
  return names;
}

/** The name itself, or with the first number from 2 on that makes it free. */
export function freeName(base: string, taken: ReadonlySet<string>): string {
  let name = base;
  for (let count = 2; taken.has(name); count++) {
    name = `${base}_${count}`;
  }
  return name;
}

const SKILL_CALL = /^([A-Za-z_]\w*)\s*=\s*await\s+skill\(\s*["']([^"'\n]+)["']\s*\)/gm;

/**
 * Expressions for required inputs that a cell above clearly provides: an output of the
 * nearest skill call above with the same name and the very same type. A name that is
 * bound anew in between gives nothing.
 */
export function linkedInputs(
  skill: IExecutableSkill,
  above: readonly ICellText[],
  find: (id: string) => ISkillEntry | undefined
): Readonly<Record<string, string>> {
  const links: Record<string, string> = {};
  const code = above.filter(cell => cell.isCode).map(cell => cell.source);
  const calls = skillCalls(code);
  for (const input of skill.inputs.filter(port => port.required)) {
    const source = calls.find(call => {
      const found = find(call.id)?.skill;
      return (
        found?.kind === 'executable' &&
        found.outputs.some(out => out.name === input.name && out.type === input.type)
      );
    });
    if (source && !isBoundIn(source.target, code.slice(source.cell + 1))) {
      links[input.name] = `${source.target}.${input.name}`;
    }
  }
  return links;
}

interface ISkillCall {
  readonly target: string;
  readonly id: string;
  readonly cell: number;
}

/** Calls `target = await skill("id")…`, nearest first. */
function skillCalls(code: readonly string[]): ISkillCall[] {
  return code
    .flatMap((source, cell) =>
      [...source.matchAll(SKILL_CALL)].map(([, target = '', id = '']) => ({
        target,
        id,
        cell
      }))
    )
    .reverse();
}

/** Any mention at the left of `=`, in `for`, `import` or `del` counts: better no link. */
function isBoundIn(name: string, code: readonly string[]): boolean {
  const bound = new RegExp(
    `^[ \\t]*(?:[^=\\n]*\\b${name}\\b[^=\\n(]*=(?!=)|(?:for|import|from|with|del|def|class)\\b.*\\b${name}\\b)`,
    'm'
  );
  return code.some(source => bound.test(source));
}

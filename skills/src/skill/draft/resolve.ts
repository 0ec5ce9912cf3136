import {
  analyseCell,
  definesByImport,
  skillCalls,
  type ICellAnalysis
} from '../../workflow/analyse';
import type { Statement } from '../../workflow/python/ast';
import { parsePython } from '../../workflow/python/parse';
import { readPython } from '../python';
import type { IPort } from '../skill';
import { factsOfLiteral, type INameFacts } from './facts';

/** A cell above, read once. */
interface IAbove {
  readonly source: string;
  readonly analysis: ICellAnalysis;
}

/** What the code of a cell needs from outside it. */
export type Need =
  /** Import lines that bind the name. */
  | { readonly kind: 'import'; readonly lines: readonly string[] }
  /** The text of a function or class. */
  | { readonly kind: 'helper'; readonly source: string }
  /** A value; `calls` is the id of the skill whose outputs it holds. */
  | {
      readonly kind: 'value';
      readonly facts: INameFacts | undefined;
      readonly calls: string | undefined;
    }
  /** Code that cannot be copied: made by other code, or by a magic. */
  | { readonly kind: 'lost' };

/** Tells where the names of a cell come from: the cells above, and what a kernel knows. */
export interface IResolver {
  /** Undefined for `skill`, which each skill has by itself. */
  need(name: string): Need | undefined;
}

/** A resolver over the sources of the cells above, in document order. */
export function createResolver(
  above: readonly string[],
  facts: Readonly<Record<string, INameFacts>>
): IResolver {
  const cells = above.map(source => ({ source, analysis: analyseCell(source) }));
  return {
    need: name => {
      const at = lastIndex(cells, ({ analysis }) => analysis.defines.includes(name));
      const definer = cells[at];
      const known = Object.hasOwn(facts, name) ? facts[name] : undefined;
      const lines = importLines(cells.slice(0, at + 1), name);
      if (definer && definesByImport(definer.analysis, name)) {
        return lines.length === 0 ? undefined : { kind: 'import', lines };
      }
      const helper = definer && definitionOf(definer.source, name);
      if (helper !== undefined) {
        return { kind: 'helper', source: helper };
      }
      if (known?.kind === 'code') {
        return known.importLine === undefined
          ? { kind: 'lost' }
          : { kind: 'import', lines: [known.importLine] };
      }
      const changed = cells
        .slice(at + 1)
        .some(({ analysis }) => analysis.mutates.includes(name));
      const text = definer && !changed ? literalOf(definer.source, name) : undefined;
      const calls = definer && callOf(definer, name);
      return { kind: 'value', facts: known ?? text, calls };
    }
  };
}

function lastIndex<T>(items: readonly T[], test: (item: T) => boolean): number {
  for (let at = items.length - 1; at >= 0; at--) {
    const item = items[at];
    if (item !== undefined && test(item)) {
      return at;
    }
  }
  return -1;
}

/** Every import of a name: `import a.b` and `import a.c` both belong to `a`. */
function importLines(cells: readonly IAbove[], name: string): readonly string[] {
  const lines = cells.flatMap(({ analysis }) =>
    analysis.imports
      .filter(each => each.name === name && each.module !== '__future__')
      .filter(({ module, member }) => !(module === 'llmos' && member === name))
      .map(importLine)
  );
  return [...new Set(lines)];
}

/** An import as a line of its own. */
export function importLine(imported: ICellAnalysis['imports'][number]): string {
  const { module, member, name } = imported;
  if (member !== undefined) {
    return `from ${module} import ${member}${member === name ? '' : ` as ${name}`}`;
  }
  const plain = module === name || module.startsWith(`${name}.`);
  return `import ${module}${plain ? '' : ` as ${name}`}`;
}

/** The text of the function or class that a cell defines last under a name. */
export function definitionOf(source: string, name: string): string | undefined {
  const found = parsePython(source).statements.filter(
    statement => isDefinition(statement) && statement.name === name
  );
  const last = found[found.length - 1];
  return last && source.slice(last.start, last.end).trimEnd();
}

/** Whether a statement defines a function or a class. */
export function isDefinition(
  statement: Statement
): statement is Extract<Statement, { kind: 'FunctionDef' | 'ClassDef' }> {
  return statement.kind === 'FunctionDef' || statement.kind === 'ClassDef';
}

/** The facts of the literal that a cell's last assignment of a name gives it. */
function literalOf(source: string, name: string): INameFacts | undefined {
  const { statements } = parsePython(source);
  const binds = statements.filter(({ start, end }) =>
    analyseCell(source.slice(start, end)).defines.includes(name)
  );
  const last = binds[binds.length - 1];
  if (last?.kind !== 'Assign' && last?.kind !== 'AnnAssign') {
    return undefined;
  }
  const targets = last.kind === 'Assign' ? last.targets : [last.target];
  const { value } = last;
  if (!value || !targets.some(each => each.kind === 'Name' && each.id === name)) {
    return undefined;
  }
  const text = source.slice(value.start, value.end);
  const literal = readPython(text);
  return literal === undefined ? undefined : factsOfLiteral(literal, text);
}

/** The id of the skill whose call gave a variable its value. */
function callOf({ analysis }: IAbove, name: string): string | undefined {
  const calls = skillCalls(analysis).filter(({ target }) => target === name);
  return calls[calls.length - 1]?.skill;
}

/** A port's facts, for outputs of skills that no kernel has computed. */
export function factsOfPort(port: IPort): INameFacts {
  return { kind: 'value', form: 'plain', type: port.type };
}

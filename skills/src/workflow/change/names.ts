import { isPythonCell } from '../analyse';
import type { IImported, IModule, IRange } from '../python/ast';
import { parsePython } from '../python/parse';
import { tokenise } from '../python/tokens';
import { walkTree } from '../python/tree';
import { createWalk, isGlobal, type IOccurrence, type IScope } from '../scope';
import { walkStatements } from '../walk';

/** A place where a cell reads or binds a variable of the notebook. */
export interface INameUse extends IRange {
  readonly name: string;
  /** True within a function, which reads the name when it is called. */
  readonly isDeferred: boolean;
  /** Import that binds the name without `as`. */
  readonly imported?: IImported;
  /** Whether a name of this text would mean something else here. */
  readonly isTaken: (name: string) => boolean;
}

/** Where a cell reads or binds variables of the notebook, in the order of the text. */
export function findUses(
  source: string,
  names: (name: string) => boolean
): readonly INameUse[] {
  return isPythonCell(source) ? usesOf(parsePython(source), names) : [];
}

function usesOf(
  module: IModule,
  names: (name: string) => boolean
): readonly INameUse[] {
  const occurrences: IOccurrence[] = [];
  const walk = createWalk(occurrences);
  walkStatements(walk, walk.module, module.statements);
  const imports = importsIn(module);
  const seen = new Set<number>();
  return occurrences
    .filter(({ name, scope, isLocal, start }) => {
      const wanted =
        names(name) && !isLocal && isGlobal(scope, name) && !seen.has(start);
      // `x += 1` reads and binds at one place.
      return wanted && seen.add(start);
    })
    .sort((a, b) => a.start - b.start)
    .map(({ name, start, end, scope, lexical }) => ({
      ...{ name, start, end, isDeferred: isDeferred(scope) },
      ...(imports.has(start) ? { imported: imports.get(start) } : {}),
      isTaken: other => lexical.includes(other) || !isGlobal(scope, other)
    }));
}

function isDeferred(scope: IScope): boolean {
  return scope.kind === 'function' || (scope.parent ? isDeferred(scope.parent) : false);
}

/** Imports without alias by the offset of the name that they bind. */
function importsIn(module: IModule): ReadonlyMap<number, IImported> {
  const found = new Map<number, IImported>();
  walkTree(module.statements, node => {
    if (node.kind === 'Import') {
      node.names
        .filter(({ hasAlias }) => !hasAlias)
        .forEach(imported => found.set(imported.at.start, imported));
    }
    return true;
  });
  return found;
}

/** A cell's source with other names, or why it cannot have them. */
export type Renamed = { readonly source: string } | { readonly problem: string };

/**
 * Gives variables of the notebook other names in one cell: where they are read and bound,
 * in every scope that means the notebook's variable; never in strings and comments.
 * `problem` completes a sentence that begins with the cell.
 *
 * @example
 * renameNames('y = x + 1', new Map([['x', 'a']])); // { source: 'y = a + 1' }
 */
export function renameNames(
  source: string,
  names: ReadonlyMap<string, string>
): Renamed {
  if (!isPythonCell(source)) {
    return { source };
  }
  const module = parsePython(source);
  const hidden = hiddenUse(source, module, names);
  if (hidden !== null) {
    return { problem: hidden };
  }
  let result = '';
  let at = 0;
  for (const use of usesOf(module, name => names.has(name))) {
    const to = names.get(use.name) ?? use.name;
    if (use.isTaken(to)) {
      return {
        problem: `has a variable "${to}" of its own where it uses "${use.name}"`
      };
    }
    const { imported } = use;
    if (imported && imported.member === undefined && imported.module.includes('.')) {
      return {
        problem: `imports "${imported.module}", which cannot have another name; import it with "as" first`
      };
    }
    const kept = imported ? source.slice(use.start, use.end) + ' as ' : '';
    result += source.slice(at, use.start) + kept + to;
    at = use.end;
  }
  return { source: result + source.slice(at) };
}

/** Uses that the parser does not see: in lines for IPython and in code with a fault. */
function hiddenUse(
  source: string,
  module: IModule,
  names: ReadonlyMap<string, string>
): string | null {
  for (const token of tokenise(source)) {
    const isMagic =
      token.kind === 'magic' ||
      (token.kind === 'string' && /^\s*[%!]/.test(token.text));
    const words = isMagic ? token.text.split(/[^\p{L}\p{N}_]+/u) : [];
    const found = words.find(word => names.has(word));
    if (found !== undefined) {
      return `uses "${found}" in a line for IPython ("${token.text.trim()}"); rename it there by hand first`;
    }
    if (!module.complete && token.kind === 'name' && names.has(token.text)) {
      return `uses "${token.text}" and has a syntax error; mend that first`;
    }
  }
  return null;
}

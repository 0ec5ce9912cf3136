import { findCalls, isOneCall, type ISkillCall } from './calls';
import type { IImported, Statement } from './python/ast';
import { parsePython } from './python/parse';
import { createWalk, finish } from './scope';
import { walkStatements } from './walk';

/** What a cell's source says by itself; see "Definitions and uses of a cell". */
export interface ICellAnalysis {
  /** Names that the cell may bind at module level, sorted. */
  readonly defines: readonly string[];
  /** Names that it reads from outside, sorted. */
  readonly uses: readonly string[];
  /** Those of `uses` that it changes in place, sorted. */
  readonly mutates: readonly string[];
  /** True when some statements could not be read; the others count. */
  readonly incomplete: boolean;
  readonly imports: readonly IImported[];
  /** Names that its `def` and `class` statements bind. */
  readonly definitions: readonly string[];
  /**
   * Names that only import statements bind, and that nothing in the cell changes, each
   * with what it is imported as: equal texts import the same.
   */
  readonly plainImports: ReadonlyMap<string, string>;
  /** Calls of the form `f("id")(…)`; which of them call skills, `skillCalls` decides. */
  readonly calls: readonly ISkillCall[];
  /** True when the one statement is a call, beside it at most the import of `skill`. */
  readonly isOneCall: boolean;
}

const NOTHING: ICellAnalysis = {
  defines: [],
  uses: [],
  mutates: [],
  incomplete: false,
  imports: [],
  definitions: [],
  plainImports: new Map(),
  calls: [],
  isOneCall: false
};

/** Cell magics whose cell is Python that runs in the notebook's own namespace. */
const PYTHON_MAGICS: ReadonlySet<string> = new Set([
  'time',
  'timeit',
  'capture',
  'prun',
  'debug',
  'memit',
  'mprun',
  'lprun',
  'skill'
]);

/** Whether an import of the cell binds a name. */
export function definesByImport(
  { imports }: Pick<ICellAnalysis, 'imports'>,
  name: string
): boolean {
  return imports.some(each => each.name === name);
}

/**
 * Reads a code cell without running it. Never throws: half-typed code keeps what its
 * whole statements say, a cell of another language (`%%bash`) says nothing.
 *
 * @example
 * analyseCell('y = f(x)').uses; // ['f', 'x']
 */
export function analyseCell(source: string): ICellAnalysis {
  if (!isPythonCell(source)) {
    return NOTHING;
  }
  // The magic's own line is one that the tokeniser passes over.
  const module = parsePython(source);
  const walk = createWalk();
  walkStatements(walk, walk.module, module.statements);
  // A call of a call: nothing else can be a skill call, and few cells have one.
  const calls = /\)[\s\\]*\(/.test(source) ? findCalls(module) : [];
  const imports = source.includes('import') ? importsOf(module.statements) : [];
  return {
    ...finish(walk),
    incomplete: !module.complete,
    imports,
    definitions: /\b(?:def|class)\b/.test(source)
      ? definitionsOf(module.statements)
      : [],
    plainImports:
      imports.length > 0 && !walk.hasEffect
        ? plainImports(module.statements, walk.touched)
        : new Map(),
    calls,
    isOneCall: calls.length > 0 && isOneCall(source, module)
  };
}

/** False for a cell in another language, such as one that begins with `%%bash`. */
export function isPythonCell(source: string): boolean {
  const magic = /^\s*%%\s*([^\s]*)/.exec(source)?.[1];
  return magic === undefined || PYTHON_MAGICS.has(magic);
}

/** The statements of the cell itself, in branches too, not those within functions. */
function ownStatements(statements: readonly Statement[]): readonly Statement[] {
  return statements.flatMap(statement => {
    if (statement.kind === 'FunctionDef' || statement.kind === 'ClassDef') {
      return statement;
    }
    const inner = [
      ...('body' in statement ? statement.body : []),
      ...('handlers' in statement
        ? statement.handlers.flatMap(({ body }) => body)
        : []),
      ...('otherwise' in statement ? statement.otherwise : []),
      ...('final' in statement ? statement.final : [])
    ];
    return [statement, ...ownStatements(inner)];
  });
}

function importsOf(statements: readonly Statement[]): readonly IImported[] {
  return ownStatements(statements).flatMap(each =>
    each.kind === 'Import' ? each.names : []
  );
}

function definitionsOf(statements: readonly Statement[]): readonly string[] {
  return ownStatements(statements).flatMap(each =>
    each.kind === 'FunctionDef' || each.kind === 'ClassDef' ? each.name : []
  );
}

/** What each name is imported as; not those whose import a branch may leave out. */
function plainImports(
  statements: readonly Statement[],
  touched: ReadonlySet<string>
): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const isImport = ({ kind }: Statement): boolean => kind === 'Import';
  const branches = statements.filter(each => !isImport(each));
  const inBranches = new Set(importsOf(branches).map(({ name }) => name));
  for (const { name, module, member, hasAlias } of importsOf(
    statements.filter(isImport)
  )) {
    if (!touched.has(name) && !inBranches.has(name)) {
      const before = found.get(name) ?? '';
      found.set(name, before + JSON.stringify([module, member ?? null, hasAlias]));
    }
  }
  return found;
}

/** Every variable of these cells, bound there or only used: a new one needs another name. */
export function namesIn(
  analyses: Iterable<Pick<ICellAnalysis, 'defines' | 'uses'>>
): ReadonlySet<string> {
  return new Set([...analyses].flatMap(({ defines, uses }) => [...defines, ...uses]));
}

/** The names under which a cell's imports make `skill` known, such as `s` or `llmos.skill`. */
export function skillNames(imports: readonly IImported[]): readonly string[] {
  return imports.flatMap(({ module, member, name }) => {
    if (module === 'llmos' && member === undefined) {
      return [`${name}.skill`];
    }
    return module === 'llmos' && member === 'skill' ? [name] : [];
  });
}

/**
 * The skill calls of a cell, in the order of the text. `known` adds names that cells above
 * import; `skill` itself counts as known, since notebooks begin with its import.
 */
export function skillCalls(
  analysis: ICellAnalysis,
  known: Iterable<string> = []
): readonly ISkillCall[] {
  if (analysis.calls.length === 0) {
    return analysis.calls;
  }
  const names = new Set(['skill', ...known, ...skillNames(analysis.imports)]);
  return analysis.calls.filter(call => names.has(call.callee));
}

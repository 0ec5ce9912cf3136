import { IGNORED_NAMES } from './builtins';
import type { Expression, IRange } from './python/ast';

/** What a cell binds, reads from outside, and changes in place; each sorted. */
export interface INames {
  readonly defines: readonly string[];
  readonly uses: readonly string[];
  readonly mutates: readonly string[];
}

type ScopeKind = 'module' | 'class' | 'function' | 'comprehension';

/** A scope of Python while its code is walked in evaluation order. */
export interface IScope {
  readonly kind: ScopeKind;
  readonly parent: IScope | null;
  /** Names bound in it: of a class and the module, those so far. */
  readonly bound: Set<string>;
  readonly globals: Set<string>;
  readonly nonlocals: Set<string>;
}

/** A place where a name is read or bound. */
export interface IOccurrence extends IRange {
  readonly name: string;
  readonly scope: IScope;
  /** True when the text round it, or its class, binds the name here. */
  readonly isLocal: boolean;
  /** Names that the text round it binds, such as `e` of `except … as e`. */
  readonly lexical: readonly string[];
}

/** Everything that is known of a cell's names while it is walked. */
export interface IWalk {
  readonly module: IScope;
  readonly defines: Set<string>;
  readonly uses: Set<string>;
  readonly mutated: Set<string>;
  /** Names that something else than an import statement binds, deletes or may change. */
  readonly touched: Set<string>;
  /** True once the cell has called something for what it changes, which may be any module. */
  hasEffect: boolean;
  /** Reads that take place when a function is called, settled at the end. */
  readonly later: { readonly scope: IScope; readonly name: string }[];
  /** Names that hold within a part of the text only, with how often they do. */
  readonly lexical: Map<string, number>;
  /** Filled only when someone asks where the names stand. */
  readonly occurrences?: IOccurrence[];
}

/**
 * Starts the walk of one cell. `occurrences` is filled only for renames, as it costs
 * time.
 */
export function createWalk(occurrences?: IOccurrence[]): IWalk {
  return {
    ...(occurrences ? { occurrences } : {}),
    module: createScope('module', null),
    defines: new Set(),
    uses: new Set(),
    mutated: new Set(),
    touched: new Set(),
    hasEffect: false,
    later: [],
    lexical: new Map()
  };
}

/** A scope in which nothing is bound but what Python itself binds there. */
export function createScope(kind: ScopeKind, parent: IScope | null): IScope {
  return {
    kind,
    parent,
    bound: new Set(kind === 'class' ? ['__module__', '__qualname__'] : []),
    globals: new Set(),
    nonlocals: new Set()
  };
}

/** Whether code in a scope runs at once, when the cell does. */
function runsAtOnce(scope: IScope): boolean {
  let outer: IScope | null = scope;
  while (outer?.kind === 'class') {
    outer = outer.parent;
  }
  return outer?.kind === 'module';
}

/** Notes where a name stands. */
export function note(
  walk: IWalk,
  scope: IScope,
  name: string,
  at: IRange | undefined
): void {
  if (!walk.occurrences || !at) {
    return;
  }
  const ofClass =
    scope.kind === 'class' && !scope.globals.has(name) && scope.bound.has(name);
  walk.occurrences.push({
    name,
    start: at.start,
    end: at.end,
    scope,
    isLocal: ofClass || walk.lexical.has(name),
    lexical: [...walk.lexical.keys()]
  });
}

/** A name is read. */
export function read(walk: IWalk, scope: IScope, name: string, at?: IRange): void {
  note(walk, scope, name, at);
  if (IGNORED_NAMES.has(name) || walk.lexical.has(name)) {
    return;
  }
  if (scope.kind === 'class' && !scope.globals.has(name) && scope.bound.has(name)) {
    return;
  }
  if (!runsAtOnce(scope)) {
    walk.later.push({ scope, name });
  } else if (!walk.module.bound.has(name)) {
    walk.uses.add(name);
  }
}

/** A name is bound. */
export function bind(walk: IWalk, scope: IScope, name: string, at?: IRange): void {
  touch(walk, scope, name);
  bindImported(walk, scope, name, at);
}

/** A name no longer is, or may no longer be, what an import statement made it. */
export function touch(walk: IWalk, scope: IScope, name: string): void {
  if (scope.kind === 'module' || scope.globals.has(name)) {
    walk.touched.add(name);
  }
}

/** A name is bound by an import statement. */
export function bindImported(
  walk: IWalk,
  scope: IScope,
  name: string,
  at?: IRange
): void {
  if (scope.kind === 'module' || scope.globals.has(name)) {
    walk.module.bound.add(name);
    walk.defines.add(name);
  } else if (!scope.nonlocals.has(name)) {
    scope.bound.add(name);
  }
  note(walk, scope, name, at);
}

/** The scope in which a walrus binds: the one round all comprehensions. */
export function walrusScope(scope: IScope): IScope {
  let outer = scope;
  while (outer.kind === 'comprehension' && outer.parent) {
    outer = outer.parent;
  }
  return outer;
}

/** Runs a step during which a name is bound by the text round it. */
export function withLexical(
  walk: IWalk,
  names: readonly string[],
  step: () => void
): void {
  const { lexical } = walk;
  if (names.length === 0) {
    step();
    return;
  }
  for (const name of names) {
    lexical.set(name, (lexical.get(name) ?? 0) + 1);
  }
  step();
  for (const name of names) {
    const left = (lexical.get(name) ?? 1) - 1;
    if (left === 0) {
      lexical.delete(name);
    } else {
      lexical.set(name, left);
    }
  }
}

/** Methods that change their object in place. */
const MUTATING: ReadonlySet<string> = new Set([
  'append',
  'extend',
  'update',
  'add',
  'pop',
  'remove',
  'clear',
  'insert',
  'sort',
  'reverse',
  'setdefault',
  'discard',
  'popitem',
  'fill',
  'resize'
]);

/** Notes what a call may change: its object, as `xs.append(1)` does, or more. */
export function noteCall(walk: IWalk, scope: IScope, callee: Expression): void {
  noteOwnCall(walk, scope, callee);
  if (callee.kind === 'Attribute' && MUTATING.has(callee.attribute)) {
    noteChange(walk, scope, callee.value);
  }
}

/** Notes that an object is changed in place; only what happens at module level counts. */
export function noteChange(walk: IWalk, scope: IScope, object: Expression): void {
  const root = rootOf(object);
  if (scope.kind === 'module' && root !== null) {
    walk.mutated.add(root);
    walk.touched.add(root);
  }
}

/** Calls that stand alone and change no module. */
const SHOWING: ReadonlySet<string> = new Set(['print', 'display']);

/**
 * Notes a call whose result nobody takes, such as `np.random.seed(1)`: it is there for what
 * it changes, which may be another module than the one it is named by, as
 * `sns.set_theme()` changes what `plt` draws.
 */
export function noteEffect(walk: IWalk, scope: IScope, value: Expression): void {
  const call = value.kind === 'Await' ? value.value : value;
  if (call.kind === 'Call' && runsAtOnce(scope)) {
    const { callee } = call;
    walk.hasEffect ||= callee.kind !== 'Name' || !SHOWING.has(callee.id);
  }
}

/** Notes a call of what the cell itself defines: nobody looks what that changes. */
function noteOwnCall(walk: IWalk, scope: IScope, callee: Expression): void {
  if (callee.kind === 'Name' && scope.kind !== 'function') {
    walk.hasEffect ||= walk.touched.has(callee.id);
  }
}

/** The name that attributes and items are taken from. */
function rootOf(object: Expression): string | null {
  let root = object;
  while (root.kind === 'Attribute' || root.kind === 'Subscript') {
    root = root.value;
  }
  return root.kind === 'Name' ? root.id : null;
}

/** Settles what functions read, once all that the cell defines is known. */
export function finish(walk: IWalk): INames {
  for (const { scope, name } of walk.later) {
    if (isGlobal(scope, name) && !walk.defines.has(name)) {
      walk.uses.add(name);
    }
  }
  return {
    defines: [...walk.defines].sort(),
    uses: [...walk.uses].sort(),
    mutates: [...walk.mutated].filter(name => walk.uses.has(name)).sort()
  };
}

/** Whether a name that is read in a scope leads to the module. */
export function isGlobal(start: IScope, name: string): boolean {
  // A class looks from its own names straight to the module.
  if (start.kind === 'class' && start.bound.has(name) && !start.globals.has(name)) {
    return true;
  }
  for (let scope: IScope | null = start; scope; scope = scope.parent) {
    if (scope.kind === 'module' || scope.globals.has(name)) {
      return true;
    }
    if (scope.kind === 'class') {
      if (scope !== start && name === '__class__') {
        return false;
      }
    } else if (scope.bound.has(name) && !scope.nonlocals.has(name)) {
      return false;
    }
  }
  return true;
}

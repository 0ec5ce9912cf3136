import type {
  Expression,
  IArgument,
  IComprehension,
  IName,
  IParameter,
  Pattern,
  Statement
} from './python/ast';
import {
  bind,
  bindImported,
  createScope,
  noteCall,
  note,
  noteChange,
  noteEffect,
  read,
  touch,
  walrusScope,
  withLexical,
  type IScope,
  type IWalk
} from './scope';

/** Walks statements in the order in which Python evaluates them. */
export function walkStatements(
  walk: IWalk,
  scope: IScope,
  statements: readonly Statement[]
): void {
  for (const statement of statements) {
    walkStatement(walk, scope, statement);
  }
}

function walkStatement(walk: IWalk, scope: IScope, statement: Statement): void {
  const evaluate = (value: Expression | undefined): void =>
    walkExpression(walk, scope, value);
  const body = (statements: readonly Statement[]): void =>
    walkStatements(walk, scope, statements);
  switch (statement.kind) {
    case 'Expression':
      return walkAlone(walk, scope, statement.value);
    case 'Assign':
      return walkAssign(walk, scope, statement);
    case 'AugAssign':
      evaluate(statement.target);
      evaluate(statement.value);
      return store(walk, scope, statement.target);
    case 'AnnAssign':
      return walkAnnotated(walk, scope, statement);
    case 'Delete':
      return statement.targets.forEach(target => remove(walk, scope, target));
    case 'Evaluate':
      return statement.values.forEach(evaluate);
    case 'Import':
      return walkImport(walk, scope, statement);
    case 'Global':
      return statement.names.forEach(name => {
        scope.globals.add(name.id);
        note(walk, scope, name.id, name);
      });
    case 'Nonlocal':
      return statement.names.forEach(name => scope.nonlocals.add(name.id));
    case 'If':
    case 'While':
      evaluate(statement.test);
      body(statement.body);
      return body(statement.otherwise);
    case 'For':
      evaluate(statement.iterable);
      assign(walk, scope, statement.target);
      body(statement.body);
      return body(statement.otherwise);
    case 'Try':
      return walkTry(walk, scope, statement);
    case 'With':
      return walkWith(walk, scope, statement);
    case 'FunctionDef':
      return walkFunction(walk, scope, statement);
    case 'ClassDef':
      return walkClass(walk, scope, statement);
    case 'Match':
      evaluate(statement.subject);
      return statement.cases.forEach(({ pattern, guard, body: block }) => {
        walkPattern(walk, scope, pattern);
        evaluate(guard);
        body(block);
      });
    case 'TypeAlias':
      return walkTypeAlias(walk, scope, statement);
  }
}

/** Whether a value is assigned only so that no cell shows it. */
function isThrownAway(target: Expression): boolean {
  return target.kind === 'Name' && target.id === '_';
}

/** A value that nobody takes. */
function walkAlone(walk: IWalk, scope: IScope, value: Expression): void {
  noteEffect(walk, scope, value);
  walkExpression(walk, scope, value);
}

type Of<K extends Statement['kind']> = Extract<Statement, { readonly kind: K }>;

function walkAssign(walk: IWalk, scope: IScope, statement: Of<'Assign'>): void {
  const { targets, value } = statement;
  if (targets.every(isThrownAway)) {
    walkAlone(walk, scope, value);
  } else {
    walkExpression(walk, scope, value);
  }
  targets.forEach(target => assign(walk, scope, target));
}

function walkImport(walk: IWalk, scope: IScope, { names }: Of<'Import'>): void {
  names.forEach(({ name, at }) => bindImported(walk, scope, name, at));
}

function walkAnnotated(walk: IWalk, scope: IScope, statement: Of<'AnnAssign'>): void {
  const { target, annotation, value } = statement;
  walkExpression(walk, scope, value);
  if (value) {
    assign(walk, scope, target);
  } else if (target.kind !== 'Name') {
    walkExpression(walk, scope, target);
  } else if (scope.kind === 'function') {
    // An annotation alone makes a name local.
    bind(walk, scope, target.id, target);
  } else if (scope.kind === 'module') {
    note(walk, scope, target.id, target);
  }
  // Python keeps no annotations of a function's variables, so it does not evaluate them.
  if (scope.kind !== 'function') {
    walkExpression(walk, scope, annotation);
  }
}

function walkWith(walk: IWalk, scope: IScope, statement: Of<'With'>): void {
  for (const { context, target } of statement.items) {
    walkExpression(walk, scope, context);
    if (target) {
      assign(walk, scope, target);
    }
  }
  walkStatements(walk, scope, statement.body);
}

function walkTry(walk: IWalk, scope: IScope, statement: Of<'Try'>): void {
  walkStatements(walk, scope, statement.body);
  for (const { type, name, body } of statement.handlers) {
    walkExpression(walk, scope, type);
    const block = (): void => walkStatements(walk, scope, body);
    if (name === undefined) {
      block();
    } else if (scope.kind === 'function' && !scope.globals.has(name)) {
      bind(walk, scope, name);
      block();
    } else {
      withLexical(walk, [name], block);
    }
  }
  walkStatements(walk, scope, statement.otherwise);
  walkStatements(walk, scope, statement.final);
}

function walkFunction(walk: IWalk, scope: IScope, statement: Of<'FunctionDef'>): void {
  const { decorators, parameters, typeParameters, returns, body } = statement;
  decorators.forEach(decorator => walkExpression(walk, scope, decorator));
  parameters.forEach(parameter => walkExpression(walk, scope, parameter.default));
  withLexical(walk, namesOf(typeParameters), () => {
    walkBounds(walk, scope, typeParameters);
    parameters.forEach(parameter => walkExpression(walk, scope, parameter.annotation));
    walkExpression(walk, scope, returns);
    bind(walk, scope, statement.name, statement.nameAt);
    const inner = createScope('function', scope);
    parameters.forEach(({ name, at }) => bind(walk, inner, name, at));
    walkStatements(walk, inner, body);
  });
}

function walkClass(walk: IWalk, scope: IScope, statement: Of<'ClassDef'>): void {
  const { decorators, typeParameters, body } = statement;
  decorators.forEach(decorator => walkExpression(walk, scope, decorator));
  withLexical(walk, namesOf(typeParameters), () => {
    walkBounds(walk, scope, typeParameters);
    walkArguments(walk, scope, statement.arguments);
    walkStatements(walk, createScope('class', scope), body);
  });
  bind(walk, scope, statement.name, statement.nameAt);
}

/** The value of `type X = …` is evaluated when it is asked for. */
function walkTypeAlias(walk: IWalk, scope: IScope, statement: Of<'TypeAlias'>): void {
  bind(walk, scope, statement.name, statement.nameAt);
  withLexical(walk, namesOf(statement.typeParameters), () => {
    walkBounds(walk, scope, statement.typeParameters);
    walkExpression(walk, createScope('function', scope), statement.value);
  });
}

function namesOf(parameters: readonly IParameter[]): readonly string[] {
  return parameters.map(parameter => parameter.name);
}

/** The bounds of type parameters, which Python evaluates on demand. */
function walkBounds(
  walk: IWalk,
  scope: IScope,
  parameters: readonly IParameter[]
): void {
  for (const { annotation } of parameters) {
    walkExpression(walk, createScope('function', scope), annotation);
  }
}

/** Positional arguments come before the named ones, whatever their order in the text. */
function walkArguments(walk: IWalk, scope: IScope, list: readonly IArgument[]): void {
  for (const { name, star, value } of list) {
    if (name === null && star !== '**') {
      walkExpression(walk, scope, value);
    }
  }
  for (const { name, star, value } of list) {
    if (name !== null || star === '**') {
      walkExpression(walk, scope, value);
    }
  }
}

function walkExpression(
  walk: IWalk,
  scope: IScope,
  value: Expression | undefined
): void {
  switch (value?.kind) {
    case undefined:
    case 'Constant':
      return;
    case 'Name':
      return read(walk, scope, value.id, value);
    case 'Attribute':
    case 'Starred':
    case 'Await':
      return walkExpression(walk, scope, value.value);
    case 'Subscript':
      walkExpression(walk, scope, value.value);
      return walkExpression(walk, scope, value.index);
    case 'Call':
      noteCall(walk, scope, value.callee);
      walkExpression(walk, scope, value.callee);
      return walkArguments(walk, scope, value.arguments);
    case 'Lambda': {
      value.parameters.forEach(item => walkExpression(walk, scope, item.default));
      const inner = createScope('function', scope);
      value.parameters.forEach(({ name, at }) => bind(walk, inner, name, at));
      return walkExpression(walk, inner, value.body);
    }
    case 'Comprehension':
      return walkComprehension(walk, scope, value);
    case 'Walrus':
      walkExpression(walk, scope, value.value);
      return bind(walk, walrusScope(scope), value.target.id, value.target);
    case 'Sequence':
    case 'Group':
      return value.items.forEach(item => walkExpression(walk, scope, item));
  }
}

/** The first iterable is evaluated outside; all else in a scope of its own. */
function walkComprehension(walk: IWalk, scope: IScope, value: IComprehension): void {
  const inner = createScope('comprehension', scope);
  value.generators.forEach(({ target, iterable, conditions }, index) => {
    walkExpression(walk, index === 0 ? scope : inner, iterable);
    assign(walk, inner, target);
    conditions.forEach(condition => walkExpression(walk, inner, condition));
  });
  value.elements.forEach(element => walkExpression(walk, inner, element));
}

/** Evaluates what a target needs, then stores into it. */
function assign(walk: IWalk, scope: IScope, target: Expression): void {
  if (target.kind === 'Attribute' || target.kind === 'Subscript') {
    walkExpression(walk, scope, target);
  }
  store(walk, scope, target);
}

function store(walk: IWalk, scope: IScope, target: Expression): void {
  if (target.kind === 'Name') {
    bind(walk, scope, target.id, target);
  } else if (target.kind === 'Sequence') {
    target.items.forEach(item => assign(walk, scope, item));
  } else if (target.kind === 'Starred') {
    assign(walk, scope, target.value);
  } else if (target.kind === 'Attribute' || target.kind === 'Subscript') {
    noteChange(walk, scope, target.value);
  }
}

function remove(walk: IWalk, scope: IScope, target: Expression): void {
  if (target.kind === 'Sequence') {
    target.items.forEach(item => remove(walk, scope, item));
    return;
  }
  walkExpression(walk, scope, target);
  if (target.kind === 'Name') {
    touch(walk, scope, target.id);
  }
  if (target.kind === 'Attribute' || target.kind === 'Subscript') {
    noteChange(walk, scope, target.value);
  } else if (target.kind === 'Name' && scope.kind === 'function') {
    // `del x` makes x local to its function, as an assignment does.
    bindLocal(walk, scope, target);
  }
}

function bindLocal(walk: IWalk, scope: IScope, name: IName): void {
  if (!scope.globals.has(name.id)) {
    bind(walk, scope, name.id, name);
  }
}

function walkPattern(walk: IWalk, scope: IScope, pattern: Pattern): void {
  switch (pattern.kind) {
    case 'Value':
      return walkExpression(walk, scope, pattern.value);
    case 'Capture':
      if (pattern.pattern) {
        walkPattern(walk, scope, pattern.pattern);
      }
      return bind(walk, scope, pattern.name, pattern.at);
    case 'Parts':
      walkExpression(walk, scope, pattern.value);
      pattern.parts.forEach(part => walkPattern(walk, scope, part));
  }
}

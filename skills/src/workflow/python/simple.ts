import type { IImported, IRange, Statement } from './ast';
import {
  accept,
  expect,
  fault,
  isAt,
  isKind,
  isName,
  lastEnd,
  next,
  peek,
  takeIdentifier,
  takeName,
  type ICursor
} from './cursor';
import {
  parseParameters,
  parseStars,
  parseStarsOrYield,
  parseTest
} from './expressions';
import { asTarget, isSingleTarget, startsExpression } from './targets';

/** Simple statements with semicolons between them, up to the line's end. */
export function parseLine(cursor: ICursor): readonly Statement[] {
  const statements: Statement[] = [];
  do {
    if (isKind(cursor, 'newline')) {
      break;
    }
    const { start } = peek(cursor);
    const statement = parseSimple(cursor, start);
    if (statement) {
      statements.push(statement);
    }
  } while (accept(cursor, ';'));
  endLine(cursor);
  return statements;
}

/** Takes the end of a line, or fails. */
export function endLine(cursor: ICursor): void {
  if (!isKind(cursor, 'newline')) {
    fault(cursor);
  }
  next(cursor);
}

function parseSimple(cursor: ICursor, start: number): Statement | null {
  const { kind, text } = peek(cursor);
  if (kind !== 'name') {
    return parseExpressionStatement(cursor, start);
  }
  switch (text) {
    case 'pass':
    case 'break':
    case 'continue':
      next(cursor);
      return null;
    case 'import':
    case 'from':
      return parseImport(cursor, start);
    case 'del':
      return parseDelete(cursor, start);
    case 'global':
    case 'nonlocal':
      return parseScope(cursor, start);
    case 'return':
    case 'raise':
    case 'assert':
      return parseEvaluate(cursor, start);
    case 'type':
      if (isName(cursor, 1) && (isAt(cursor, '=', 2) || isAt(cursor, '[', 2))) {
        return parseTypeAlias(cursor, start);
      }
      return parseExpressionStatement(cursor, start);
    default:
      return parseExpressionStatement(cursor, start);
  }
}

const AUGMENTED = /^(?:[-+*/%&|^@]|\/\/|\*\*|<<|>>)=$/;

function parseExpressionStatement(cursor: ICursor, start: number): Statement {
  const first = parseStarsOrYield(cursor);
  if (isAt(cursor, ':') && isSingleTarget(first)) {
    next(cursor);
    const annotation = parseTest(cursor);
    const value = accept(cursor, '=') ? parseStarsOrYield(cursor) : undefined;
    const end = lastEnd(cursor);
    const base = { kind: 'AnnAssign', target: first, annotation, start, end } as const;
    return value ? { ...base, value } : base;
  }
  if (peek(cursor).kind === 'op' && AUGMENTED.test(peek(cursor).text)) {
    if (!isSingleTarget(first)) {
      fault(cursor);
    }
    next(cursor);
    const value = parseStarsOrYield(cursor);
    return { kind: 'AugAssign', target: first, value, start, end: lastEnd(cursor) };
  }
  const chain = [first];
  while (accept(cursor, '=')) {
    chain.push(parseStarsOrYield(cursor));
  }
  const end = lastEnd(cursor);
  const value = chain[chain.length - 1] ?? first;
  if (chain.length === 1) {
    return { kind: 'Expression', value, start, end };
  }
  const targets = chain.slice(0, -1).map(target => asTarget(cursor, target));
  if (targets.some(target => target.kind === 'Starred')) {
    fault(cursor);
  }
  return { kind: 'Assign', targets, value, start, end };
}

function parseDelete(cursor: ICursor, start: number): Statement {
  next(cursor);
  const target = asTarget(cursor, parseStars(cursor));
  return { kind: 'Delete', targets: [target], start, end: lastEnd(cursor) };
}

function parseScope(cursor: ICursor, start: number): Statement {
  const kind = next(cursor).text === 'global' ? 'Global' : 'Nonlocal';
  const names = [takeIdentifier(cursor)];
  while (accept(cursor, ',')) {
    names.push(takeIdentifier(cursor));
  }
  return { kind, names, start, end: lastEnd(cursor) };
}

/** `return`, `raise` and `assert` only evaluate. */
function parseEvaluate(cursor: ICursor, start: number): Statement {
  const word = next(cursor).text;
  const values = [];
  if (startsExpression(cursor)) {
    values.push(word === 'return' ? parseStars(cursor) : parseTest(cursor));
    if (accept(cursor, word === 'raise' ? 'from' : ',')) {
      values.push(parseTest(cursor));
    }
  } else if (word === 'assert') {
    fault(cursor);
  }
  return { kind: 'Evaluate', values, start, end: lastEnd(cursor) };
}

function parseTypeAlias(cursor: ICursor, start: number): Statement {
  next(cursor);
  const nameAt = takeIdentifier(cursor);
  const typeParameters = parseTypeParameters(cursor);
  expect(cursor, '=');
  const value = parseTest(cursor);
  const parts = { name: nameAt.id, nameAt, typeParameters, value };
  return { kind: 'TypeAlias', ...parts, start, end: lastEnd(cursor) };
}

/** `[T, *Ts, **P]` behind the name of a function, class or type. */
export function parseTypeParameters(
  cursor: ICursor
): ReturnType<typeof parseParameters> {
  if (!accept(cursor, '[')) {
    return [];
  }
  const parameters = parseParameters(cursor, ']', { annotated: true });
  expect(cursor, ']');
  return parameters;
}

function parseImport(cursor: ICursor, start: number): Statement {
  const names: IImported[] = [];
  if (next(cursor).text === 'import') {
    do {
      const { start: from } = peek(cursor);
      const module = parseModule(cursor);
      const first = {
        id: module.split('.')[0] ?? module,
        start: from,
        end: lastEnd(cursor)
      };
      names.push({ module, ...takeAlias(cursor, first) });
    } while (accept(cursor, ','));
    return { kind: 'Import', names, start, end: lastEnd(cursor) };
  }
  let module = '';
  while (isAt(cursor, '.') || isAt(cursor, '...')) {
    module += next(cursor).text;
  }
  if (!isAt(cursor, 'import')) {
    module += parseModule(cursor);
  } else if (module === '') {
    fault(cursor);
  }
  expect(cursor, 'import');
  if (!accept(cursor, '*')) {
    const bracket = accept(cursor, '(');
    do {
      if (bracket && isAt(cursor, ')')) {
        break;
      }
      const member = takeIdentifier(cursor);
      names.push({ module, member: member.id, ...takeAlias(cursor, member) });
    } while (accept(cursor, ','));
    if (bracket) {
      expect(cursor, ')');
    }
    if (names.length === 0) {
      fault(cursor);
    }
  }
  return { kind: 'Import', names, start, end: lastEnd(cursor) };
}

/** The name that an import binds: its alias, or else what is imported. */
function takeAlias(
  cursor: ICursor,
  imported: IRange & { readonly id: string }
): Pick<IImported, 'name' | 'at' | 'hasAlias'> {
  const hasAlias = accept(cursor, 'as');
  const at = hasAlias ? takeIdentifier(cursor) : imported;
  return { name: at.id, at, hasAlias };
}

function parseModule(cursor: ICursor): string {
  let module = takeName(cursor);
  while (accept(cursor, '.')) {
    module += `.${takeName(cursor)}`;
  }
  return module;
}

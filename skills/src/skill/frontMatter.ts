import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  type Document,
  type Node,
  type ParsedNode,
  type YAMLError
} from 'yaml';
import type { IReport, ProblemCode } from './problems';
import type { JsonValue } from './skill';

/** A value of the front matter together with the line where it stands. */
export interface ILocated {
  readonly value: JsonValue;
  /** 1-based line of the file. */
  readonly line: number;
  /** For a mapping: its entries, with the line of each key. */
  readonly entries?: ReadonlyMap<string, ILocated>;
  /** For a list: its items. */
  readonly items?: readonly ILocated[];
}

/** Keys that could reach an object's prototype once a runtime copies them. */
export const FORBIDDEN_KEYS: ReadonlySet<string> = new Set([
  '__proto__',
  'constructor',
  'prototype'
]);

const MAX_DEPTH = 32;
/** Values after aliases are followed; a file within 1 MB stays far below it. */
const MAX_VALUES = 200_000;
const MAX_ALIASES = 100;
/** Faults of YAML that are listed for a file; later ones mostly follow from these. */
const MAX_FAULTS = 5;

/** Options under which the product reads YAML: plain YAML 1.2, no custom tags. */
export const YAML_OPTIONS = {
  version: '1.2',
  schema: 'core',
  resolveKnownTags: false,
  prettyErrors: false,
  logLevel: 'silent'
} as const;

/** Reads YAML that begins on `firstLine` of the file; null when it cannot be used. */
export function readFrontMatter(
  yaml: string,
  firstLine: number,
  report: IReport
): ILocated | null {
  const lines = new LineCounter();
  let document: Document.Parsed<ParsedNode>;
  try {
    document = parseDocument(yaml, { ...YAML_OPTIONS, lineCounter: lines });
  } catch (error) {
    // The parser recurses: nesting of many thousand levels ends its stack.
    report.add(
      'too-deep',
      firstLine,
      `The front matter cannot be read (${error instanceof Error ? error.message : 'unknown fault'}).`,
      'Nest lists and mappings less deeply.'
    );
    return null;
  }
  const lineOf = (offset: number): number => firstLine + lines.linePos(offset).line - 1;
  const faults = [...document.errors, ...document.warnings];
  // One fault often causes more on its line; the first says enough.
  const seen = new Set<number>();
  for (const fault of faults) {
    const line = lineOf(fault.pos[0]);
    if (!seen.has(line) && seen.size < MAX_FAULTS) {
      seen.add(line);
      reportFault(fault, line, report);
    }
  }
  if (faults.length > 0) {
    return null;
  }
  const root = document.contents;
  if (!isMap(root)) {
    report.add(
      'not-a-mapping',
      firstLine,
      root === null || (isScalar(root) && root.value === null)
        ? 'The front matter is empty.'
        : 'The front matter is no set of keys.',
      'Write one "key: value" a line, such as "name: My skill".'
    );
    return null;
  }
  const before = report.problems.length;
  const located = locate(root, { document, lineOf, report, values: 0, aliases: 0 }, 0);
  return report.problems.length === before ? located : null;
}

interface IWalk {
  readonly document: Document.Parsed<ParsedNode>;
  readonly lineOf: (offset: number) => number;
  readonly report: IReport;
  values: number;
  aliases: number;
}

const NOTHING: ILocated = { value: null, line: 1 };

function locate(node: unknown, walk: IWalk, depth: number): ILocated {
  const line = walk.lineOf((node as Partial<Node> | null)?.range?.[0] ?? 0);
  walk.values += 1;
  if (depth > MAX_DEPTH || walk.values > MAX_VALUES) {
    reportOnce(walk, 'too-deep', line);
    return NOTHING;
  }
  if (isAlias(node)) {
    walk.aliases += 1;
    if (walk.aliases > MAX_ALIASES) {
      reportOnce(walk, 'too-many-aliases', line);
      return NOTHING;
    }
    const target = node.resolve(walk.document);
    if (!target) {
      walk.report.add(
        'unknown-anchor',
        line,
        'A word that begins with "*" is read as a YAML alias, and leads nowhere.',
        'Put the text in quotes, or define the anchor "&name" above it.'
      );
      return NOTHING;
    }
    return { ...locate(target, walk, depth + 1), line };
  }
  if (isMap(node)) {
    const entries = new Map<string, ILocated>();
    for (const pair of node.items) {
      const key = readKey(pair.key, walk);
      if (key !== null) {
        const at = walk.lineOf((pair.key as Partial<Node>).range?.[0] ?? 0);
        const child = locate(pair.value, walk, depth + 1);
        entries.set(key, { ...child, line: at });
      }
    }
    const value = Object.fromEntries([...entries].map(([k, v]) => [k, v.value]));
    return { value, line, entries };
  }
  if (isSeq(node)) {
    const items = node.items.map(item => locate(item, walk, depth + 1));
    return { value: items.map(item => item.value), line, items };
  }
  return { value: readScalar(isScalar(node) ? node.value : null, line, walk), line };
}

function readKey(node: unknown, walk: IWalk): string | null {
  const line = walk.lineOf((node as Partial<Node> | null)?.range?.[0] ?? 0);
  const key = isScalar(node) ? node.value : node;
  if (typeof key === 'number' || typeof key === 'boolean') {
    return String(key);
  }
  if (typeof key !== 'string') {
    walk.report.add(
      'non-text-key',
      line,
      'A key of the front matter is no plain text.',
      'Write keys as words, such as "inputs:".'
    );
    return null;
  }
  if (FORBIDDEN_KEYS.has(key)) {
    walk.report.add(
      'forbidden-key',
      line,
      `The key "${key}" is refused, since it could change how objects work.`,
      'Give it another name.'
    );
    return null;
  }
  return key;
}

function readScalar(value: unknown, line: number, walk: IWalk): JsonValue {
  if (value === null || value === undefined) {
    return null;
  }
  if (typeof value === 'string' || typeof value === 'boolean') {
    return value;
  }
  if (typeof value === 'number' && Number.isFinite(value)) {
    return value;
  }
  walk.report.add(
    'not-json',
    line,
    `The value ${typeof value === 'number' ? value : 'here'} has no form in JSON.`,
    'Write a finite number, text, true, false, null, a list or a mapping.'
  );
  return null;
}

function reportOnce(
  walk: IWalk,
  code: 'too-deep' | 'too-many-aliases',
  line: number
): void {
  if (walk.report.problems.some(problem => problem.code === code)) {
    return;
  }
  if (code === 'too-deep') {
    walk.report.add(
      code,
      line,
      `The front matter is nested more than ${MAX_DEPTH} levels deep, or its aliases unfold to too many values.`,
      'Nest lists and mappings less deeply, and write repeated values out.'
    );
  } else {
    walk.report.add(
      code,
      line,
      `The front matter uses more than ${MAX_ALIASES} YAML aliases ("*name").`,
      'Write the repeated values out.'
    );
  }
}

/** What to say of a fault of the YAML parser, by the parser's own code. */
const FAULTS: ReadonlyMap<
  string,
  { readonly code: ProblemCode; readonly found: string; readonly hint: string }
> = new Map([
  [
    'DUPLICATE_KEY',
    {
      code: 'duplicate-key' as const,
      found: 'The same key is written twice',
      hint: 'Keep one of the two.'
    }
  ],
  [
    'TAB_AS_INDENT',
    {
      code: 'tab-indent' as const,
      found: 'The line is indented with a tab, which YAML does not allow',
      hint: 'Indent with spaces.'
    }
  ],
  [
    'TAG_RESOLVE_FAILED',
    {
      code: 'unknown-tag' as const,
      found:
        'A word that begins with "!" is read as a YAML tag, and this tag is not known',
      hint: 'Remove it, or put the value in quotes.'
    }
  ],
  [
    'RESOURCE_EXHAUSTION',
    {
      code: 'too-deep' as const,
      found: 'Lists or mappings are nested too deeply',
      hint: 'Nest them less deeply.'
    }
  ]
]);

/** Turns a fault of the YAML parser into a problem of the file. */
function reportFault(fault: YAMLError, line: number, report: IReport): void {
  const { code, found, hint } = FAULTS.get(fault.code) ?? {
    code: 'malformed-yaml' as const,
    found: `The YAML cannot be read here: ${fault.message.split('\n')[0] ?? ''}`,
    hint: 'Write "key: value"; put text with ":", "#", "[", "{" or quotes in it between quotes; close every bracket.'
  };
  report.add(code, line, `${found}.`, hint);
}

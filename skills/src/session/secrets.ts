/** Looks for secrets in files before they are committed or shared. */
import { isRecord } from '../json';
import { MASK, TOKEN_SHAPES, isSecretName, maskText } from './mask';

/** What a secret looks like; `named-value`: a text given to a name such as `password`. */
export type SecretKind = (typeof TOKEN_SHAPES)[number]['kind'] | 'named-value';

/** One place that looks like a secret. */
export interface ISecretFinding {
  readonly kind: SecretKind;
  readonly path: string;
  /** Within the cell's part where there is a cell, else within the file; 1-based. */
  readonly line: number;
  /** 1-based among all cells of a notebook. */
  readonly cell?: number;
  readonly part?: 'source' | 'output';
  /** Enough to find it by eye, too little to use it. */
  readonly excerpt: string;
}

/** Stands for the path of what is found in a commit's message. */
export const MESSAGE_PLACE = 'the message';

/** Finds the same in the words of a commit, which stay in the history as files do. */
export function scanMessage(message: string): readonly ISecretFinding[] {
  return scanSecrets(MESSAGE_PLACE, message);
}

/** Words as a commit's message may quote them: what looks like a secret is masked. */
export function withoutSecrets(words: string): string {
  const masked = maskText(words);
  return scanMessage(masked).length === 0 ? masked : MASK;
}

/** `name = "value"`, `"name": "value"`, `env["NAME"] = "value"`, `name: str = "value"`. */
const ASSIGNMENT =
  /(?<!\w)([A-Za-z_][\w-]{0,80})["']?\]?\s*(?::\s*[\w.[\]| ]{1,60})?[=:]=?\s*[bfru]{0,2}(["'])((?:(?!\2)[^\\\n]|\\.)+)\2/gi;
/** `NAME=value` to the end of the line, where values need no quotes. */
const UNQUOTED =
  /^[ \t]*(?:export[ \t]+|-[ \t]+)?([A-Za-z_][\w.-]{0,80})[ \t]*[=:][ \t]*([^\s"'#|>&*!][^\n]*?)[ \t]*(?:[ \t]#[^\n]*)?\r?$/gm;
/** Files in which they need none. */
const PLAIN_FILE =
  /(?:^|\/)\.env(?:\.[^/]*)?$|\.(?:env|ya?ml|toml|ini|cfg|conf|properties)$/i;
/** `%env NAME=value` and `!export NAME=value` of cells. */
const CELL_ENV =
  /^[ \t]*(?:%(?:set_)?env|![ \t]*export)[ \t]+(\w{1,80})(?:=|[ \t]+)[ \t]*(["']?)([^\s"'][^\n]*?)\2[ \t]*\r?$/gm;
/** Values that stand for a secret without being one. */
const STAND_IN =
  /^(?:.{0,5}|(.)\1*|<.*>|\{.*\}|\$\{?\w+\}?|\$\{\{.*\}\}|%.*%|.*\.\.\..*|.*…|your[-_ ].*|my[-_ ].*|changeme|example.*|dummy.*|placeholder.*|password|secret|token|none|null|true|false|\[masked\])$/i;

/**
 * Finds keys, tokens, passwords and private keys in a text file, in the order in which
 * they stand. Notebooks are read cell by cell, sources and outputs.
 *
 * @param known a text in which a secret is no news, such as what is committed already
 * @example scanSecrets('a.py', 'api_key = "hunter2-hunter2"')[0]?.line // 1
 */
export function scanSecrets(
  path: string,
  text: string,
  known = ''
): readonly ISecretFinding[] {
  const isNews = (secret: string): boolean =>
    !known.includes(secret) && !known.includes(JSON.stringify(secret).slice(1, -1));
  const cells = /\.ipynb$/i.test(path) ? readCells(text) : null;
  if (!cells) {
    const isPlain = PLAIN_FILE.test(path);
    return scanText(text, isNews, isPlain).map(found => ({ ...found, path }));
  }
  return cells.flatMap(({ cell, part, text: content }) =>
    scanText(content, isNews).map(found => ({ ...found, path, cell, part }))
  );
}

type Place = Pick<ISecretFinding, 'kind' | 'line' | 'excerpt'>;

function scanText(
  text: string,
  isNews: (secret: string) => boolean,
  isPlain = false
): readonly Place[] {
  const found: (Place & { readonly start: number; readonly end: number })[] = [];
  const add = (kind: SecretKind, start: number, secret: string): void => {
    const end = start + secret.length;
    const isNew = !found.some(other => start < other.end && other.start < end);
    if (isNew && isNews(secret)) {
      const line = countLines(text, start);
      found.push({ kind, line, excerpt: excerptOf(secret), start, end });
    }
  };
  for (const { kind, shape } of TOKEN_SHAPES) {
    for (const match of text.matchAll(shape)) {
      if (
        match[0] !== MASK &&
        !(kind === 'address-password' && STAND_IN.test(match[0]))
      ) {
        add(kind, match.index, match[0]);
      }
    }
  }
  for (const shape of [ASSIGNMENT, CELL_ENV, ...(isPlain ? [UNQUOTED] : [])]) {
    for (const match of text.matchAll(shape)) {
      const [whole, name = ''] = match;
      const value = match.at(-1) ?? '';
      if (isSecretName(name) && !STAND_IN.test(value) && !isCount(name, value)) {
        add('named-value', match.index + whole.lastIndexOf(value), value);
      }
    }
  }
  return found
    .sort((a, b) => a.start - b.start)
    .map(({ kind, line, excerpt }) => ({ kind, line, excerpt }));
}

/** A number under a name that only mentions a secret, such as `token_count`. */
function isCount(name: string, value: string): boolean {
  return /^[\d._]+$/.test(value) && !/(?:pass\w*|pwd|secret|token|key)$/i.test(name);
}

function countLines(text: string, end: number): number {
  let line = 1;
  for (
    let at = text.indexOf('\n');
    at >= 0 && at < end;
    at = text.indexOf('\n', at + 1)
  ) {
    line += 1;
  }
  return line;
}

function excerptOf(secret: string): string {
  return secret.startsWith('-----BEGIN')
    ? (secret.split('\n')[0] ?? '')
    : `${secret.slice(0, Math.min(4, Math.floor(secret.length / 3)))}…`;
}

interface IPart {
  readonly cell: number;
  readonly part: 'source' | 'output';
  readonly text: string;
}

/** Texts of a notebook; null when it is none, so that it is read as plain text. */
function readCells(text: string): readonly IPart[] | null {
  let file: unknown;
  try {
    file = JSON.parse(text);
  } catch {
    // A damaged notebook is still text that may hold secrets.
    return null;
  }
  const cells = isRecord(file) ? file['cells'] : undefined;
  if (!Array.isArray(cells)) {
    return null;
  }
  return (cells as readonly unknown[]).flatMap((cell, index): readonly IPart[] => {
    if (!isRecord(cell)) {
      return [];
    }
    const outputs = Array.isArray(cell['outputs'])
      ? (cell['outputs'] as readonly unknown[])
      : [];
    const source = { cell: index + 1, part: 'source', text: joined(cell['source']) };
    // Metadata is rarely seen, so what stands there counts as part of the source.
    const metadata = { ...source, text: textsOf(cell['metadata']) };
    return [
      source as IPart,
      ...(metadata.text === '' ? [] : [metadata as IPart]),
      ...outputs.map((output): IPart => ({
        cell: index + 1,
        part: 'output',
        text: shownText(output)
      }))
    ];
  });
}

/** What an output shows, without what says which kind of output it is. */
function shownText(output: unknown): string {
  const { text, data, evalue, traceback } = isRecord(output) ? output : {};
  return textsOf({ text, data, evalue, traceback });
}

/** A text that may be kept as a list of lines. */
function joined(value: unknown): string {
  return Array.isArray(value) ? value.join('') : typeof value === 'string' ? value : '';
}

/** All texts within a value, names with them; pictures are left out. */
function textsOf(value: unknown, name = ''): string {
  if (typeof value === 'string') {
    return isSecretName(name) ? `${name}: ${JSON.stringify(value)}` : value;
  }
  if (Array.isArray(value)) {
    const items = value as readonly unknown[];
    return items.every(item => typeof item === 'string')
      ? items.join('')
      : items.map(item => textsOf(item, name)).join('\n');
  }
  if (!isRecord(value)) {
    return '';
  }
  return Object.entries(value)
    .filter(([key]) => !key.startsWith('image/'))
    .map(([key, item]) => textsOf(item, key))
    .filter(text => text !== '')
    .join('\n');
}

/** What a skill prints: captured as lines, within bounds. */

/** Takes the lines as they come. */
export type WriteLine = (line: string) => void;

/** Lines that a call may print, unless the person has set another bound. */
export const MAX_LOG_LINES = 10_000;
/** Characters that are counted for each line; a few long lines fill a page as well. */
const LINE = 100;

/**
 * Lines kept in order and passed on to `write` at once. Beyond the bound one line says
 * so, and the rest is lost.
 */
export class LogLines {
  constructor(write: WriteLine = () => undefined, maxLines = MAX_LOG_LINES) {
    this._write = write;
    this._maxLines = maxLines;
  }

  readonly lines: string[] = [];

  add(text: string): void {
    if (this._full) {
      return;
    }
    this._characters += text.length;
    this._full =
      this.lines.length >= this._maxLines || this._characters > this._maxLines * LINE;
    const line = this._full ? '… further output is not shown.' : text;
    this.lines.push(line);
    this._write(line);
  }

  private readonly _write: WriteLine;
  private readonly _maxLines: number;
  private _characters = 0;
  private _full = false;
}

/** The methods of `console` that skills get. */
export type SkillConsole = Readonly<Record<string, (...items: unknown[]) => void>>;

/** A `console` that writes to `logs` and nowhere else. */
export function makeConsole(logs: LogLines): SkillConsole {
  const counts = new Map<string, number>();
  const print =
    (prefix = '') =>
    (...items: unknown[]): void =>
      logs.add(
        prefix +
          items.map(item => (typeof item === 'string' ? item : inspect(item))).join(' ')
      );
  const count = (label: unknown = 'default'): void => {
    const next = (counts.get(String(label)) ?? 0) + 1;
    counts.set(String(label), next);
    logs.add(`${String(label)}: ${next}`);
  };
  const ignore = (): void => undefined;
  return {
    log: print(),
    info: print(),
    debug: print(),
    dir: print(),
    table: print(),
    group: print(),
    groupCollapsed: print(),
    groupEnd: ignore,
    warn: print('Warning: '),
    error: print('Error: '),
    trace: print('Trace: '),
    assert: (holds, ...items) =>
      holds ? undefined : print('Assertion failed: ')(...items),
    count,
    time: ignore,
    timeEnd: ignore,
    timeLog: ignore,
    clear: ignore
  };
}

const MAX_ITEMS = 20;
const MAX_DEPTH = 4;

/** A value as one line of text, cut where it is long or deep. */
export function inspect(value: unknown, depth = 0): string {
  if (typeof value === 'string') {
    return JSON.stringify(value);
  }
  if (typeof value === 'function') {
    return '[function]';
  }
  if (typeof value !== 'object' || value === null) {
    return typeof value === 'bigint' ? `${value}n` : String(value);
  }
  if (value instanceof Error) {
    return `${value.name}: ${value.message}`;
  }
  const list = Array.isArray(value) || (ArrayBuffer.isView(value) && 'length' in value);
  if (depth >= MAX_DEPTH) {
    return list ? '[…]' : '{…}';
  }
  return list
    ? inspectList(value as ArrayLike<unknown>, depth)
    : inspectObject(value, depth);
}

function inspectList(list: ArrayLike<unknown>, depth: number): string {
  const shown = Array.from({ length: Math.min(list.length, MAX_ITEMS) }, (_, index) =>
    inspect(list[index], depth + 1)
  );
  const more = list.length > MAX_ITEMS ? `, … ${list.length} items` : '';
  const tag = Object.prototype.toString.call(list).slice(8, -1);
  return `${tag === 'Array' ? '' : `${tag} `}[${shown.join(', ')}${more}]`;
}

function inspectObject(value: object, depth: number): string {
  const keys = Object.keys(value);
  const shown = keys
    .slice(0, MAX_ITEMS)
    .map(
      key => `${key}: ${inspect((value as Record<string, unknown>)[key], depth + 1)}`
    );
  const more = keys.length > MAX_ITEMS ? `, … ${keys.length} keys` : '';
  return `{${shown.join(', ')}${more}}`;
}

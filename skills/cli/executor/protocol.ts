/** What crosses the border to the process that runs skills: JSON, one object a message. */
import type { ReplayOutcome } from '@llmos-lab/skills';

/** An output of a cell, in the form of notebook files. */
export type CellOutput = Readonly<Record<string, unknown>>;

/** Most that the files of a run may be together: they come through memory. */
export interface IFileRoom {
  readonly bytes: number;
  readonly files: number;
}

/** Why a file did not come: for its own size or the number of all, or nobody could read it. */
export type LossReason = 'large' | 'many' | 'unread';

/** To the process. */
export type ToChild =
  | {
      readonly type: 'start';
      /** Folder of a built site. */
      readonly runtime: string;
      /** The skill index as JSON, as Python reads it. */
      readonly index: string;
      /** With IPython, for cells of notebooks. */
      readonly shell: boolean;
      /** For the files that cells write; null: none are sent. */
      readonly fileRoom: IFileRoom | null;
      /** Files for cells to read: paths in the folder in which they run, and base64. */
      readonly given: readonly (readonly [path: string, base64: string])[];
    }
  /** Runs a skill again that need not be in the index; both are JSON. */
  | {
      readonly type: 'replay';
      readonly id: number;
      readonly entry: string;
      readonly inputs: string;
    }
  | { readonly type: 'cell'; readonly id: number; readonly source: string }
  /** The files beside a skill: paths in its folder, and base64. */
  | {
      readonly type: 'files';
      readonly id: number;
      readonly files: readonly (readonly [path: string, base64: string])[];
    }
  | { readonly type: 'refusal'; readonly id: number; readonly message: string };

/** From the process; what runs there can send anything: see {@link readMessage}. */
export type FromChild =
  | { readonly type: 'ready'; readonly python: string; readonly pyodide: string }
  /** It cannot go on. */
  | { readonly type: 'failed'; readonly message: string }
  | { readonly type: 'outcome'; readonly id: number; readonly outcome: unknown }
  | { readonly type: 'output'; readonly output: CellOutput }
  /** A skill call of a cell, as `llmos` tells it in JSON. */
  | { readonly type: 'called'; readonly record: string }
  /** A file as a cell has left it, in base64. */
  | { readonly type: 'wrote'; readonly path: string; readonly base64: string }
  /** What was sent of a file is no longer so: it changes, is gone, or cannot be sent. */
  | { readonly type: 'lost'; readonly path: string; readonly why: LossReason }
  /** Asks for the files beside the skill with this path. */
  | { readonly type: 'files'; readonly id: number; readonly path: string };

/** Reads what the process sent; null for what is no message, whatever a skill made it send. */
export function readMessage(value: unknown): FromChild | null {
  const given = asRecord(value);
  const { type, id, python, pyodide, message, outcome, output, record, path } = given;
  switch (type) {
    case 'ready':
      return { type, python: textOf(python), pyodide: textOf(pyodide) };
    case 'failed':
      return { type, message: textOf(message) };
    case 'outcome':
      return typeof id === 'number' ? { type, id, outcome } : null;
    case 'output':
      return { type, output: asRecord(output) };
    case 'called':
      return { type, record: textOf(record) };
    case 'wrote': {
      const { base64 } = given;
      return typeof base64 === 'string' ? { type, path: textOf(path), base64 } : null;
    }
    case 'lost': {
      const { why } = given;
      const isKnown = why === 'large' || why === 'many';
      return { type, path: textOf(path), why: isKnown ? why : 'unread' };
    }
    case 'files':
      return typeof id === 'number' ? { type, id, path: textOf(path) } : null;
    default:
      return null;
  }
}

/** `String` would throw for an object that says it has a `toString` and has none. */
function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** How a cell ended. */
export interface ICellOutcome {
  readonly ok: boolean;
  readonly error?: { readonly name: string; readonly message: string };
  /** The files that the cells up to here have left in the process's own folder. */
  readonly files: readonly string[];
}

type Call = Extract<ReplayOutcome, { kind: 'done' }>['calls'][number];

/** Reads what a replay gave; anything unexpected counts as a replay that did not happen. */
export function readReplay(value: unknown): ReplayOutcome {
  const { text, why, message } = asRecord(value);
  if (typeof message === 'string') {
    return { kind: 'failed', message };
  }
  if (typeof why === 'string') {
    return { kind: 'not-replayed', why };
  }
  let calls: unknown = null;
  if (typeof text === 'string') {
    try {
      calls = JSON.parse(text);
    } catch {
      // Not what `llmos` writes.
      calls = null;
    }
  }
  return Array.isArray(calls)
    ? { kind: 'done', calls: (calls as readonly unknown[]).filter(isCall) }
    : { kind: 'not-replayed', why: 'The process that runs skills gave no answer.' };
}

/** Reads how a cell ended. */
export function readCellOutcome(value: unknown): ICellOutcome {
  const { ok, name, message, files: given } = asRecord(value);
  const files = Array.isArray(given) ? given.map(textOf) : [];
  return ok === true
    ? { ok: true, files }
    : {
        ...{ ok: false, files },
        error: {
          name: typeof name === 'string' ? name : 'Error',
          message: typeof message === 'string' ? message : 'The cell gave no answer.'
        }
      };
}

/** A value's fields; none for what is no object. */
export function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
    ? (value as Readonly<Record<string, unknown>>)
    : {};
}

function isCall(value: unknown): value is Call {
  const { skill, outputs } = asRecord(value);
  return typeof skill === 'string' && typeof outputs === 'object' && outputs !== null;
}

import { isRecord } from '@llmos-lab/skills';
import type { Kernel } from '@jupyterlab/services';
import { DisposableDelegate, type IDisposable } from '@lumino/disposable';
import { decodeWire, encodeWire } from '../../runtimes/engine/wire';
import type { IPythonPort, ToPython } from '../answers/messages';

/**
 * Characters of one message: Jupyter's server closes a socket that brings more than 10 MB
 * at once, and a character may take three bytes and an escape.
 */
const PART = 2_000_000;

/** Messages whose sender waits, and wants to know that somebody is there. */
const QUESTIONS: ReadonlySet<unknown> = new Set(['call', 'read']);

/**
 * A comm of an ordinary kernel as the host answers it. Messages are text (`wire.ts` here,
 * `llmos/run/wire.py` there), in parts where they are long. That a question has arrived is
 * said at once, so that Python does not wait for a page that was closed.
 */
export class CommPort implements IPythonPort {
  constructor(private readonly _comm: Pick<Kernel.IComm, 'send' | 'onMsg'>) {
    _comm.onMsg = ({ content }) => this._take(content.data);
  }

  post(message: ToPython): void {
    const text = encodeWire(message);
    for (const { part, more } of partsOf(text)) {
      this._comm.send({ text: part, ...(more && { more }) });
    }
  }

  listen(take: (message: unknown) => void): IDisposable {
    this._listeners.add(take);
    return new DisposableDelegate(() => this._listeners.delete(take));
  }

  private _take(data: unknown): void {
    if (!isRecord(data) || typeof data.text !== 'string') {
      return;
    }
    this._text += data.text;
    if (data.more === true) {
      return;
    }
    const message = decoded(this._text);
    this._text = '';
    if (isRecord(message) && QUESTIONS.has(message.type)) {
      this._comm.send({ heard: Number(message.id) });
    }
    this._listeners.forEach(take => take(message));
  }

  private readonly _listeners = new Set<(message: unknown) => void>();
  /** The parts of a message so far. */
  private _text = '';
}

/** A text in parts that are short enough to be sent; none ends inside a character. */
export function* partsOf(
  text: string,
  length = PART
): Generator<{ readonly part: string; readonly more: boolean }> {
  let start = 0;
  do {
    let end = Math.min(start + length, text.length);
    if (end < text.length && isHighSurrogate(text.charCodeAt(end - 1))) {
      end += 1;
    }
    yield { part: text.slice(start, end), more: end < text.length };
    start = end;
  } while (start < text.length);
}

function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff;
}

/** Undefined for what is no message: code of notebooks can send anything. */
function decoded(text: string): unknown {
  try {
    return decodeWire(text);
  } catch {
    return undefined; // Its sender gets no answer, and says so.
  }
}

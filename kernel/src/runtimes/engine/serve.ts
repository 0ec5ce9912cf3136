/**
 * The inside of an engine that has nothing but the language, such as QuickJS: one call as
 * text in, its answer as text out. Its host drives it through `llmosEngine`.
 */

import { failureOf, type IFailure } from '../failure';
import type { IRunOptions } from '../javascript';
import type { SkillCode } from '../netlist';
import type { IOutcome } from '../outcome';
import { decodeWire, encodeWire } from './wire';

/** A call as its host writes it. */
export interface IEngineCall {
  readonly skill: SkillCode;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly files: Readonly<Record<string, Uint8Array>>;
  readonly maxOutputBytes: number;
}

/** How it ended. */
export type EngineAnswer =
  { readonly outcome: IOutcome } | { readonly failure: IFailure };

/** What the host calls, by `globalThis.llmosEngine`. */
export interface IEngine {
  /** Begins a call, an encoded {@link IEngineCall}. */
  begin(text: string): void;
  /** The encoded {@link EngineAnswer}; null as long as there is none. */
  answer(): string | null;
  /** Runs the timer that is next, without waiting for its time; false if there is none. */
  tick(): boolean;
}

type Run = (
  skill: SkillCode,
  inputs: Readonly<Record<string, unknown>>,
  options: IRunOptions
) => Promise<IOutcome>;

/** Offers `run` to the host. */
export function serveEngine(run: Run): void {
  let answer: string | null = null;
  const timers = new Timers();
  timers.install();
  addTextCoding();
  const engine: IEngine = {
    begin(text) {
      const { skill, inputs, files, maxOutputBytes } = decodeWire(text) as IEngineCall;
      const settle = (given: EngineAnswer): void => {
        answer = encodeWire(given);
      };
      run(skill, inputs, { files, maxOutputBytes })
        .then(outcome => settle({ outcome }))
        .catch((error: unknown) => settle({ failure: failureOf(error, []) }));
    },
    answer: () => answer,
    tick: () => timers.tick()
  };
  Object.assign(globalThis, { llmosEngine: engine });
}

type Callback = (...values: unknown[]) => void;

interface ITimer {
  readonly id: number;
  readonly at: number;
  readonly every: number | null;
  readonly call: () => void;
}

/** Timers in a time of their own: they run in their order, and nobody waits for them. */
class Timers {
  install(): void {
    const set =
      (repeats: boolean) =>
      (callback: Callback, ms = 0, ...values: unknown[]): number => {
        const wait = Math.max(0, Number(ms) || 0);
        const call = (): void => callback(...values);
        const id = ++this._last;
        this._add({ id, at: this._now + wait, every: repeats ? wait : null, call });
        return id;
      };
    const clear = (id: unknown): void => {
      this._timers = this._timers.filter(timer => timer.id !== id);
    };
    Object.assign(globalThis, {
      setTimeout: set(false),
      setInterval: set(true),
      clearTimeout: clear,
      clearInterval: clear
    });
  }

  tick(): boolean {
    const timer = this._timers.shift();
    if (!timer) {
      return false;
    }
    this._now = timer.at;
    if (timer.every !== null) {
      this._add({ ...timer, at: timer.at + Math.max(1, timer.every) });
    }
    timer.call();
    return true;
  }

  private _add(timer: ITimer): void {
    const place = this._timers.findIndex(({ at }) => at > timer.at);
    this._timers.splice(place < 0 ? this._timers.length : place, 0, timer);
  }

  private _timers: ITimer[] = [];
  private _last = 0;
  private _now = 0;
}

/**
 * UTF-8 where the engine lacks it: skills read files beside them as text. Bytes that are no
 * UTF-8 throw, and a byte order mark stays, other than in browsers.
 */
function addTextCoding(): void {
  if (!('TextDecoder' in globalThis)) {
    class Decoder {
      decode(bytes: Uint8Array): string {
        let text = '';
        for (const byte of bytes) {
          text += `%${byte.toString(16).padStart(2, '0')}`;
        }
        return decodeURIComponent(text);
      }
    }
    class Encoder {
      encode(text: string): Uint8Array {
        const escaped = encodeURIComponent(text);
        const codes = escaped.replace(/%(..)/g, (_, hex: string) =>
          String.fromCharCode(parseInt(hex, 16))
        );
        return Uint8Array.from(codes, char => char.charCodeAt(0));
      }
    }
    Object.assign(globalThis, { TextDecoder: Decoder, TextEncoder: Encoder });
  }
}

/** One ngspice: starts it on first use, runs one deck at a time, trusts no old result. */

import type { IDeck } from './deck';
import { failure } from './failure';
import { ngspiceFailure } from './ngspiceError';
import {
  analysisOf,
  decodeResult,
  isComplexArray,
  type IEngineResult,
  type ISpiceResult
} from './ngspiceResult';

/** The part of eecircuit-engine's `Simulation` that is used. */
export interface ISimulation {
  start(): Promise<void>;
  setNetList(netlist: string): void;
  runSim(): Promise<IEngineResult>;
  getInfo(): string;
  getError(): readonly string[];
}

/** Result of a run with the operating point of the same circuit. */
export interface IDeckResult {
  readonly result: ISpiceResult;
  /** By vector name; empty when ngspice found none. */
  readonly op: Readonly<Record<string, number>>;
}

/** ngspice stopped running although the run has not ended. */
const EXITED = /fatal error in ngspice|^ngspice-[\d.]+ done/m;
/** The plot is there, but only up to where ngspice gave up. */
const ABORTED = /run simulation\(s\) aborted|^doAnalyses:/m;
/** Undefined parameters, over which ngspice asks whether to run all the same. */
const NUMPARAM = /cannot compute substitute|formula\(\) error/i;
/** Milliseconds between looks for an exit; only an engine that died waits for it. */
const EXIT_CHECK = 25;

/**
 * Runs decks in one engine. After a failed netlist the engine resolves with the result
 * of an earlier run, so only a result that carries the deck's nonce is accepted. An
 * engine that ended itself is replaced at the next run.
 */
export class NgspiceEngine {
  constructor(load: () => Promise<ISimulation>) {
    this._load = load;
  }

  /** Runs `deck` after those asked for before it. Rejects with a `SkillFailure`. */
  run(deck: IDeck): Promise<IDeckResult> {
    const mine = this._tail.then(() => this._run(deck));
    this._tail = mine.then(
      () => undefined,
      () => undefined
    );
    return mine;
  }

  /** Loads and starts the engine, which runs do by themselves otherwise. */
  async prepare(): Promise<void> {
    await this._ready();
  }

  private async _run(deck: IDeck): Promise<IDeckResult> {
    const result = await this._simulate(deck, deck.text);
    return { result, op: await this._operatingPoint(deck, result) };
  }

  private async _simulate(deck: IDeck, text: string): Promise<ISpiceResult> {
    const engine = await this._ready();
    const result = await this._runOne(engine, text);
    const errors = engine.getError();
    const said = errors.join('\n');
    const mine = result?.header.toLowerCase().includes(`title: nonce-${deck.nonce}`);
    if (!result || !mine || ABORTED.test(said) || NUMPARAM.test(said)) {
      throw ngspiceFailure(deck, errors);
    }
    const analysis = analysisOf(result.header);
    if (!analysis) {
      const plot = /^Plotname:\s*(.*)$/im.exec(result.header)?.[1] ?? '';
      throw failure(
        'ngspice-error',
        `ngspice returned "${plot}", which this runtime cannot show. Use one of .op, ` +
          `.dc, .ac, .tran, .noise.`,
        { name: 'NgspiceError' }
      );
    }
    return decodeResult(result, analysis, deck, engine.getInfo());
  }

  /** Node voltages at rest, for the schematic; a circuit without one just has none. */
  private async _operatingPoint(
    deck: IDeck,
    result: ISpiceResult
  ): Promise<Readonly<Record<string, number>>> {
    if (deck.opText === null) {
      return lastValues(result);
    }
    try {
      return lastValues(await this._simulate(deck, deck.opText));
    } catch (reason) {
      if (reason instanceof Error && reason.name === 'NgspiceError') {
        return {};
      }
      throw reason;
    }
  }

  /** The engine's answer, or null when it ended itself, which it never reports. */
  private async _runOne(
    engine: ISimulation,
    text: string
  ): Promise<IEngineResult | null> {
    engine.setNetList(text);
    let timer: ReturnType<typeof setInterval> | undefined;
    const exited = new Promise<null>(resolve => {
      timer = setInterval(() => {
        if (EXITED.test(engine.getInfo())) {
          this._engine = null;
          resolve(null);
        }
      }, EXIT_CHECK);
    });
    try {
      return await Promise.race([engine.runSim(), exited]);
    } finally {
      clearInterval(timer);
    }
  }

  /** A started engine that has written one result: without one a failed run hangs it. */
  private async _ready(): Promise<ISimulation> {
    if (!this._engine) {
      const engine = await this._load();
      answerPrompts(engine);
      await engine.start();
      engine.setNetList('NONCE-first\nv1 1 0 1\nr1 1 0 1\n.op\n.end\n');
      await engine.runSim();
      this._engine = engine;
    }
    return this._engine;
  }

  private readonly _load: () => Promise<ISimulation>;
  private _engine: ISimulation | null = null;
  private _tail: Promise<void> = Promise.resolve();
}

function lastValues(result: ISpiceResult): Readonly<Record<string, number>> {
  const entries = Object.entries(result.vectors).flatMap(([name, vector]) => {
    const value = isComplexArray(vector) ? undefined : vector.at(-1);
    return value === undefined ? [] : [[name, value] as const];
  });
  return Object.fromEntries(entries);
}

/**
 * Over an undefined parameter ngspice asks "Run Spice anyway? y/n ?" and reads commands
 * as answers for ever. `y` lets it go on; the run is rejected by `NUMPARAM` then.
 */
function answerPrompts(engine: ISimulation): void {
  const inner = engine as ISimulation & { getInput?: () => string };
  const original = inner.getInput;
  if (original) {
    inner.getInput = () =>
      engine.getInfo().trimEnd().endsWith('y/n ?') ? 'y' : original();
  }
}

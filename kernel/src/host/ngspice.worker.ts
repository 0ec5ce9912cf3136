/** Entry of the ngspice worker, a module: it loads the engine and runs decks in it. */

import { expose, transfer } from 'comlink';
import type { IDeck } from '../runtimes/deck';
import { failure, failureOf, type IFailure } from '../runtimes/failure';
import {
  NgspiceEngine,
  type IDeckResult,
  type ISimulation
} from '../runtimes/ngspiceEngine';
import { isComplexArray } from '../runtimes/ngspiceResult';
import type { INgspiceWorker, NgspiceAnswer } from './ngspiceTypes';

interface IEngineModule {
  readonly Simulation: new () => ISimulation;
}

let url = '';

/** The engine prints what it also returns. */
const silent = { ...console, info: () => undefined, error: () => undefined };
Object.defineProperty(globalThis, 'console', { value: silent });

const engine = new NgspiceEngine(async () => {
  try {
    const { Simulation } = (await import(
      /* webpackIgnore: true */ url
    )) as IEngineModule;
    return new Simulation();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw failure('unavailable', `ngspice could not be loaded from ${url}: ${why}`);
  }
});

const worker: INgspiceWorker = {
  async prepare(engineUrl: string): Promise<IFailure | null> {
    url = engineUrl;
    try {
      await engine.prepare();
      return null;
    } catch (error) {
      return failureOf(error, []);
    }
  },
  async run(deck: IDeck): Promise<NgspiceAnswer> {
    try {
      const result = await engine.run(deck);
      return transfer({ result }, buffersOf(result));
    } catch (error) {
      return { failure: failureOf(error, []) };
    }
  }
};

function buffersOf({ result }: IDeckResult): ArrayBufferLike[] {
  return Object.values(result.vectors).flatMap(vector =>
    isComplexArray(vector) ? [vector.re.buffer, vector.im.buffer] : [vector.buffer]
  );
}

expose(worker);

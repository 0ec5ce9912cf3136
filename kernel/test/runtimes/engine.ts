import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { buildSync } from 'esbuild';
import type { IDeck } from '../../src/runtimes/deck';
import { SkillFailure, type IFailure } from '../../src/runtimes/failure';
import type { IDeckResult } from '../../src/runtimes/ngspiceEngine';

const ROOT = join(__dirname, '../../..');

/** The worker: the runtime's own engine class round the real ngspice. */
const WORKER = `
const { parentPort, workerData } = require('node:worker_threads');
console.error = console.info = () => {};
const made = { exports: {} };
new Function('module', 'exports', workerData.code)(made, made.exports);
const load = async () => new (await import(workerData.engine)).Simulation();
const engine = new made.exports.NgspiceEngine(load);
parentPort.on('message', async ({ id, deck }) => {
  try {
    parentPort.postMessage({ id, result: await engine.run(deck) });
  } catch (error) {
    parentPort.postMessage({ id, failure: error.failure ?? { message: String(error), logs: [] } });
  }
});
`;

type Answer = { id: number; result?: IDeckResult; failure?: IFailure };

/** Real ngspice in a worker thread, as the site has it in a web worker. */
export class TestEngine {
  constructor() {
    const { outputFiles } = buildSync({
      entryPoints: [join(ROOT, 'kernel/src/runtimes/ngspiceEngine.ts')],
      alias: { '@llmos-lab/skills': join(ROOT, 'skills/src/index.ts') },
      bundle: true,
      format: 'cjs',
      platform: 'node',
      write: false
    });
    const engine = join(
      ROOT,
      'node_modules/eecircuit-engine/dist/eecircuit-engine.mjs'
    );
    this._worker = new Worker(WORKER, {
      eval: true,
      workerData: { code: outputFiles[0]?.text, engine: pathToFileURL(engine).href }
    });
    this._worker.on('message', (answer: Answer) => {
      this._waiting.get(answer.id)?.(answer);
      this._waiting.delete(answer.id);
    });
  }

  /** Runs a deck; rejects with the `SkillFailure` that the worker met. */
  run = async (deck: IDeck): Promise<IDeckResult> => {
    const id = ++this._count;
    const answer = await new Promise<Answer>(resolve => {
      this._waiting.set(id, resolve);
      this._worker.postMessage({ id, deck });
    });
    if (!answer.result) {
      throw new SkillFailure(answer.failure as IFailure);
    }
    return answer.result;
  };

  async close(): Promise<void> {
    await this._worker.terminate();
  }

  private readonly _worker: Worker;
  private readonly _waiting = new Map<number, (answer: Answer) => void>();
  private _count = 0;
}

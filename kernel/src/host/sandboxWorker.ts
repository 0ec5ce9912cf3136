/** The worker's half of the inner border, the same for each runtime of the sandbox. */

import { surveyOutputs } from '../runtimes/data';
import { failureOf } from '../runtimes/failure';
import type { IRunOptions } from '../runtimes/javascript';
import type { SkillCode } from '../runtimes/netlist';
import type { IOutcome } from '../runtimes/outcome';
import { MemoryBudget, removeGlobals } from './sandboxGuard';
import type { FromWorker, ISandboxCall, ToWorker } from './sandboxTypes';

/** What is used of a dedicated worker's global scope. */
interface IWorkerScope {
  postMessage(message: unknown, transfer: readonly ArrayBuffer[]): void;
  onmessage: ((event: { readonly data: ToWorker }) => void) | null;
}

type Run = (
  skill: SkillCode,
  inputs: Readonly<Record<string, unknown>>,
  options: IRunOptions
) => Promise<IOutcome>;

type Post = (message: FromWorker, transfer: readonly ArrayBuffer[]) => void;

/** Guards this worker, then answers calls by `run`. */
export function serveCalls(run: Run): void {
  const scope = globalThis as unknown as IWorkerScope;
  const post: Post = scope.postMessage.bind(scope);
  const budget = new MemoryBudget();
  scope.onmessage = ({ data }) => {
    if (data.kind === 'ping') {
      return post({ kind: 'pong' }, []);
    }
    budget.begin(data.call.limits.memoryBytes);
    void answer(run, data.call, post);
  };
  removeGlobals(scope);
  budget.install(scope);
}

async function answer(
  run: Run,
  { id, skill, inputs, files, limits }: ISandboxCall,
  post: Post
): Promise<void> {
  try {
    const outcome = await run(skill, inputs, {
      files,
      maxOutputBytes: limits.outputBytes,
      maxLogLines: limits.logLines,
      onLog: line => post({ kind: 'log', id, line }, [])
    });
    post(
      { kind: 'done', id, outcome },
      surveyOutputs(outcome.outputs, limits.outputBytes)
    );
  } catch (error) {
    post({ kind: 'failed', id, failure: failureOf(error, []) }, []);
  }
}

import type { Kernel } from '@jupyterlab/services';
import { formatPython, isRecord } from '@llmos-lab/skills';

import { askKernel } from './ask';
import type { CellFuture } from './executions';

/** What the kernel says of a cell's call before it runs. */
export interface IPrepared {
  /** Null when the call cannot run elsewhere or be cached. */
  readonly key: string | null;
  readonly isCached: boolean;
}

const UNKNOWN: IPrepared = { key: null, isCached: false };

/**
 * Evaluates the arguments of the one skill call of each of these cells in the kernel's
 * namespace, without running it, and leaves the calls with the host for the pool: one
 * request for all of them. A kernel that does not know how, or cannot, gives no keys: the
 * cells then simply run.
 */
export async function prepareCalls(
  kernel: Kernel.IKernelConnection,
  sources: readonly string[],
  /** Takes the request, which the kernel may drop. */
  watch: (future: CellFuture) => void
): Promise<readonly IPrepared[]> {
  const expressions = sources.map((source, at): [string, string] => [
    `call${at}`,
    `__import__("llmos").prepare(${formatPython(source)})`
  ]);
  const answers = await askKernel(kernel, Object.fromEntries(expressions), watch);
  return expressions.map(([name]) => {
    const answer = answers?.get(name);
    return isRecord(answer) && typeof answer.key === 'string'
      ? { key: answer.key, isCached: answer.cached === true }
      : UNKNOWN;
  });
}

import type { Kernel } from '@jupyterlab/services';
import { formatPython, isRecord, readPython } from '@llmos-lab/skills';

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
  const future = kernel.requestExecute(
    {
      code: '',
      silent: true,
      store_history: false,
      stop_on_error: false,
      user_expressions: Object.fromEntries(expressions)
    },
    true
  );
  watch(future);
  const content = await future.done.then(
    reply => reply.content,
    () => null // The kernel has gone, or has dropped this: the cells simply run.
  );
  const answers = content?.status === 'ok' ? content.user_expressions : undefined;
  return expressions.map(([name]) => {
    const call: unknown = isRecord(answers) ? answers[name] : undefined;
    return isRecord(call) && isRecord(call.data) ? readCall(call.data) : UNKNOWN;
  });
}

/** Reads the answer from its JSON, or from the text of Python's dict or string. */
function readCall(data: { readonly [mime: string]: unknown }): IPrepared {
  let answer: unknown = data['application/json'] ?? data['text/plain'];
  // Text of JSON may itself come as the text of a Python string.
  for (let turn = 0; turn < 2 && typeof answer === 'string'; turn++) {
    answer = parseJson(answer) ?? readPython(answer);
  }
  if (!isRecord(answer) || typeof answer.key !== 'string') {
    return UNKNOWN;
  }
  return { key: answer.key, isCached: answer.cached === true };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // Not JSON: the caller reads it as Python.
    return undefined;
  }
}

import type { Kernel } from '@jupyterlab/services';
import { formatPython, isRecord, readPython } from '@llmos-lab/skills';

/** What the kernel says of a cell's call before it runs. */
export interface IPrepared {
  /** Null when the call cannot run elsewhere or be cached. */
  readonly key: string | null;
  readonly isCached: boolean;
}

const UNKNOWN: IPrepared = { key: null, isCached: false };

/**
 * Evaluates the arguments of a cell's one skill call in the kernel's namespace, without
 * running it, and leaves the call with the host for the pool. A kernel that does not know
 * how, or cannot, gives no key: the cell then simply runs.
 */
export async function prepareCall(
  kernel: Kernel.IKernelConnection,
  source: string
): Promise<IPrepared> {
  const expression = `__import__("llmos").prepare(${formatPython(source)})`;
  const future = kernel.requestExecute(
    {
      code: '',
      silent: true,
      store_history: false,
      stop_on_error: false,
      user_expressions: { call: expression }
    },
    true
  );
  const content = await future.done.then(
    reply => reply.content,
    () => null // The kernel has gone: the schedule hears of it by itself.
  );
  if (content?.status !== 'ok' || !isRecord(content.user_expressions)) {
    return UNKNOWN;
  }
  const { call } = content.user_expressions;
  return isRecord(call) && isRecord(call.data) ? readCall(call.data) : UNKNOWN;
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

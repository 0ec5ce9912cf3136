import type { Kernel } from '@jupyterlab/services';
import { isRecord, readPython } from '@llmos-lab/skills';

import type { CellFuture } from './executions';

/** Values by the names of their expressions; undefined where one could not be had. */
export type Answers = ReadonlyMap<string, unknown>;

/**
 * Evaluates expressions in the kernel beside the cells, all in one request: nothing is run
 * or counted. Null when the kernel has gone, or has dropped the request.
 */
export async function askKernel(
  kernel: Kernel.IKernelConnection,
  expressions: Readonly<Record<string, string>>,
  /** Takes the request, which the kernel may drop. */
  watch: (future: CellFuture) => void
): Promise<Answers | null> {
  let future: CellFuture;
  try {
    future = kernel.requestExecute(
      {
        code: '',
        silent: true,
        store_history: false,
        stop_on_error: false,
        user_expressions: { ...expressions }
      },
      true
    );
  } catch {
    // Sending throws when the kernel is dead.
    return null;
  }
  watch(future);
  const content = await future.done.then(
    reply => reply.content,
    () => null
  );
  if (content?.status !== 'ok') {
    return null;
  }
  const answers: unknown = content.user_expressions;
  return new Map(
    Object.keys(expressions).map(name => {
      const answer: unknown = isRecord(answers) ? answers[name] : undefined;
      return [
        name,
        isRecord(answer) && isRecord(answer.data) ? readAnswer(answer.data) : undefined
      ];
    })
  );
}

/** Reads an answer from its JSON, or from the text of Python's dict or string. */
function readAnswer(data: { readonly [mime: string]: unknown }): unknown {
  let answer: unknown = data['application/json'] ?? data['text/plain'];
  // Text of JSON may itself come as the text of a Python string.
  for (let turn = 0; turn < 2 && typeof answer === 'string'; turn++) {
    answer = parseJson(answer) ?? readPython(answer);
  }
  return answer;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // Not JSON: the caller reads it as Python.
    return undefined;
  }
}

import type { Kernel, KernelMessage } from '@jupyterlab/services';
import { isRecord, readPython } from '@llmos-lab/skills';

import { isOfPage } from '../../ordinary/pageKernel';
import type { CellFuture } from './executions';

/** Values by the names of their expressions; undefined where one could not be had. */
export type Answers = ReadonlyMap<string, unknown>;

/** How expressions are meant. */
export interface IAskOptions {
  /** Whether all their values are to be awaited; the kernels of the page do so anyway. */
  readonly awaits?: boolean;
}

/**
 * Evaluates expressions in the kernel beside the cells, all in one request: nothing is run
 * or counted. Null when the kernel has gone, or has dropped the request.
 */
export async function askKernel(
  kernel: Kernel.IKernelConnection,
  expressions: Readonly<Record<string, string>>,
  /** Takes the request, which the kernel may drop. */
  watch: (future: CellFuture) => void,
  { awaits = false }: IAskOptions = {}
): Promise<Answers | null> {
  let future: CellFuture;
  try {
    future = kernel.requestExecute(
      {
        ...(awaits && !isOfPage(kernel)
          ? awaited(expressions)
          : { code: '', user_expressions: { ...expressions } }),
        silent: true,
        store_history: false,
        stop_on_error: false
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

/**
 * The same for kernels such as ipykernel, which await code but no expressions. The values
 * stand among the notebook's variables until they are read, right after.
 */
function awaited(
  expressions: Readonly<Record<string, string>>
): Pick<KernelMessage.IExecuteRequestMsg['content'], 'code' | 'user_expressions'> {
  const names = Object.keys(expressions);
  return {
    code: names.map(name => `_llmos_${name} = await ${expressions[name]}`).join('\n'),
    user_expressions: Object.fromEntries(
      names.map(name => [name, `globals().pop("_llmos_${name}")`])
    )
  };
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

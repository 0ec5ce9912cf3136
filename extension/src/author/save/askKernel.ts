import type { ISessionContext } from '@jupyterlab/apputils';
import { readFacts, type INameFacts } from '@llmos-lab/skills';

type Facts = Readonly<Record<string, INameFacts>>;

/**
 * Asks the notebook's kernel what variables are. Undefined where none can answer: there
 * is no kernel, it has no `llmos`, or it is busy and the person would wait.
 */
export async function askKernel(
  session: ISessionContext,
  names: readonly string[],
  { wait }: { readonly wait: boolean }
): Promise<Facts | undefined> {
  const kernel = session.session?.kernel;
  if (!kernel || names.length === 0 || (!wait && kernel.status !== 'idle')) {
    return undefined;
  }
  const list = JSON.stringify(names);
  const { content } = await kernel.requestExecute({
    code: '',
    silent: true,
    store_history: false,
    user_expressions: {
      facts: `__import__("llmos._describe", fromlist=["describe"]).describe(${list})`
    }
  }).done;
  const answer = content.status === 'ok' ? content.user_expressions?.facts : undefined;
  return answer === undefined ? undefined : readAnswer(answer);
}

/** A kernel's answer to an expression: a MIME bundle, or an error. */
function readAnswer(answer: unknown): Facts | undefined {
  const { status, data } = answer as {
    status?: string;
    data?: Readonly<Record<string, unknown>>;
  };
  if (status !== 'ok' || !data) {
    return undefined;
  }
  const json = data['application/json'];
  const text = data['text/plain'];
  return readFacts(json ?? (typeof text === 'string' ? JSON.parse(text) : undefined));
}

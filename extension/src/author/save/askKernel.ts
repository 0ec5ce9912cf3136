import type { ISessionContext } from '@jupyterlab/apputils';
import { readFacts, type INameFacts } from '@llmos-lab/skills';

type Facts = Readonly<Record<string, INameFacts>>;

/** How long an answer is waited for, where nobody wants to wait, in milliseconds. */
const PATIENCE = 1500;

/**
 * Asks the notebook's kernel what variables are. Undefined where none can answer: there
 * is no kernel, it has no `llmos`, or it is busy and the person would wait.
 */
export async function askKernel(
  session: ISessionContext,
  names: readonly string[],
  options: { readonly wait: boolean }
): Promise<Facts | undefined> {
  const answer = await askExpression(session, call('_describe', 'describe', names), {
    ...options,
    isEmpty: names.length === 0
  });
  return answer === undefined ? undefined : readFacts(answer);
}

/**
 * What an idle kernel says of variables in a few words (`llmos._glance`), for
 * `variableLines`; nothing where it is busy, does not answer soon or answers nonsense, or
 * where the signal ends the wait.
 */
export function glanceAtKernel(
  session: ISessionContext,
  names: readonly string[],
  signal?: AbortSignal
): Promise<unknown> {
  const asked = askExpression(session, call('_glance', 'glance', names), {
    ...{ wait: false, isEmpty: names.length === 0 || signal?.aborted === true },
    ...(signal ? { signal } : {})
  });
  return asked.catch(() => undefined);
}

function call(module: string, name: string, names: readonly string[]): string {
  return `__import__("llmos.${module}", fromlist=["${name}"]).${name}(${JSON.stringify(names)})`;
}

/** The value of an expression in the kernel, beside the notebook: nothing is run or counted. */
async function askExpression(
  session: ISessionContext,
  expression: string,
  {
    wait,
    isEmpty,
    signal
  }: {
    readonly wait: boolean;
    readonly isEmpty: boolean;
    readonly signal?: AbortSignal;
  }
): Promise<unknown> {
  const kernel = session.session?.kernel;
  if (!kernel || isEmpty || (!wait && kernel.status !== 'idle')) {
    return undefined;
  }
  const asked = kernel.requestExecute({
    code: '',
    silent: true,
    store_history: false,
    user_expressions: { asked: expression }
  });
  const done = wait ? asked.done : Promise.race([asked.done, after(PATIENCE, signal)]);
  // A kernel that is ended meanwhile answers nothing.
  const reply = await (wait ? done : done.catch(() => undefined));
  if (reply === undefined) {
    // A cell came before it: the answer would be of no use.
    asked.dispose();
    return undefined;
  }
  const { content } = reply;
  const answer = content.status === 'ok' ? content.user_expressions?.asked : undefined;
  return answer === undefined ? undefined : readAnswer(answer);
}

/** Nothing, after that time or when the signal comes. */
function after(ms: number, signal?: AbortSignal): Promise<undefined> {
  return new Promise(resolve => {
    const end = (): void => resolve(undefined);
    setTimeout(end, ms);
    signal?.addEventListener('abort', end, { once: true });
  });
}

/** A kernel's answer to an expression: a MIME bundle, or an error. */
function readAnswer(answer: unknown): unknown {
  const { status, data } = answer as {
    status?: string;
    data?: Readonly<Record<string, unknown>>;
  };
  if (status !== 'ok' || !data) {
    return undefined;
  }
  const json = data['application/json'];
  const text = data['text/plain'];
  return json ?? (typeof text === 'string' ? JSON.parse(text) : undefined);
}

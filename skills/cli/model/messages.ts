/** One request to Anthropic's Messages API, and what came of it. */
import {
  ANTHROPIC,
  isRecord,
  isSafeAddress,
  problemOf,
  reasonOf,
  retryAfterOf,
  type IModelProblem,
  type ITokenUsage
} from '@llmos-lab/skills';

/** A model, and who may ask it. */
export interface IModelAccess {
  /** Base address, such as `https://api.anthropic.com`. */
  readonly server: string;
  readonly key: string;
  readonly model: string;
}

/** A question without tools. */
export interface IQuestion {
  readonly system: string;
  readonly text: string;
}

/** What one request brought. */
export type Reply =
  | { readonly text: string; readonly usage: ITokenUsage }
  | {
      readonly problem: IModelProblem;
      readonly retryAfter?: number | undefined;
      readonly usage?: ITokenUsage;
    };

const API_VERSION = '2023-06-01';

/** Whether a key may be sent to an address: a safe one, which holds nothing else. */
export function isSafe(server: string): boolean {
  const url = URL.canParse(server) ? new URL(server) : null;
  return (
    url !== null &&
    isSafeAddress(url) &&
    `${url.username}${url.password}${url.search}${url.hash}` === ''
  );
}

/** Asks once; what server and network do wrong is data. */
export async function ask(
  { server, key, model }: IModelAccess,
  { system, text }: IQuestion,
  signal: AbortSignal
): Promise<Reply> {
  let answer: Response;
  try {
    answer = await fetch(`${server.replace(/\/+$/, '')}/v1/messages`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'anthropic-version': API_VERSION,
        'x-api-key': key
      },
      body: JSON.stringify({
        ...{ model, max_tokens: ANTHROPIC.maxTokens, system },
        messages: [{ role: 'user', content: text }]
      }),
      // Nobody but that server gets the key.
      redirect: 'manual',
      signal
    });
    return read(answer, await answer.text());
  } catch (error) {
    if (signal.aborted) {
      return { problem: { code: 'server-failed', detail: 'no answer in time' } };
    }
    // What `fetch` throws says only that it failed; its cause says how.
    const { cause } = error as { readonly cause?: unknown };
    return { problem: { code: 'offline', detail: reasonOf(cause ?? error) } };
  }
}

function read(answer: Response, body: string): Reply {
  const data = recordOf(parse(body));
  if (answer.status >= 300 && answer.status < 400) {
    return { problem: { code: 'refused', detail: 'it redirects to another address' } };
  }
  if (!answer.ok) {
    const { type, message } = recordOf(data['error']);
    const detail = typeof message === 'string' ? message : `HTTP ${answer.status}`;
    const kind = typeof type === 'string' ? type : null;
    return {
      problem: problemOf(answer.status, kind, detail),
      retryAfter: retryAfterOf(answer.headers)
    };
  }
  if (!Array.isArray(data['content'])) {
    const detail = 'what it answered is no message of the Messages API';
    return { problem: { code: 'refused', detail } };
  }
  const usage = usageOf(recordOf(data['usage']));
  if (data['stop_reason'] === 'refusal') {
    return { problem: { code: 'declined', detail: '' }, usage };
  }
  const parts = (data['content'] as readonly unknown[]).map(recordOf);
  return {
    text: parts.map(({ text }) => (typeof text === 'string' ? text : '')).join(''),
    usage
  };
}

function usageOf(usage: Readonly<Record<string, unknown>>): ITokenUsage {
  const tokens = (name: string): number => {
    const value = usage[name];
    return typeof value === 'number' && value >= 0 ? value : 0;
  };
  return {
    input: tokens('input_tokens'),
    output: tokens('output_tokens'),
    cacheRead: tokens('cache_read_input_tokens'),
    cacheWrite: tokens('cache_creation_input_tokens')
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Of a gateway, say; the caller tells that this is no answer.
    return null;
  }
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : {};
}

import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse
} from 'node:http';
import type { AddressInfo } from 'node:net';

/** A call that the scripted model makes. */
export interface IScriptedCall {
  readonly tool: string;
  readonly input: unknown;
}

/** What the server does with one request. */
export interface IScriptedReply {
  readonly thinking?: string;
  readonly text?: string;
  readonly calls?: readonly IScriptedCall[];
  /** Letters in one event; arguments of calls are cut in the same way. */
  readonly step?: number;
  /** Events in a second, as a model writes; without it as fast as they go. */
  readonly pace?: number;
  readonly usage?: { readonly input: number; readonly output: number };
  readonly stopReason?: string;
  /** Refuses instead of answering. */
  readonly status?: number;
  readonly error?: { readonly type: string; readonly message: string };
  readonly headers?: Readonly<Record<string, string>>;
  /** After so many events: an error in the stream, a connection that drops, an early end, or a wait for `release`. */
  readonly after?: number;
  readonly then?: 'error' | 'drop' | 'end' | 'hold';
}

/** A request as the server got it. */
export interface ISeenRequest {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Record<string, unknown>;
}

type Event = readonly [name: string, data: unknown];

/** The key that the server takes. */
export const MODEL_KEY = 'sk-test-0123456789';

/**
 * A server that speaks Anthropic's Messages API, event by event or whole, and chat
 * completions, event by event, from a script: for tests of the real clients.
 */
export class ModelServer {
  /** Replies to requests to come, in this order; the last one stays. */
  replies: IScriptedReply[] = [];
  /** Chooses a reply by the request instead. */
  choose: ((body: Record<string, unknown>) => IScriptedReply) | null = null;
  readonly seen: ISeenRequest[] = [];
  /** False: answers carry no headers that let pages of other origins read them. */
  allowsPages = true;

  private constructor(private readonly _server: Server) {}

  /** Starts on a port of its own, or the one given. */
  static async start(port = 0): Promise<ModelServer> {
    const http = createServer();
    const server = new ModelServer(http);
    http.on('request', (request, response) => void server._serve(request, response));
    await new Promise<void>(resolve => http.listen(port, '127.0.0.1', resolve));
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${(this._server.address() as AddressInfo).port}`;
  }

  /** Lets a reply that holds go on. */
  release(): void {
    this._release();
    this._held = new Promise(resolve => {
      this._release = resolve;
    });
  }

  async stop(): Promise<void> {
    this.release();
    this._server.closeAllConnections();
    await new Promise(resolve => this._server.close(resolve));
  }

  private async _serve(
    request: IncomingMessage,
    response: ServerResponse
  ): Promise<void> {
    if (this.allowsPages) {
      response.setHeader('access-control-allow-origin', '*');
      response.setHeader('access-control-allow-headers', '*');
      response.setHeader('access-control-expose-headers', '*');
    }
    // A page under "require-corp" may ask, too.
    response.setHeader('cross-origin-resource-policy', 'cross-origin');
    if (request.method === 'OPTIONS') {
      response
        .setHeader(
          'access-control-allow-headers',
          request.headers['access-control-request-headers'] ?? '*'
        )
        .writeHead(this.allowsPages ? 204 : 403)
        .end();
      return;
    }
    const text = await readAll(request);
    const path = request.url ?? '';
    const body = (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>;
    const { headers } = request;
    this.seen.push({ path, headers, body });
    const given = headers['x-api-key'] ?? headers.authorization?.replace('Bearer ', '');
    if (given !== MODEL_KEY) {
      const error = { type: 'authentication_error', message: 'invalid x-api-key' };
      sendJson(response, 401, { type: 'error', error });
    } else if (request.method === 'GET') {
      sendJson(response, 200, {
        data: [
          {
            id: 'claude-scripted',
            type: 'model',
            display_name: 'Scripted',
            created_at: '2026-01-01T00:00:00Z'
          }
        ],
        ...{ has_more: false, first_id: null, last_id: null }
      });
    } else {
      const next = this.replies.length > 1 ? this.replies.shift() : this.replies[0];
      const reply = this.choose?.(body) ?? next ?? { text: 'Hello.' };
      const isOpenAi = path.endsWith('/chat/completions');
      if (isOpenAi || body['stream'] === true) {
        await this._reply(response, reply, isOpenAi);
      } else {
        await this._replyWhole(response, reply);
      }
    }
  }

  private async _reply(
    response: ServerResponse,
    reply: IScriptedReply,
    isOpenAi: boolean
  ): Promise<void> {
    if (reply.error && reply.then !== 'error') {
      sendRefusal(response, reply);
      return;
    }
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const events = isOpenAi ? openAiEvents(reply) : anthropicEvents(reply);
    const start = performance.now();
    for (const [index, [name, data]] of events.entries()) {
      if (index === reply.after) {
        if (reply.then === 'drop') {
          response.destroy();
          return;
        }
        if (reply.then === 'hold') {
          await Promise.race([this._held, closed(response)]);
        } else {
          break;
        }
      }
      await send(response, isOpenAi ? null : name, data);
      const early =
        start + (1000 * index) / (reply.pace ?? Infinity) - performance.now();
      if (early > 5) {
        await new Promise(resolve => setTimeout(resolve, early));
      }
    }
    if (reply.then === 'error' && reply.error) {
      const error = { type: 'error', error: reply.error };
      await send(response, isOpenAi ? null : 'error', error);
    }
    response.end();
  }

  /** For a client that takes the answer in one piece, as `curl` does. */
  private async _replyWhole(
    response: ServerResponse,
    reply: IScriptedReply
  ): Promise<void> {
    const { usage = { input: 100, output: 20 } } = reply;
    if (reply.then === 'hold') {
      await Promise.race([this._held, closed(response)]);
    }
    if (reply.then === 'drop') {
      response.destroy();
    } else if (reply.error) {
      sendRefusal(response, reply);
    } else {
      sendJson(response, 200, {
        ...{ id: 'msg_1', type: 'message', role: 'assistant', model: MODEL },
        content: [{ type: 'text', text: reply.text ?? '' }],
        ...{ stop_reason: reply.stopReason ?? 'end_turn', stop_sequence: null },
        usage: { input_tokens: usage.input, output_tokens: usage.output }
      });
    }
  }

  private _release = (): void => undefined;
  private _held = new Promise<void>(resolve => {
    this._release = resolve;
  });
}

function closed(response: ServerResponse): Promise<void> {
  return new Promise(resolve => response.once('close', resolve));
}

async function readAll(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) {
    parts.push(part as Buffer);
  }
  return Buffer.concat(parts).toString('utf8');
}

function sendJson(response: ServerResponse, status: number, data: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(data));
}

function sendRefusal(
  response: ServerResponse,
  { headers = {}, status = 500, error }: IScriptedReply
): void {
  Object.entries(headers).forEach(([name, value]) => response.setHeader(name, value));
  sendJson(response, status, { type: 'error', error });
}

/** Each event in a packet of its own, as far as the network likes. */
function send(
  response: ServerResponse,
  name: string | null,
  data: unknown
): Promise<void> {
  const text = typeof data === 'string' ? data : JSON.stringify(data);
  const head = name === null ? '' : `event: ${name}\n`;
  return new Promise(resolve =>
    response.write(`${head}data: ${text}\n\n`, () => resolve())
  );
}

/** The text in pieces of so many letters. */
function pieces(text: string, step: number): readonly string[] {
  const list: string[] = [];
  for (let at = 0; at < text.length; at += step) {
    list.push(text.slice(at, at + step));
  }
  return list;
}

const MODEL = 'claude-scripted';

function anthropicEvents(reply: IScriptedReply): readonly Event[] {
  const {
    thinking,
    text,
    calls = [],
    step = 12,
    usage = { input: 100, output: 20 }
  } = reply;
  const events: Event[] = [];
  let index = 0;
  const block = (start: object, deltas: readonly object[]): void => {
    events.push([
      'content_block_start',
      { type: 'content_block_start', index, content_block: start }
    ]);
    for (const delta of deltas) {
      events.push([
        'content_block_delta',
        { type: 'content_block_delta', index, delta }
      ]);
    }
    events.push(['content_block_stop', { type: 'content_block_stop', index }]);
    index++;
  };
  const message = {
    ...{ id: 'msg_1', type: 'message', role: 'assistant', model: MODEL, content: [] },
    ...{ stop_reason: null, stop_sequence: null },
    usage: {
      ...{ input_tokens: usage.input, output_tokens: 1 },
      ...{ cache_read_input_tokens: 7, cache_creation_input_tokens: 3 }
    }
  };
  events.push(['message_start', { type: 'message_start', message }]);
  events.push(['ping', { type: 'ping' }]);
  if (thinking !== undefined) {
    block({ type: 'thinking', thinking: '', signature: '' }, [
      ...pieces(thinking, step).map(part => ({
        type: 'thinking_delta',
        thinking: part
      })),
      { type: 'signature_delta', signature: 'signed' }
    ]);
  }
  if (text !== undefined) {
    block(
      { type: 'text', text: '' },
      pieces(text, step).map(part => ({ type: 'text_delta', text: part }))
    );
  }
  calls.forEach(({ tool, input }, at) => {
    const id = `toolu_${Date.now()}_${at}`;
    const json = typeof input === 'string' ? input : JSON.stringify(input);
    block(
      { type: 'tool_use', id, name: tool, input: {} },
      pieces(json, step).map(part => ({ type: 'input_json_delta', partial_json: part }))
    );
  });
  const reason = reply.stopReason ?? (calls.length > 0 ? 'tool_use' : 'end_turn');
  events.push([
    'message_delta',
    {
      type: 'message_delta',
      delta: { stop_reason: reason, stop_sequence: null },
      usage: { output_tokens: usage.output }
    }
  ]);
  events.push(['message_stop', { type: 'message_stop' }]);
  return events;
}

function openAiEvents(reply: IScriptedReply): readonly Event[] {
  const {
    thinking,
    text,
    calls = [],
    step = 12,
    usage = { input: 100, output: 20 }
  } = reply;
  const chunk = (delta: object, finish: string | null = null): Event => [
    '',
    {
      ...{ id: 'c1', object: 'chat.completion.chunk', model: MODEL },
      choices: [{ index: 0, delta, finish_reason: finish }]
    }
  ];
  const reason = reply.stopReason ?? (calls.length > 0 ? 'tool_calls' : 'stop');
  return [
    chunk({ role: 'assistant', content: '' }),
    ...pieces(thinking ?? '', step).map(part => chunk({ reasoning_content: part })),
    ...pieces(text ?? '', step).map(part => chunk({ content: part })),
    ...calls.flatMap(({ tool, input }, index) => [
      chunk({
        tool_calls: [
          {
            index,
            id: `call_${index}`,
            type: 'function',
            function: { name: tool, arguments: '' }
          }
        ]
      }),
      ...pieces(typeof input === 'string' ? input : JSON.stringify(input), step).map(
        part => chunk({ tool_calls: [{ index, function: { arguments: part } }] })
      )
    ]),
    chunk({}, reason),
    [
      '',
      {
        ...{ id: 'c1', object: 'chat.completion.chunk', model: MODEL, choices: [] },
        usage: {
          ...{ prompt_tokens: usage.input, completion_tokens: usage.output },
          prompt_tokens_details: { cached_tokens: 7 }
        }
      }
    ],
    ['', '[DONE]']
  ];
}

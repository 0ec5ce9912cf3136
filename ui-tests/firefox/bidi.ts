import { once } from 'node:events';
import WebSocket from 'ws';

/** What a browser answers, or tells by itself. */
interface IMessage {
  readonly id?: number;
  readonly type: 'success' | 'error' | 'event';
  readonly result?: unknown;
  readonly error?: string;
  readonly message?: string;
  readonly method?: string;
  readonly params?: unknown;
}

interface IWaiting {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

/**
 * A client of WebDriver BiDi (https://w3c.github.io/webdriver-bidi/), which Firefox speaks
 * by itself. Playwright's own sends commands that a Firefox of the system may not know.
 */
export class BiDi {
  private constructor(private readonly _socket: WebSocket) {
    _socket.on('message', (data: Buffer) => this._hear(data.toString()));
    _socket.on('close', () => this._end(new Error('Firefox ended the connection.')));
    _socket.on('error', (error: Error) => this._end(error));
  }

  /** Connects to the address that Firefox prints, and begins a session. */
  static async connect(address: string): Promise<BiDi> {
    const socket = new WebSocket(`${address}/session`, { maxPayload: 0 });
    await once(socket, 'open');
    return new BiDi(socket);
  }

  /** Sends a command; rejects with what the browser says against it. */
  send(method: string, params: object): Promise<unknown> {
    const id = ++this._last;
    const answer = new Promise<unknown>((resolve, reject) =>
      this._waiting.set(id, { resolve, reject })
    );
    this._socket.send(JSON.stringify({ id, method, params }));
    return answer;
  }

  /** Hears events of one kind, once the session has subscribed to it. */
  on(method: string, listener: (params: unknown) => void): void {
    this._listeners.set(method, listener);
  }

  close(): void {
    this._socket.close();
  }

  private _hear(text: string): void {
    const message = JSON.parse(text) as IMessage;
    if (message.type === 'event') {
      this._listeners.get(message.method ?? '')?.(message.params);
      return;
    }
    const waiting = this._waiting.get(message.id ?? 0);
    this._waiting.delete(message.id ?? 0);
    if (message.type === 'success') {
      waiting?.resolve(message.result);
    } else {
      waiting?.reject(new Error(`${message.error}: ${message.message}`));
    }
  }

  private _end(error: Error): void {
    for (const { reject } of this._waiting.values()) {
      reject(error);
    }
    this._waiting.clear();
  }

  private _last = 0;
  private readonly _waiting = new Map<number, IWaiting>();
  private readonly _listeners = new Map<string, (params: unknown) => void>();
}

import type { ServerConnection } from '@jupyterlab/services';

/** The socket by which a page talks to its own kernels, of the package mock-socket. */
interface IPageSocket {
  readonly readyState: number;
  send(data: unknown): void;
  dispatchEvent(event: { readonly type: string }, data: unknown): boolean;
}

type PageSocketClass = new (
  url: string,
  protocols?: string | readonly string[]
) => IPageSocket;

/** `readyState` of a socket that is open. */
const OPEN = 1;

/**
 * Lets messages reach kernels of the page at once. The mock of a socket keeps each back
 * for 4 ms, as a network might; a run waits for it once a cell. Answers come at once as
 * it is, and messages stay in their order.
 */
export function sendPromptly(settings: ServerConnection.ISettings): void {
  if (settings.WebSocket === globalThis.WebSocket) {
    return; // A server's kernels, at the other end of a network.
  }
  const Socket = settings.WebSocket as unknown as PageSocketClass;
  class PromptSocket extends Socket {
    override send(data: unknown): void {
      if (this.readyState !== OPEN) {
        super.send(data); // It raises the error.
        return;
      }
      queueMicrotask(() => this.dispatchEvent({ type: 'server::message' }, data));
    }
  }
  Object.assign(settings, { WebSocket: PromptSocket });
}

/** The channel on which JupyterLite's page hears its service worker. */
export const PAGE_CHANNEL = '/sw-api.v1';

/** JupyterLite's page asks this now and then, so that the worker stays awake. */
const HEARTBEAT = '/api/service-worker-heartbeat';
const INPUT = '/api/stdin/';

interface IPageAnswer {
  readonly browsingContextId?: unknown;
  readonly requestId?: unknown;
  readonly response?: unknown;
}

/** Whether a request is for the page, not for a server. */
export function isForPage({ pathname }: URL): boolean {
  return pathname.includes('/api/drive') || pathname.includes(INPUT);
}

/** Whether a request only asks whether the worker lives. */
export function isHeartbeat({ pathname }: URL): boolean {
  return pathname === HEARTBEAT;
}

/**
 * Requests of kernels that their page answers: files and input from the keyboard. Python
 * waits for them by a synchronous request, so they come this way where the page is not
 * isolated. The form of the messages is that of JupyterLite's service worker, whose page
 * side hears them (`ServiceWorkerManager` of `@jupyterlite/apputils`).
 */
export class PageDrive {
  constructor(private readonly _channel: BroadcastChannel) {}

  /** Hands a request to its page, and gives the page's answer back. */
  async ask(request: Request): Promise<Response> {
    const body = (await request.json()) as Record<string, unknown>;
    const { pathname } = new URL(request.url);
    const requestId = body.requestId ?? crypto.randomUUID();
    const isAnswer = (data: IPageAnswer): boolean =>
      'response' in data &&
      data.browsingContextId === body.browsingContextId &&
      // Answers to input may lack the id: a page asks for one at a time.
      (data.requestId === requestId ||
        (data.requestId === undefined && pathname.includes(INPUT)));
    const answered = new Promise<Response>(resolve => {
      const listen = ({ data }: MessageEvent<IPageAnswer>): void => {
        if (isAnswer(data)) {
          this._channel.removeEventListener('message', listen);
          resolve(new Response(JSON.stringify(data.response)));
        }
      };
      this._channel.addEventListener('message', listen);
    });
    this._channel.postMessage({ ...body, requestId, pathname });
    return answered;
  }
}

/** What pages and the service worker say to each other; both sides import it. */

/** Parameter of its address by which the worker that compiles hears of a script. */
export const SCRIPT_PARAMETER = 'script';

/** How much of the site the browser keeps. */
export interface IKept {
  /** Which build, as its files' hashes name it. */
  readonly version: string;
  readonly files: number;
  readonly allFiles: number;
  /** Bytes of the files, uncompressed. */
  readonly bytes: number;
  readonly allBytes: number;
}

/** What a page asks of a worker; the answers come through the port sent along. */
export type PageMessage =
  /** How much is kept? Answered by one `kept`. */
  | { readonly type: 'ask' }
  /** Fetch what is missing. Answered by `kept` as it goes, then `done` or `failed`. */
  | { readonly type: 'fill' }
  /** Ends a fill that runs; what it has fetched stays. */
  | { readonly type: 'stop' }
  /** A worker that waits is to take over. Not answered: the page sees the change. */
  | { readonly type: 'take-over' };

/** What a worker answers. */
export type WorkerAnswer =
  | { readonly type: 'kept'; readonly kept: IKept }
  /** The fill has ended: with everything, or stopped before. */
  | { readonly type: 'done'; readonly kept: IKept }
  | { readonly type: 'failed'; readonly reason: string };

/** What a worker tells all pages unasked: the server has files of another build. */
export interface IOutdated {
  readonly type: 'llmos-outdated';
  /** The file that gave it away. */
  readonly path: string;
}

/** What a worker that cannot be installed tells: the newer build does not fit in here. */
export interface INoRoom {
  readonly type: 'llmos-no-room';
}

/** Whether a message to the page is that. */
export function isNoRoom(data: unknown): data is INoRoom {
  return (data as Partial<INoRoom> | null)?.type === 'llmos-no-room';
}

/** Whether a message to the page tells of another build on the server. */
export function isOutdated(data: unknown): data is IOutdated {
  return (data as Partial<IOutdated> | null)?.type === 'llmos-outdated';
}

/** Whether a message to the worker is ours; JupyterLite sends none, others may. */
export function isPageMessage(data: unknown): data is PageMessage {
  const { type } = (data ?? {}) as { type?: unknown };
  return ['ask', 'fill', 'stop', 'take-over'].includes(String(type));
}

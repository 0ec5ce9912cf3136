import type { HttpClient } from 'isomorphic-git';

import { reasonOf } from '../../reasonOf';
import type { INetProblem } from '../protocol';

type Request = Parameters<HttpClient['request']>[0];
type Response_ = Awaited<ReturnType<HttpClient['request']>>;

/** A fault that the person is told; thrown inside the worker only. */
export class GitProblem extends Error {
  constructor(readonly problem: INetProblem) {
    super(problem.detail);
    this.name = 'GitProblem';
  }
}

/** What one exchange with a server may do. */
export interface IGitHttpOptions {
  readonly fetch: typeof fetch;
  /** Every request stays under this address. */
  readonly base: string;
  readonly signal?: AbortSignal;
  /** Bytes of one answer; more is given up. */
  readonly maxBytes?: number;
  /** Told as an answer arrives, in bytes. */
  readonly onBytes?: (bytes: number) => void;
}

/**
 * HTTP for Git: to one address, no redirect followed, no cookies, no cache. A browser does
 * not tell a page why it may not read an answer, so a failed request is asked once more
 * without its headers and blindly, which alone follows redirects: when that comes back,
 * the server is there and only does not allow pages of other sites.
 */
export function gitHttp(options: IGitHttpOptions): HttpClient {
  return {
    request: async ({
      url,
      method = 'GET',
      headers = {},
      body
    }): Promise<Response_> => {
      if (!url.startsWith(`${options.base}/`)) {
        throw new Error(`This request may go to ${options.base} only.`);
      }
      const answer = await send(options, url, {
        ...{ method, headers, signal: options.signal ?? null },
        ...(body && { body: new Blob([...(await collect(body))] as BlobPart[]) })
      });
      return {
        ...{ url, method, statusCode: answer.status },
        statusMessage: answer.statusText,
        headers: Object.fromEntries(answer.headers.entries()),
        body: readBody(answer, options)
      };
    }
  };
}

async function send(
  options: IGitHttpOptions,
  url: string,
  init: RequestInit
): Promise<Response> {
  const common: RequestInit = {
    ...({ credentials: 'omit', cache: 'no-store' } as const),
    referrerPolicy: 'no-referrer'
  };
  let answer: Response;
  try {
    answer = await options.fetch(url, { ...init, ...common, redirect: 'manual' });
  } catch (error) {
    if (options.signal?.aborted) {
      throw error;
    }
    const isThere = await options
      .fetch(url, { ...common, mode: 'no-cors' })
      .then(() => true)
      // Only whether it answers is asked.
      .catch(() => false);
    const detail = reasonOf(error);
    throw new GitProblem({ code: isThere ? 'no-cors' : 'unreachable', detail });
  }
  if (
    answer.type === 'opaqueredirect' ||
    (answer.status > 300 && answer.status < 304)
  ) {
    const detail = answer.headers.get('location') ?? '';
    throw new GitProblem({ code: 'refused', cause: 'sent-on', detail });
  }
  return answer;
}

async function* readBody(
  answer: Response,
  { maxBytes = Infinity, onBytes }: IGitHttpOptions
): AsyncIterableIterator<Uint8Array> {
  const reader = answer.body?.getReader();
  let bytes = 0;
  for (;;) {
    const part = await reader?.read();
    if (!part?.value) {
      return;
    }
    bytes += part.value.length;
    if (bytes > maxBytes) {
      await reader?.cancel();
      const detail = `${Math.round(maxBytes / 1e6)} MB`;
      throw new GitProblem({ code: 'too-large', cause: 'many-bytes', detail });
    }
    onBytes?.(bytes);
    yield part.value;
  }
}

/** All parts of a body. */
export async function collect(
  body: NonNullable<Request['body']>
): Promise<readonly Uint8Array[]> {
  const parts: Uint8Array[] = [];
  for await (const part of body as AsyncIterable<Uint8Array>) {
    parts.push(part);
  }
  return parts;
}

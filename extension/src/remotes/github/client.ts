import type { TranslationBundle } from '@jupyterlab/translation';
import { isRecord } from '@llmos-lab/skills';
import { UUID } from '@lumino/coreutils';

import type { IGithubRequest, INetWorker, NetAnswer } from '../../net/protocol';
import { RemoteError, remoteError } from '../remoteError';

/** The server that everybody means by GitHub. */
export const GITHUB = 'https://api.github.com';

/** A repository on a server. */
export interface IGithubPlace {
  /** A person or an organisation. */
  readonly owner: string;
  readonly name: string;
}

/** Where people meet the server whose API this is. */
export function webAddress(server: string): string {
  const { protocol, host } = new URL(server);
  // GitHub's own API has a host for itself; on an enterprise server it is a path.
  return `${protocol}//${host.replace(/^api\./, '')}`;
}

/**
 * The part of ref names that says which repository is meant. Those of github.com go by
 * owner and name alone.
 */
export function placeRef(server: string, { owner, name }: IGithubPlace): string {
  // Git takes no colon in the name of a ref.
  const host = server === GITHUB ? '' : `${new URL(server).host.replace(':', '_')}/`;
  return `${host}${owner}/${name}`;
}

/** An answer with what its headers tell of the token. */
export interface IGithubAnswer {
  readonly data: unknown;
  readonly scopes: string | null;
}

/** Asks one server through `net.worker`; expected faults are thrown as `RemoteError`. */
export class GithubClient {
  /** @param name under which `net.worker` holds the token */
  constructor(
    private readonly _net: INetWorker,
    readonly server: string,
    readonly name: string,
    readonly trans: TranslationBundle,
    private readonly _signal?: AbortSignal
  ) {}

  /** The same, whose requests end when the person stops what they are for. */
  during(signal: AbortSignal | undefined): GithubClient {
    return new GithubClient(this._net, this.server, this.name, this.trans, signal);
  }

  async ask(
    route: string,
    parameters: IGithubRequest['parameters'] = {},
    options: Pick<IGithubRequest, 'remember'> = {}
  ): Promise<IGithubAnswer> {
    const request = { server: this.name, route, parameters, ...options };
    const answer = await this._stoppable(request);
    if (!answer.ok) {
      throw remoteError(answer.problem, new URL(this.server).host, this.trans);
    }
    return answer;
  }

  /**
   * The text at a path in an answer, such as `text(data, 'object', 'sha')`.
   *
   * @throws RemoteError `unexpected`
   */
  text(data: unknown, ...path: readonly string[]): string {
    let value = data;
    for (const key of path) {
      value = isRecord(value) ? value[key] : undefined;
    }
    if (typeof value !== 'string') {
      throw new RemoteError(
        'unexpected',
        this.trans.__(
          'The server\'s answer has no text at "%1". Is its address right?',
          path.join('.')
        )
      );
    }
    return value;
  }

  /**
   * The list at a key of an answer.
   *
   * @throws RemoteError `unexpected`
   */
  list(data: unknown, key: string): readonly unknown[] {
    const value = isRecord(data) ? data[key] : undefined;
    if (!Array.isArray(value)) {
      throw new RemoteError(
        'unexpected',
        this.trans.__(
          'The server\'s answer has no list at "%1". Is its address right?',
          key
        )
      );
    }
    return value as readonly unknown[];
  }

  /** @throws AbortError at once, whether the worker answers or not */
  private async _stoppable(request: IGithubRequest): Promise<NetAnswer> {
    const { _net: net, _signal: signal } = this;
    if (!signal) {
      return net.github(request);
    }
    signal.throwIfAborted();
    const job = UUID.uuid4();
    return new Promise((done, fail) => {
      const stop = (): void => {
        void net.stop(job);
        fail(signal.reason as Error);
      };
      signal.addEventListener('abort', stop);
      net
        .github({ ...request, job })
        .then(done, fail)
        .finally(() => signal.removeEventListener('abort', stop));
    });
  }
}

/** The result of an attempt, or `null` when it fails with one of these codes. */
export async function unless<T>(
  codes: readonly string[],
  attempt: Promise<T>
): Promise<T | null> {
  try {
    return await attempt;
  } catch (error) {
    if (error instanceof RemoteError && codes.includes(error.code)) {
      return null;
    }
    throw error;
  }
}

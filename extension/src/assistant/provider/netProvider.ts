import type { IModelProblem, IModelRequest, ModelEvent } from '@llmos-lab/skills';
import { UUID } from '@lumino/coreutils';
import { proxy } from 'comlink';

import type { ModelApi, ModelTest } from '../../net/model/types';
import type { INetWorker } from '../../net/protocol';
import type { ISecretStore } from '../../secrets/tokens';
import type { IChatProvider } from '../tokens';

/** What a provider over the network needs. */
export interface INetProviderOptions {
  readonly api: ModelApi;
  readonly name: string;
  /** Base address, as the settings say now. */
  readonly server: () => string;
  readonly secrets: ISecretStore;
  /** The network worker, started at the first use. */
  readonly net: () => INetWorker;
}

/** Name under which the key of a server is held. */
export function keyName(server: string): string {
  return `model:${server}`;
}

/** Whether a server may be asked without a key: those on this machine. */
export function needsKey(server: string): boolean {
  return !/^https?:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?:[:/]|$)/.test(server);
}

/** Asks models through `net.worker`, which alone gets the key and the way out. */
export class NetProvider implements IChatProvider {
  constructor(private readonly _options: INetProviderOptions) {}

  get id(): ModelApi {
    return this._options.api;
  }

  get name(): string {
    return this._options.name;
  }

  readonly problem = async (): Promise<IModelProblem | null> => {
    const server = this._options.server();
    const state = await this._options.secrets.state(keyName(server));
    if (state === 'absent' && needsKey(server)) {
      return { code: 'no-key', detail: '' };
    }
    return state === 'locked' ? { code: 'no-key', detail: 'locked' } : null;
  };

  /** Tries key and address; `key` is one that is not kept yet. */
  async test(key?: string): Promise<ModelTest> {
    const problem = await this._open(key);
    return problem
      ? { ok: false, problem }
      : this._options.net().testModel(this._options.server(), UUID.uuid4());
  }

  async ask(
    request: IModelRequest,
    onEvents: (events: readonly ModelEvent[]) => void,
    signal: AbortSignal
  ): Promise<void> {
    const problem = await this._open();
    if (problem) {
      onEvents([{ type: 'problem', problem }]);
      return;
    }
    const { net, server } = this._options;
    const job = UUID.uuid4();
    let over = (): void => undefined;
    const isOver = new Promise<void>(resolve => {
      over = resolve;
    });
    const stop = (): void => {
      void net().stop(job);
      over();
    };
    signal.addEventListener('abort', stop, { once: true });
    try {
      const tell = proxy((events: readonly ModelEvent[]) => {
        if (!signal.aborted) {
          onEvents(events);
        }
        if (events.some(({ type }) => type === 'end' || type === 'problem')) {
          over();
        }
      });
      await net().askModel(server(), request, job, tell);
      // Events travel on a port of their own: the last may come behind the answer.
      await isOver;
    } finally {
      signal.removeEventListener('abort', stop);
    }
  }

  private async _open(given?: string): Promise<IModelProblem | null> {
    const { api, net, secrets, server } = this._options;
    const key = given ?? secrets.get(keyName(server())) ?? '';
    if (key === '' && needsKey(server())) {
      return { code: 'no-key', detail: '' };
    }
    return net().openModel({ api, server: server(), key });
  }
}

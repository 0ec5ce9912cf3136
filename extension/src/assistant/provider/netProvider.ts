import type { IModelProblem, IModelRequest, ModelEvent } from '@llmos-lab/skills';
import { UUID } from '@lumino/coreutils';
import { proxy } from 'comlink';

import type { ModelApi, ModelTest } from '../../net/model/types';
import type { INetWorker } from '../../net/protocol';
import type { ISecretStore } from '../../secrets/tokens';
import type { IChatProvider } from '../tokens';

/** Tries a key at an address, before either is kept. */
export type KeyTest = (server: string, key: string) => Promise<ModelTest>;

/** What a provider over the network needs. */
export interface INetProviderOptions {
  readonly api: ModelApi;
  readonly name: string;
  /** Base address, as the settings say now. */
  readonly server: () => string;
  readonly secrets: ISecretStore;
  /** The network worker, started at the first use. */
  readonly net: () => INetWorker;
  /** Where the person types the key at each turn: whether that is so now, and who asks. */
  readonly typed?: {
    readonly isOn: () => boolean;
    readonly ask: (server: string) => Promise<string | undefined>;
  };
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
    if (this._options.typed?.isOn() === true) {
      return null;
    }
    const server = this._options.server();
    const state = await this._options.secrets.state(keyName(server));
    if (state === 'absent' && needsKey(server)) {
      return { code: 'no-key', detail: '' };
    }
    return state === 'locked' ? { code: 'no-key', detail: 'locked' } : null;
  };

  readonly begin = async (): Promise<IModelProblem | null> => {
    const { typed, server } = this._options;
    if (typed?.isOn() !== true) {
      return null;
    }
    const address = server();
    const key = await typed.ask(address);
    this._typed = key === undefined ? null : { server: address, key };
    return key === undefined ? { code: 'no-key', detail: 'not typed' } : null;
  };

  readonly end = (): void => {
    this._typed = null;
  };

  /** The same way to another server. */
  at(server: string): NetProvider {
    const { api, name, secrets, net } = this._options;
    return new NetProvider({ api, name, secrets, net, server: () => server });
  }

  /** Tries key and address; `key` is one that is not kept yet. */
  async test(key?: string): Promise<ModelTest> {
    const { net, server } = this._options;
    const problem = await this._open(key);
    if (problem) {
      return { ok: false, problem };
    }
    try {
      return await net().testModel(server(), UUID.uuid4());
    } finally {
      await net().closeModel(server());
    }
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
    const { net } = this._options;
    const server = this._options.server();
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
      await net().askModel(server, request, job, tell);
      // Events travel on a port of their own: the last may come behind the answer.
      await isOver;
    } finally {
      signal.removeEventListener('abort', stop);
      // The key is with the worker no longer than it is needed there.
      await net().closeModel(server);
    }
  }

  private async _open(given?: string): Promise<IModelProblem | null> {
    const { api, net, secrets, server } = this._options;
    const typed = this._typed?.server === server() ? this._typed.key : undefined;
    const key = given ?? typed ?? secrets.get(keyName(server())) ?? '';
    if (key === '' && needsKey(server())) {
      return { code: 'no-key', detail: '' };
    }
    return net().openModel({ api, server: server(), key });
  }

  /** A key that ends with the turn, and the one address that it is for. */
  private _typed: { readonly server: string; readonly key: string } | null = null;
}

/**
 * What tries a provider's key; null for one of another extension, which has its own way: no
 * key is for us to send there.
 */
export function keyTester(provider: IChatProvider | null): KeyTest | null {
  return provider instanceof NetProvider
    ? (server, key) => provider.at(server).test(key)
    : null;
}

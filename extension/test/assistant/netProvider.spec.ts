/** @jest-environment node */
import { NO_USAGE, type IModelRequest, type ModelEvent } from '@llmos-lab/skills';

import type { ModelTest } from '../../src/net/model/types';
import type { INetWorker } from '../../src/net/protocol';
import {
  keyName,
  keyTester,
  needsKey,
  NetProvider,
  type INetProviderOptions
} from '../../src/assistant/provider/netProvider';
import type { IChatProvider } from '../../src/assistant/tokens';
import type { ISecretStore, SecretState } from '../../src/secrets/tokens';

const SERVER = 'https://models.example';
const REQUEST: IModelRequest = {
  ...{ model: 'm', maxTokens: 1, thinking: 0, system: '', messages: [], tools: [] }
};
const END: ModelEvent = { type: 'end', reason: 'done', usage: NO_USAGE, model: 'm' };

function make(
  state: SecretState,
  net: Partial<INetWorker> = {},
  typed: INetProviderOptions['typed'] = {
    isOn: () => false,
    ask: () => Promise.resolve(undefined)
  }
) {
  const secrets = {
    state: () => Promise.resolve(state),
    get: (name: string) =>
      state === 'tab' && name === keyName(SERVER) ? 'key' : undefined
  } as unknown as ISecretStore;
  const opened: unknown[] = [];
  const closed: string[] = [];
  const worker = {
    closeModel: (address: string) => {
      closed.push(address);
      return Promise.resolve();
    },
    openModel: (access: unknown) => {
      opened.push(access);
      return Promise.resolve(null);
    },
    ...net
  } as INetWorker;
  const server = () => SERVER;
  const shared = { secrets, server, net: () => worker, name: 'X', typed };
  const provider = new NetProvider({ ...shared, api: 'anthropic' });
  return { opened, closed, provider };
}

describe('a key', () => {
  const testModel = (): Promise<ModelTest> => Promise.resolve({ ok: true, models: [] });

  it('is tried at the address that was typed, in the protocol of its provider', async () => {
    const { provider, opened } = make('absent', { testModel });
    await keyTester(provider)?.('https://other.example', 'typed');
    expect(opened).toEqual([
      { api: 'anthropic', key: 'typed', server: 'https://other.example' }
    ]);
  });

  it('of a provider that another extension brings is sent nowhere', () => {
    const foreign: IChatProvider = {
      ...{ id: 'theirs', name: 'Theirs' },
      problem: () => Promise.resolve(null),
      ask: () => Promise.resolve()
    };
    expect(keyTester(foreign)).toBeNull();
    expect(keyTester(null)).toBeNull();
  });
});

describe('a provider over the network', () => {
  it('takes in events that come behind the end of the exchange', async () => {
    const events: ModelEvent[] = [];
    const { provider, opened } = make('tab', {
      askModel: (_server, _request, _job, tell) => {
        setTimeout(() => tell([{ type: 'text', text: 'Late' }, END]));
        return Promise.resolve();
      }
    });
    const { signal } = new AbortController();
    await provider.ask(REQUEST, some => events.push(...some), signal);
    expect(events).toEqual([{ type: 'text', text: 'Late' }, END]);
    expect(opened).toEqual([{ api: 'anthropic', server: SERVER, key: 'key' }]);
  });

  it('has a typed key for one turn only, and the worker for one request only', async () => {
    const answers = ['typed once', undefined];
    const asked: string[] = [];
    const typed = {
      isOn: () => true,
      ask: (server: string) => {
        asked.push(server);
        return Promise.resolve(answers.shift());
      }
    };
    const tells = (tell: (events: readonly ModelEvent[]) => void): Promise<void> => {
      tell([END]);
      return Promise.resolve();
    };
    const { provider, opened, closed } = make(
      'absent',
      { askModel: (_server, _request, _job, tell) => tells(tell) },
      typed
    );
    const { signal } = new AbortController();
    expect(await provider.problem()).toBeNull();
    expect(await provider.begin()).toBeNull();
    await provider.ask(REQUEST, () => undefined, signal);
    await provider.ask(REQUEST, () => undefined, signal);
    provider.end();
    const key = 'typed once';
    expect(opened).toEqual([
      { api: 'anthropic', server: SERVER, key },
      { api: 'anthropic', server: SERVER, key }
    ]);
    expect(closed).toEqual([SERVER, SERVER]);
    // The next turn asks again; who types nothing sends nothing.
    expect(await provider.begin()).toEqual({ code: 'no-key', detail: 'not typed' });
    await provider.ask(REQUEST, () => undefined, signal);
    expect(opened).toHaveLength(2);
    expect(asked).toEqual([SERVER, SERVER]);
  });

  it('ends at once when it is stopped, and tells nothing more', async () => {
    const stopped: string[] = [];
    const { provider } = make('tab', {
      askModel: () => Promise.resolve(),
      stop: job => {
        stopped.push(job);
        return Promise.resolve();
      }
    });
    const stop = new AbortController();
    const asked = provider.ask(REQUEST, () => undefined, stop.signal);
    setTimeout(() => stop.abort());
    await asked;
    expect(stopped).toHaveLength(1);
  });

  it('says when a key is missing or locked, and sends nothing then', async () => {
    const { provider, opened } = make('absent');
    const events: ModelEvent[] = [];
    const { signal } = new AbortController();
    await provider.ask(REQUEST, some => events.push(...some), signal);
    expect(events).toMatchObject([{ type: 'problem', problem: { code: 'no-key' } }]);
    expect(await make('locked').provider.problem()).toMatchObject({ detail: 'locked' });
    expect(await make('tab').provider.problem()).toBeNull();
    expect(opened).toEqual([]);
    expect(needsKey('http://localhost:11434/v1')).toBe(false);
  });
});

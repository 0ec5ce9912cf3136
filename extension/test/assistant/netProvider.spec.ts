/** @jest-environment node */
import { NO_USAGE, type IModelRequest, type ModelEvent } from '@llmos-lab/skills';

import type { INetWorker } from '../../src/net/protocol';
import {
  keyName,
  needsKey,
  NetProvider
} from '../../src/assistant/provider/netProvider';
import type { ISecretStore, SecretState } from '../../src/secrets/tokens';

const SERVER = 'https://models.example';
const REQUEST: IModelRequest = {
  ...{ model: 'm', maxTokens: 1, thinking: 0, system: '', messages: [], tools: [] }
};
const END: ModelEvent = { type: 'end', reason: 'done', usage: NO_USAGE, model: 'm' };

function make(state: SecretState, net: Partial<INetWorker> = {}) {
  const secrets = {
    state: () => Promise.resolve(state),
    get: (name: string) =>
      state === 'tab' && name === keyName(SERVER) ? 'key' : undefined
  } as unknown as ISecretStore;
  const opened: unknown[] = [];
  const worker = {
    openModel: (access: unknown) => {
      opened.push(access);
      return Promise.resolve(null);
    },
    ...net
  } as INetWorker;
  const server = () => SERVER;
  const shared = { secrets, server, net: () => worker, name: 'X' };
  return { opened, provider: new NetProvider({ ...shared, api: 'anthropic' }) };
}

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

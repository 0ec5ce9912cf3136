import { MODEL_KEY, type ModelServer } from '../../../ui-tests/modelServer';
import { complete } from '../../src/assistant/complete';
import { NetProvider } from '../../src/assistant/provider/netProvider';
import { ChatProviders } from '../../src/assistant/provider/providers';
import { AssistantSettings } from '../../src/assistant/settings';
import type { IAssistant } from '../../src/assistant/tokens';
import { ModelServers } from '../../src/net/model/modelServers';
import type { ModelApi } from '../../src/net/model/types';
import type { INetWorker } from '../../src/net/protocol';
import type { ISecretStore } from '../../src/secrets/tokens';

/** The assistant's one question, through the real clients, to a scripted server. */
export async function completeOver(
  server: ModelServer,
  api: ModelApi,
  model?: string
): Promise<IAssistant['complete']> {
  const address = api === 'openai' ? `${server.url}/v1` : server.url;
  const net = netOver(new ModelServers({ retries: 0, pause: 1, longest: 1 }));
  const providers = new ChatProviders();
  providers.add(
    new NetProvider({
      ...{ api, name: api, server: () => address, net: () => net },
      secrets: {
        state: () => Promise.resolve('tab'),
        get: () => MODEL_KEY
      } as Partial<ISecretStore> as ISecretStore
    })
  );
  const settings = new AssistantSettings(null);
  await settings.set({ provider: api, ...(model !== undefined && { model }) });
  return (question, signal) => complete({ providers, settings }, question, signal);
}

/** What the network worker does, in this process: the clients of the real protocols. */
function netOver(models: ModelServers): INetWorker {
  const jobs = new Map<string, AbortController>();
  return {
    openModel: access => Promise.resolve(models.open(access)),
    closeModel: server => Promise.resolve(models.close(server)),
    askModel: async (server, request, job, tell) => {
      const controller = new AbortController();
      jobs.set(job, controller);
      await models.ask(server, request, tell, controller.signal);
    },
    stop: job => Promise.resolve(jobs.get(job)?.abort())
  } as Partial<INetWorker> as INetWorker;
}

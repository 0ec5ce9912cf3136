import '../browser';

import { NO_USAGE } from '@llmos-lab/skills';

import { complete } from '../../src/assistant/complete';
import { ChatProviders } from '../../src/assistant/provider/providers';
import { AssistantSettings } from '../../src/assistant/settings';
import type { IChatProvider } from '../../src/assistant/tokens';

const broken = (): Promise<never> => Promise.reject(new Error('It is broken.'));

async function completeWith(
  provider: Partial<IChatProvider>
): ReturnType<typeof complete> {
  const providers = new ChatProviders();
  providers.add({
    ...{ id: 'mine', problem: () => Promise.resolve(null) },
    ...provider
  } as IChatProvider);
  const settings = new AssistantSettings(null);
  await settings.set({ provider: 'mine', model: 'm' });
  const question = { system: '', text: 'Why?' };
  return complete({ providers, settings }, question, new AbortController().signal);
}

describe('complete', () => {
  it('gives the text of the answer', async () => {
    const ask: IChatProvider['ask'] = (_, onEvents) => {
      onEvents([
        { type: 'text', text: 'There' },
        { type: 'text', text: 'fore.' }
      ]);
      return Promise.resolve();
    };
    const answer = { kind: 'answer', text: 'Therefore.', model: 'm' };
    expect(await completeWith({ ask })).toEqual(answer);
  });

  it('is no answer where the model declines', async () => {
    const ask: IChatProvider['ask'] = (_, onEvents) => {
      onEvents([{ type: 'end', reason: 'refused', usage: NO_USAGE, model: 'm' }]);
      return Promise.resolve();
    };
    expect(await completeWith({ ask })).toEqual({ kind: 'failed', reason: 'declined' });
  });

  it.each([{ ask: broken }, { problem: broken }])(
    'says why a provider failed that throws',
    async provider => {
      const failed = { kind: 'failed', reason: 'It is broken.' };
      expect(await completeWith(provider)).toEqual(failed);
    }
  );
});

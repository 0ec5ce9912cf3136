import type { ModelEvent } from '@llmos-lab/skills';

import { reasonOf } from '../reasonOf';
import type { ChatProviders } from './provider/providers';
import type { AssistantSettings } from './settings';
import type { Completion } from './tokens';

/** What asking needs. */
export interface ICompleteParts {
  readonly providers: ChatProviders;
  readonly settings: Pick<AssistantSettings, 'values'>;
}

/** One question, one answer, without tools; see `IAssistant.complete`. */
export async function complete(
  { providers, settings }: ICompleteParts,
  { system, text }: { readonly system: string; readonly text: string },
  signal: AbortSignal
): Promise<Completion> {
  const { provider: id, model, maxTokens, typesKey } = settings.values;
  const provider = providers.get(id);
  let answer = '';
  let last: ModelEvent | undefined;
  // Providers of other extensions may throw.
  try {
    // A key that is typed at each turn would have to be asked for.
    if (!provider || typesKey || (await provider.problem()) !== null) {
      return { kind: 'unset' };
    }
    await provider.ask(
      {
        ...{ model, maxTokens, thinking: 0, system, tools: [] },
        messages: [{ role: 'user', text }]
      },
      events => {
        for (const event of events) {
          answer += event.type === 'text' ? event.text : '';
          last = event;
        }
      },
      signal
    );
  } catch (error) {
    return { kind: 'failed', reason: reasonOf(error) };
  }
  if (last?.type === 'end' && last.reason === 'refused') {
    return { kind: 'failed', reason: 'declined' };
  }
  return last?.type === 'problem'
    ? { kind: 'failed', reason: last.problem.detail || last.problem.code }
    : { kind: 'answer', text: answer, model };
}

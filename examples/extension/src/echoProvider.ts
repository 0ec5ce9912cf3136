import type { IChatProvider } from '@llmos-lab/extension';
import { NO_USAGE } from '@llmos-lab/skills';

/**
 * A "model" that needs no key and no network: it says again what it was asked. A real one
 * would send `request` to its server and hand on each piece as it comes.
 */
export const echoProvider: IChatProvider = {
  id: 'example-echo',
  name: 'Echo',
  problem: () => Promise.resolve(null),
  ask: (request, onEvents, signal) => {
    const last = request.messages.at(-1);
    const said = last?.role === 'user' ? last.text : '';
    if (!signal.aborted) {
      onEvents([
        { type: 'text', text: `You said: ${said}` },
        { type: 'end', reason: 'done', usage: NO_USAGE, model: request.model }
      ]);
    }
    return Promise.resolve();
  }
};

import { CommandFailure } from './failure';
import { count } from './output';

/** Most ids that a message lists. */
const LISTED = 5;

/**
 * What has the given id, or is the only one whose id begins so, as Git names commits.
 *
 * @throws CommandFailure that lists those which may be meant
 */
export function oneOf<T extends { readonly id: string }>(
  items: readonly T[],
  given: string,
  { noun, volume }: { readonly noun: 'session' | 'trace'; readonly volume: string }
): T {
  const begins = items.filter(({ id }) => given !== '' && id.startsWith(given));
  const ids = [...new Set(begins.map(({ id }) => id))];
  const found = begins.find(({ id }) => id === given) ?? begins[0];
  if (!found) {
    throw new CommandFailure(
      `There is no ${noun} "${given}". See: llmos ${noun}s list --volume ${volume}`
    );
  }
  if (found.id !== given && ids.length > 1) {
    const rest = ids.length - LISTED;
    const more = rest > 0 ? ` and ${rest} more` : '';
    throw new CommandFailure(
      `The ids of ${count(ids.length, noun)} begin with "${given}": ` +
        `${ids.slice(0, LISTED).join(', ')}${more}. Give more of the id.`
    );
  }
  return found;
}

import { changedPaths, isRepository, openClone } from '../clone';
import { CommandFailure } from '../failure';
import { gitIn } from '../git/gitIn';

/**
 * Stops before skills of others are run. Those are of others that the history of their
 * volume has from another author, or that no history says whose they are.
 *
 * @param volumes all whose skills may run, but the shipped library
 * @throws CommandFailure that names them
 */
export async function requireTrust(volumes: readonly string[]): Promise<void> {
  for (const volume of volumes) {
    const why = await whyNotOwn(volume);
    if (why !== null) {
      throw new CommandFailure(
        `${volume} ${why}, and this command runs them. Add --trust if you trust them; ` +
          '"llmos evolve --no-replay" runs nothing.'
      );
    }
  }
}

/** Why the skills of a volume may be of others; null when all are the person's own. */
async function whyNotOwn(volume: string): Promise<string | null> {
  if (!(await isRepository(volume))) {
    return 'has no history that says whose its skills are';
  }
  const clone = await openClone(volume);
  if ((await clone.store.head()) === null) {
    return 'has no commit yet that says whose its skills are';
  }
  const loose = clone.isBare ? [] : await changedPaths(clone, ['skills']);
  if (loose.length > 0) {
    return `has skills that are not committed (${loose.slice(0, 3).join(', ')}), so that nobody knows whose they are`;
  }
  const text = await gitIn(volume).raw('log', '--format=%ae', 'HEAD', '--', 'skills');
  const authors = new Set(text.split('\n').filter(line => line !== ''));
  authors.delete(clone.profile.email);
  return authors.size === 0
    ? null
    : `has skills by others (${[...authors].sort().join(', ')})`;
}

import type { ILogEntry } from '@llmos-lab/skills';

/** How many of the commits are named; the rest is a number. */
const MAX_NAMED = 200;

/**
 * Message of the commit that stands for a backlog: when it was, and the first line of
 * each commit. Their runs and conversations are files, so nothing of them is lost.
 *
 * @param backlog the oldest first
 */
export function bundleMessage(backlog: readonly ILogEntry[]): string {
  const dates = backlog
    .map(({ author }) => new Date(author.time * 1000).toISOString().slice(0, 10))
    .sort();
  const [first = ''] = dates;
  const last = dates.at(-1) ?? first;
  const lines = backlog
    .slice(-MAX_NAMED)
    .map(
      ({ oid, message }) => `- ${oid.slice(0, 7)} ${message.split('\n')[0]?.trim()}`
    );
  const more = backlog.length - lines.length;
  return [
    `session-bundle: ${backlog.length} commits`,
    '',
    `From ${first} to ${last}:`,
    ...(more > 0 ? [`- ${more} earlier commits`] : []),
    ...lines
  ].join('\n');
}

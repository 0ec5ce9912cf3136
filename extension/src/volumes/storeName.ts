const PREFIX = 'llmos-volume-';
const suffix = (baseUrl: string): string => `:${new URL(baseUrl).pathname}`;

/** Name of the database and of the channel between tabs; one a site path. */
export function storeName(volume: string, baseUrl: string): string {
  return `${PREFIX}${volume}${suffix(baseUrl)}`;
}

/**
 * Volumes of this site that are in the browser, those of teams that were left too; none
 * where the browser does not list its databases.
 *
 * @param names of all databases
 */
export function storedVolumes(
  names: readonly string[],
  baseUrl: string
): readonly string[] {
  const end = suffix(baseUrl);
  return names
    .filter(name => name.startsWith(PREFIX) && name.endsWith(end))
    .map(name => name.slice(PREFIX.length, -end.length));
}

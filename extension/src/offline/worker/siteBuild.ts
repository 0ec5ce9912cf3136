/** A file of the site: the hex sha256 of its bytes, and how many they are. */
export type SiteFile = readonly [sha256: string, bytes: number];

/** A build of the site, as the build writes it into the service worker. */
export interface ISiteBuild {
  readonly version: string;
  /** By path in the site, without a slash in front. */
  readonly files: Readonly<Record<string, SiteFile>>;
}

/**
 * The file of the site that a request is for. What stands behind `?` is for the page,
 * not for a static server, and a folder means its `index.html`.
 *
 * @param scope the address of the site's root, with a slash at its end
 * @returns the path in the site, or null for other sites and what is no static file
 */
export function pathInSite(address: string, scope: string): string | null {
  const { origin, pathname } = new URL(address);
  const place = origin + pathname;
  if (!place.startsWith(scope)) {
    return null;
  }
  const path = decoded(place.slice(scope.length));
  return path === '' || path?.endsWith('/') ? `${path}index.html` : path;
}

function decoded(path: string): string | null {
  try {
    return decodeURIComponent(path);
  } catch {
    return null; // A malformed escape names no file; the server says so itself.
  }
}

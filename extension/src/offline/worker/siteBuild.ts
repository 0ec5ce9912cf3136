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

/** Whether an answer has the bytes that the build has at this path; it can still be read. */
export async function isAsBuilt(
  { files }: ISiteBuild,
  path: string,
  answer: Response
): Promise<boolean> {
  return (await hashOf(answer.clone())) === files[path]?.[0];
}

/** The hex sha256 of an answer's bytes, which it then has no more. */
async function hashOf(answer: Response): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', await answer.arrayBuffer());
  return Array.from(new Uint8Array(digest), byte =>
    byte.toString(16).padStart(2, '0')
  ).join('');
}

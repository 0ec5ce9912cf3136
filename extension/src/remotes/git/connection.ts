import { isRecord } from '@llmos-lab/skills';
import type { PartialJSONObject } from '@lumino/coreutils';

/** How a volume reaches a repository on a Git server; what is kept, without secrets. */
export interface IGitConnection {
  readonly url: string;
  /** Empty where nobody signs in, or the server asks for a token only. */
  readonly user: string;
  /** Whether there is a password or token. */
  readonly signsIn: boolean;
  /** Empty: none. */
  readonly proxy: string;
}

/** The name of a connection's password among the person's secrets. */
export function passwordName({ url }: IGitConnection): string {
  return `git:${url}`;
}

/** Reads connections by volume from settings, leaving out what is none. */
export function readConnections(value: unknown): ReadonlyMap<string, IGitConnection> {
  const found = new Map<string, IGitConnection>();
  for (const [volume, entry] of Object.entries(isRecord(value) ? value : {})) {
    if (isRecord(entry) && typeof entry.url === 'string' && entry.url !== '') {
      const { url, user, proxy, signsIn } = entry;
      found.set(volume, {
        url,
        user: typeof user === 'string' ? user : '',
        signsIn: signsIn === true,
        proxy: typeof proxy === 'string' ? proxy : ''
      });
    }
  }
  return found;
}

/** As `readConnections` reads them. */
export function writeConnections(
  connections: ReadonlyMap<string, IGitConnection>
): PartialJSONObject {
  return Object.fromEntries(
    [...connections].map(([volume, connection]) => [volume, { ...connection }])
  );
}

/** The address as it is kept: `host/path` is meant as `https://host/path`. */
export function tidyAddress(text: string): string {
  const trimmed = text.trim().replace(/\/+$/, '');
  return trimmed === '' || trimmed.includes('://') ? trimmed : `https://${trimmed}`;
}

/** Whether an address has a host. Chromium takes "not a url" for one, as `not%20a%20url`. */
export function isAddress(text: string): boolean {
  return (
    URL.canParse(text) && /^(?:[\w.-]+|\[[\da-f:.]+\])$/i.test(new URL(text).hostname)
  );
}

/**
 * The fields of a sign-in with what a copied address carries of it: hosts offer addresses
 * such as `https://ana:TOKEN@host/path`, and an address is shown and kept in clear.
 */
export function takeSignIn<
  T extends { readonly url: string; readonly user: string; readonly password: string }
>(fields: T): T {
  const url = URL.canParse(fields.url) ? new URL(fields.url) : null;
  if (!url || (url.username === '' && url.password === '')) {
    return fields;
  }
  const { username, password } = url;
  Object.assign(url, { username: '', password: '' });
  return {
    ...{ ...fields, url: url.href },
    ...(username !== '' && { user: decodeURIComponent(username) }),
    ...(password !== '' && { password: decodeURIComponent(password) })
  };
}

import { isRecord } from '@llmos-lab/skills';

import { RemoteError } from '../remoteError';
import { placeOf } from './branch';
import { text, unless, type GithubClient, type IGithubPlace } from './client';

/** What a token may do with a repository; `absent` also when it may not see it. */
export interface ITokenCheck {
  /** Whose token it is. */
  readonly login: string;
  readonly kind: 'classic' | 'fine-grained';
  readonly repository: 'absent' | 'readable' | 'writable';
  /** What to add to the token, in GitHub's words; empty when nothing. */
  readonly missing: readonly string[];
}

/**
 * Finds out what a token may do before anything is pushed. Classic tokens tell their
 * scopes; a fine-grained one is tried with an empty blob, which nothing refers to.
 *
 * @throws RemoteError `unauthorized` when the token is wrong or has expired
 */
export async function checkToken(
  client: GithubClient,
  place: IGithubPlace
): Promise<ITokenCheck> {
  const { data, scopes } = await client.ask('GET /user');
  const login = text(data, 'login');
  const found = await unless(
    ['not-found'],
    client.ask('GET /repos/{owner}/{repo}', placeOf(place))
  );
  if (scopes !== null) {
    const isPublic = isRecord(found?.data) && found.data.private === false;
    const has = scopes.split(',').map(scope => scope.trim());
    const isEnough = has.includes('repo') || (isPublic && has.includes('public_repo'));
    const mayWrite = isEnough && mayPush(found?.data);
    return {
      ...{ login, kind: 'classic', missing: isEnough ? [] : ['repo'] },
      repository: !found ? 'absent' : mayWrite ? 'writable' : 'readable'
    };
  }
  const kind = 'fine-grained';
  if (!found) {
    return { login, kind, repository: 'absent', missing: [] };
  }
  const isWritable = mayPush(found.data) && (await tryBlob(client, place));
  return isWritable
    ? { login, kind, repository: 'writable', missing: [] }
    : { login, kind, repository: 'readable', missing: ['Contents: Read and write'] };
}

function mayPush(repository: unknown): boolean {
  const permissions = isRecord(repository) ? repository.permissions : undefined;
  return isRecord(permissions) && permissions.push === true;
}

async function tryBlob(client: GithubClient, place: IGithubPlace): Promise<boolean> {
  const blob = { ...placeOf(place), content: '', encoding: 'utf-8' };
  try {
    await client.ask('POST /repos/{owner}/{repo}/git/blobs', blob);
    return true;
  } catch (error) {
    const code = error instanceof RemoteError ? error.code : undefined;
    if (code === 'forbidden' || code === 'not-found') {
      return false;
    }
    // An empty repository takes no blob yet, and says so only to those who may write.
    if (code === 'conflict') {
      return true;
    }
    throw error;
  }
}

import { isRecord } from '@llmos-lab/skills';

import { RemoteError } from '../remoteError';
import { mayPush, placeOf } from './branch';
import { unless, type GithubClient, type IGithubPlace } from './client';

/** Whose token it is, and of which kind. */
export interface ITokenOwner {
  readonly login: string;
  /** What a classic token may do; `null` for a fine-grained one, which does not tell. */
  readonly scopes: readonly string[] | null;
}

/** What a token may do with a repository; `absent` also when it may not see it. */
export interface ITokenCheck {
  readonly repository: 'absent' | 'readable' | 'writable';
  /** What to add to the token, in GitHub's words; empty when nothing. */
  readonly missing: readonly string[];
}

/** @throws RemoteError `unauthorized` when the token is wrong or has expired */
export async function readOwner(client: GithubClient): Promise<ITokenOwner> {
  const { data, scopes } = await client.ask('GET /user');
  const listed = scopes?.split(',').map(scope => scope.trim()) ?? null;
  return { login: client.text(data, 'login'), scopes: listed };
}

/**
 * Finds out what a token may do before anything is pushed. Classic tokens tell their
 * scopes; a fine-grained one is tried with an empty blob, which nothing refers to.
 *
 * @throws RemoteError
 */
export async function checkToken(
  client: GithubClient,
  { scopes }: ITokenOwner,
  place: IGithubPlace
): Promise<ITokenCheck> {
  const found = await unless(
    ['not-found'],
    client.ask('GET /repos/{owner}/{repo}', placeOf(place))
  );
  if (scopes !== null) {
    const isPublic = isRecord(found?.data) && found.data.private === false;
    const isEnough =
      scopes.includes('repo') || (isPublic && scopes.includes('public_repo'));
    const mayWrite = isEnough && mayPush(found?.data);
    return {
      repository: !found ? 'absent' : mayWrite ? 'writable' : 'readable',
      missing: isEnough ? [] : ['repo']
    };
  }
  if (!found) {
    return { repository: 'absent', missing: [] };
  }
  const isWritable = mayPush(found.data) && (await tryBlob(client, place));
  return isWritable
    ? { repository: 'writable', missing: [] }
    : { repository: 'readable', missing: ['Contents: Read and write'] };
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

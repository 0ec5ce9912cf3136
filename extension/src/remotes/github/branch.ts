import { isRecord } from '@llmos-lab/skills';

import { unless, type GithubClient, type IGithubPlace } from './client';
import { readCommit } from './commitText';

/** Git's data cannot be written to an empty repository; this commit makes it one that can. */
const SEED = 'Prepare an empty repository for a volume';

/** The branch that a volume is kept in, on a server. */
export interface IGithubBranch {
  /** The repository's default branch. */
  readonly name: string;
  /** The newest commit under the server's name; `null` where there is none of a volume. */
  readonly head: string | null;
  /** Whether anything must be replaced: the commit that prepared the repository. */
  readonly seed: string | null;
}

/** Parameters that name a repository in a route. */
export function placeOf({ owner, name }: IGithubPlace): {
  readonly owner: string;
  readonly repo: string;
} {
  return { owner, repo: name };
}

/** Whether a repository, as GitHub describes it, may be pushed to by who asked. */
export function mayPush(repository: unknown): boolean {
  const permissions = isRecord(repository) ? repository.permissions : undefined;
  return isRecord(permissions) && permissions.push === true;
}

/** Reads where the branch is; an unchanged answer is free (ETag). */
export async function readBranch(
  client: GithubClient,
  place: IGithubPlace
): Promise<IGithubBranch> {
  const remember = { remember: true };
  const found = await client.ask('GET /repos/{owner}/{repo}', placeOf(place), remember);
  const name = client.text(found.data, 'default_branch');
  const ref = await unless(
    // An empty repository answers "conflict".
    ['not-found', 'conflict'],
    client.ask(
      'GET /repos/{owner}/{repo}/git/ref/{ref}',
      { ...placeOf(place), ref: `heads/${name}` },
      remember
    )
  );
  if (!ref) {
    return { name, head: null, seed: null };
  }
  const head = client.text(ref.data, 'object', 'sha');
  return (await isSeed(client, place, head))
    ? { name, head: null, seed: head }
    : { name, head, seed: null };
}

async function isSeed(
  client: GithubClient,
  place: IGithubPlace,
  oid: string
): Promise<boolean> {
  const { data } = await client.ask(
    'GET /repos/{owner}/{repo}/git/commits/{sha}',
    { ...placeOf(place), sha: oid },
    { remember: true }
  );
  const { message, parents } = readCommit(client, data);
  return message === SEED && parents.length === 0;
}

/** Makes the first commit of an empty repository, to be replaced by the volume's. */
export async function seedBranch(
  client: GithubClient,
  place: IGithubPlace,
  branch: IGithubBranch
): Promise<IGithubBranch> {
  const { data } = await client.ask('PUT /repos/{owner}/{repo}/contents/{path}', {
    ...placeOf(place),
    path: '.llmos',
    message: SEED,
    content: btoa('volume\n')
  });
  return { ...branch, seed: client.text(data, 'commit', 'sha') };
}

/** Moves the branch; the server refuses when that would lose a commit of others. */
export async function moveBranch(
  client: GithubClient,
  place: IGithubPlace,
  { name, head, seed }: IGithubBranch,
  to: string
): Promise<void> {
  const isNew = head === null && seed === null;
  await (isNew
    ? client.ask('POST /repos/{owner}/{repo}/git/refs', {
        ...placeOf(place),
        ...{ ref: `refs/heads/${name}`, sha: to }
      })
    : client.ask('PATCH /repos/{owner}/{repo}/git/refs/{ref}', {
        ...placeOf(place),
        ...{ ref: `heads/${name}`, sha: to, force: seed !== null }
      }));
}

import { RemoteError } from '../remoteError';
import { unless, webAddress, type GithubClient, type IGithubPlace } from './client';

/** A repository to be made. */
export interface INewRepository extends IGithubPlace {
  readonly isPrivate: boolean;
  readonly description: string;
}

/** Where the token may not make one, the person can, at `formUrl`. */
export type CreateResult =
  | { readonly kind: 'created'; readonly place: IGithubPlace }
  | { readonly kind: 'exists' }
  | { readonly kind: 'not-allowed'; readonly formUrl: string };

/**
 * Makes an empty repository for a volume, the person's own or an organisation's.
 *
 * @param login whose token it is
 * @throws RemoteError
 */
export async function createRepository(
  client: GithubClient,
  wanted: INewRepository,
  login: string
): Promise<CreateResult> {
  const { owner, name, isPrivate, description } = wanted;
  const route =
    owner.toLowerCase() === login.toLowerCase()
      ? 'POST /user/repos'
      : 'POST /orgs/{org}/repos';
  try {
    const { data } = await client.ask(route, {
      ...(route === 'POST /orgs/{org}/repos' && { org: owner }),
      ...{ name, description, private: isPrivate }
    });
    const place = {
      owner: client.text(data, 'owner', 'login'),
      name: client.text(data, 'name')
    };
    return { kind: 'created', place };
  } catch (error) {
    const code = error instanceof RemoteError ? error.code : '';
    if (!['forbidden', 'not-found', 'refused'].includes(code)) {
      throw error;
    }
    const found = client.ask('GET /repos/{owner}/{repo}', { owner, repo: name });
    if (await unless(['not-found'], found)) {
      return { kind: 'exists' };
    }
    // "Refused" is a fault of the name, which the form would not take either.
    if (code === 'refused') {
      throw error;
    }
    return { kind: 'not-allowed', formUrl: formUrl(client.server, wanted) };
  }
}

/** GitHub's own form for a new repository, filled in. */
function formUrl(
  server: string,
  { owner, name, isPrivate, description }: INewRepository
): string {
  const url = new URL('/new', webAddress(server));
  const visibility = isPrivate ? 'private' : 'public';
  url.search = new URLSearchParams({ owner, name, visibility, description }).toString();
  return url.href;
}

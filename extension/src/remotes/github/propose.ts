import { encodeBase64, type IAuthor, type IFileChange } from '@llmos-lab/skills';

import { mayPush, placeOf } from './branch';
import { unless, type GithubClient, type IGithubPlace } from './client';

/** How long a copy that GitHub makes is waited for, between two looks, in ms. */
const FORK_PAUSES = [1000, 2000, 4000, 8000];

/** A change that others decide on. */
export interface IProposal {
  /** Name of the branch that carries it. */
  readonly branch: string;
  readonly title: string;
  /** Markdown. */
  readonly body: string;
  readonly message: string;
  readonly author: IAuthor;
  readonly changes: readonly IFileChange[];
}

/**
 * Opens a pull request with one commit on top of the default branch: in the repository
 * itself where the token may write, else from the person's own copy of it. Proposed again,
 * the branch moves and the pull request stays.
 *
 * @param login whose token it is
 * @returns the address of the pull request, for people
 * @throws RemoteError
 */
export async function proposeChange(
  client: GithubClient,
  place: IGithubPlace,
  login: string,
  proposal: IProposal
): Promise<string> {
  const { data } = await client.ask('GET /repos/{owner}/{repo}', placeOf(place));
  const base = client.text(data, 'default_branch');
  const own = mayPush(data) ? place : await fork(client, place);
  const commit = await writeProposal(client, place, own, base, proposal);
  await putBranch(client, own, proposal.branch, commit);
  const head = `${own === place ? place.owner : login}:${proposal.branch}`;
  const open = await client.ask('GET /repos/{owner}/{repo}/pulls', {
    ...placeOf(place),
    ...{ head, state: 'open' }
  });
  const [known] = Array.isArray(open.data) ? (open.data as readonly unknown[]) : [];
  if (known !== undefined) {
    return client.text(known, 'html_url');
  }
  const { title, body } = proposal;
  const made = await client.ask('POST /repos/{owner}/{repo}/pulls', {
    ...placeOf(place),
    ...{ title, body, head, base }
  });
  return client.text(made.data, 'html_url');
}

/**
 * The person's own copy; GitHub gives the one that is there. A new one is made after the
 * answer, and takes no objects until then.
 * https://docs.github.com/rest/repos/forks#create-a-fork
 */
async function fork(client: GithubClient, place: IGithubPlace): Promise<IGithubPlace> {
  const route = 'POST /repos/{owner}/{repo}/forks';
  const { data } = await client.ask(route, placeOf(place));
  const own = {
    owner: client.text(data, 'owner', 'login'),
    name: client.text(data, 'name')
  };
  const ref = `heads/${client.text(data, 'default_branch')}`;
  const ask = (): ReturnType<GithubClient['ask']> =>
    client.ask('GET /repos/{owner}/{repo}/git/ref/{ref}', { ...placeOf(own), ref });
  for (const pause of FORK_PAUSES) {
    if (await unless(['not-found', 'conflict'], ask())) {
      return own;
    }
    await new Promise(done => setTimeout(done, pause));
  }
  await ask();
  return own;
}

async function writeProposal(
  client: GithubClient,
  place: IGithubPlace,
  own: IGithubPlace,
  base: string,
  { changes, message, author }: IProposal
): Promise<string> {
  const ref = await client.ask('GET /repos/{owner}/{repo}/git/ref/{ref}', {
    ...placeOf(place),
    ref: `heads/${base}`
  });
  const parent = client.text(ref.data, 'object', 'sha');
  const commit = await client.ask('GET /repos/{owner}/{repo}/git/commits/{sha}', {
    ...placeOf(place),
    sha: parent
  });
  const tree: object[] = [];
  for (const { path, content } of changes) {
    const entry = { path, mode: '100644', type: 'blob' };
    tree.push({
      ...entry,
      sha: content === null ? null : await postBlob(client, own, content)
    });
  }
  const made = await client.ask('POST /repos/{owner}/{repo}/git/trees', {
    ...placeOf(own),
    ...{ base_tree: client.text(commit.data, 'tree', 'sha'), tree }
  });
  const { name, email, time } = author;
  const person = { name, email, date: new Date(time * 1000).toISOString() };
  const { data } = await client.ask('POST /repos/{owner}/{repo}/git/commits', {
    ...placeOf(own),
    ...{ message, parents: [parent], tree: client.text(made.data, 'sha') },
    ...{ author: person, committer: person }
  });
  return client.text(data, 'sha');
}

async function postBlob(
  client: GithubClient,
  own: IGithubPlace,
  content: Uint8Array
): Promise<string> {
  const { data } = await client.ask('POST /repos/{owner}/{repo}/git/blobs', {
    ...placeOf(own),
    ...{ content: encodeBase64(content), encoding: 'base64' }
  });
  return client.text(data, 'sha');
}

async function putBranch(
  client: GithubClient,
  own: IGithubPlace,
  branch: string,
  sha: string
): Promise<void> {
  const there = await unless(
    ['not-found'],
    client.ask('GET /repos/{owner}/{repo}/git/ref/{ref}', {
      ...placeOf(own),
      ref: `heads/${branch}`
    })
  );
  if (there === null) {
    const made = { ref: `refs/heads/${branch}`, sha };
    await client.ask('POST /repos/{owner}/{repo}/git/refs', {
      ...placeOf(own),
      ...made
    });
  } else if (client.text(there.data, 'object', 'sha') !== sha) {
    // Nobody else's: the branch carries this one proposal.
    await client.ask('PATCH /repos/{owner}/{repo}/git/refs/{ref}', {
      ...placeOf(own),
      ...{ ref: `heads/${branch}`, sha, force: true }
    });
  }
}

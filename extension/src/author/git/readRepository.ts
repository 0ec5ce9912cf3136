import type { TranslationBundle } from '@jupyterlab/translation';
import {
  checkIncoming,
  decodeBase64,
  decodeCommit,
  decodeTree,
  formatSkill,
  isRecord,
  IMPORT_LIMITS,
  type IGitTreeItem,
  type IImport,
  type IImportedSkill,
  type IIncomingFile
} from '@llmos-lab/skills';
import { UUID } from '@lumino/coreutils';

import type { IWatch } from '../../archive/longWork';
import type { INetWorker } from '../../net/protocol';
import { placeOf } from '../../remotes/github/branch';
import { unless, type GithubClient } from '../../remotes/github/client';
import { RemoteError, remoteError, sayDetail } from '../../remotes/remoteError';
import type { IGitSource } from './address';

/** Files of a repository, and which commit they are of. */
export interface IReadRepository {
  readonly files: readonly IIncomingFile[];
  readonly commit: string;
}

/** Files asked of GitHub one by one; without an account it answers 60 requests an hour. */
export const MAX_GITHUB_FILES = 300;
/** A pack of Git, and its objects: a repository that is larger is none of skills. */
const MAX_PACK = { maxBytes: 64 * 1024 * 1024, maxObjects: 20_000 };
const LINK = '120000';
/** Folders in folders. */
const MAX_DEPTH = 50;

/**
 * Reads a folder of a repository through GitHub's API. Names and sizes are checked before
 * any file is asked for; links and submodules are left out.
 *
 * @throws RemoteError, Error for what is too large, or not there
 */
export async function readFromGithub(
  client: GithubClient,
  source: IGitSource,
  watch: IWatch,
  trans: TranslationBundle
): Promise<IReadRepository> {
  const { owner = '', name = '' } = source.github ?? {};
  const place = placeOf({ owner, name });
  const found = await client.ask('GET /repos/{owner}/{repo}', place);
  const ref = source.ref || client.text(found.data, 'default_branch');
  const { commit, tree } = await githubCommit(client, place, ref);
  const folder =
    (await githubFolder(client, place, tree, source.folder)) ??
    noFolder(source.folder, trans);
  const { data } = await client.ask('GET /repos/{owner}/{repo}/git/trees/{sha}', {
    ...{ ...place, sha: folder, recursive: '1' }
  });
  const entries = client
    .list(data, 'tree')
    .filter(isRecord)
    .filter(({ type, mode }) => type === 'blob' && mode !== LINK)
    .map(item => ({
      path: client.text(item, 'path'),
      oid: client.text(item, 'sha'),
      size: typeof item.size === 'number' ? item.size : 0
    }));
  const isCut = isRecord(data) && data.truncated === true;
  if (isCut || entries.length > MAX_GITHUB_FILES) {
    throw new Error(
      isCut
        ? trans.__(
            'There are too many files; at most %1 can be read at once. Name the folder of the skills.',
            MAX_GITHUB_FILES
          )
        : trans.__(
            'There are %1 files; at most %2 can be read at once. Name the folder of the skills.',
            ...[entries.length, MAX_GITHUB_FILES]
          )
    );
  }
  checkIncoming(entries);
  const files: IIncomingFile[] = [];
  for (const { path, oid } of entries) {
    watch.signal.throwIfAborted();
    const blob = await client.ask('GET /repos/{owner}/{repo}/git/blobs/{sha}', {
      ...{ ...place, sha: oid }
    });
    const content = client.text(blob.data, 'content').replace(/\s/g, '');
    files.push({ path, bytes: decodeBase64(content) });
    watch.progress(files.length / entries.length);
  }
  return { files, commit };
}

type GithubPlaceParameters = ReturnType<typeof placeOf>;

/** A branch or a tag by its name, else a commit by its hash. */
async function githubCommit(
  client: GithubClient,
  place: GithubPlaceParameters,
  ref: string
): Promise<{ readonly commit: string; readonly tree: string }> {
  const route = 'GET /repos/{owner}/{repo}/git/ref/{ref}';
  const found =
    (await unless(
      ['not-found'],
      client.ask(route, { ...place, ref: `heads/${ref}` })
    )) ??
    (await unless(['not-found'], client.ask(route, { ...place, ref: `tags/${ref}` })));
  const named = found ? client.text(found.data, 'object', 'sha') : ref;
  const isTag = found !== null && client.text(found.data, 'object', 'type') === 'tag';
  const commit = isTag
    ? client.text(
        (
          await client.ask('GET /repos/{owner}/{repo}/git/tags/{sha}', {
            ...{ ...place, sha: named }
          })
        ).data,
        'object',
        'sha'
      )
    : named;
  const { data } = await client.ask('GET /repos/{owner}/{repo}/git/commits/{sha}', {
    ...{ ...place, sha: commit }
  });
  return { commit, tree: client.text(data, 'tree', 'sha') };
}

/** The tree of a folder; null where there is none. */
async function githubFolder(
  client: GithubClient,
  place: GithubPlaceParameters,
  root: string,
  folder: string
): Promise<string | null> {
  let tree = root;
  for (const part of folder.split('/').filter(each => each !== '')) {
    const { data } = await client.ask('GET /repos/{owner}/{repo}/git/trees/{sha}', {
      ...{ ...place, sha: tree }
    });
    const item = client
      .list(data, 'tree')
      .filter(isRecord)
      .find(({ path, type }) => path === part && type === 'tree');
    if (!item) {
      return null;
    }
    tree = client.text(item, 'sha');
  }
  return tree;
}

/**
 * Reads a folder of a repository on any server that lets pages of other sites read it:
 * its newest commit only, within limits.
 *
 * @throws RemoteError, Error for what is too large, or not there
 */
export async function readFromGit(
  net: INetWorker,
  { url, ref, folder }: IGitSource,
  watch: IWatch,
  trans: TranslationBundle
): Promise<IReadRepository> {
  const open = <T>(answer: GitAnswerOf<T>): T => {
    if (!answer.ok) {
      watch.signal.throwIfAborted();
      throw remoteError(answer.problem, url, trans);
    }
    return answer.data;
  };
  // A name of its own: a volume may be signed in to the same address.
  const name = UUID.uuid4();
  const problem = await net.openGit({ url, user: '', password: '' }, name);
  if (problem) {
    throw new RemoteError(problem.code, sayDetail(problem, trans));
  }
  const stop = (): void => void net.stop(name);
  watch.signal.addEventListener('abort', stop);
  try {
    const refs = open(await net.gitRefs(name, { job: name }));
    watch.progress(0.2);
    const wanted = {
      ...{ ...MAX_PACK, branch: ref || (refs.head ?? 'main') },
      ...{ have: null, depth: 1 }
    };
    const { head, objects } = open(await net.gitFetch(name, wanted, { job: name }));
    watch.progress(0.8);
    const bodies = new Map(objects.map(({ oid, body }) => [oid, body]));
    return { files: filesIn(bodies, head, folder, trans), commit: head };
  } finally {
    watch.signal.removeEventListener('abort', stop);
    await net.close(name);
  }
}

type GitAnswerOf<T> =
  | { readonly ok: true; readonly data: T }
  | { readonly ok: false; readonly problem: Parameters<typeof remoteError>[0] };

/**
 * The files of a folder in a commit whose objects are here. A few objects can name one
 * another so often that they stand for more files than anyone can count, so it stops
 * where there are too many.
 *
 * @throws Error for what is too large, or not there
 */
export function filesIn(
  bodies: ReadonlyMap<string, Uint8Array>,
  head: string,
  folder: string,
  trans: TranslationBundle
): readonly IIncomingFile[] {
  const body = (oid: string): Uint8Array => {
    const found = bodies.get(oid);
    if (!found) {
      throw new Error(trans.__('The server did not send the object %1.', oid));
    }
    return found;
  };
  let tree = decodeCommit(body(head)).tree;
  for (const part of folder.split('/').filter(each => each !== '')) {
    const item = decodeTree(body(tree)).find(
      ({ name, mode }) => name === part && mode === '40000'
    );
    tree = item?.oid ?? noFolder(folder, trans);
  }
  const files: IIncomingFile[] = [];
  let folders = 0;
  const walk = (oid: string, prefix: string, depth: number): void => {
    folders += 1;
    if (Math.max(folders, files.length) > IMPORT_LIMITS.files || depth > MAX_DEPTH) {
      throw new Error(
        trans.__(
          'There are more than %1 files or folders, or folders more than %2 deep. Name the folder of the skills.',
          ...[IMPORT_LIMITS.files, MAX_DEPTH]
        )
      );
    }
    for (const item of decodeTree(body(oid))) {
      const path = prefix + item.name;
      if (item.mode === '40000') {
        walk(item.oid, `${path}/`, depth + 1);
      } else if (isFile(item)) {
        files.push({ path, bytes: body(item.oid) });
      }
    }
  };
  walk(tree, '', 0);
  checkIncoming(files.map(({ path, bytes }) => ({ path, size: bytes.length })));
  return files;
}

/** Says in each skill where it came from: repository, commit, folder. */
export function withSource(
  found: IImport,
  { url, folder }: IGitSource,
  commit: string
): IImport {
  const source = { url, commit, ...(folder !== '' && { folder }) };
  const skills = found.skills.map((skill): IImportedSkill => ({
    ...skill,
    text: formatSkill(skill.text, { keys: { imported_from: source } })
  }));
  return { ...found, skills };
}

function isFile({ mode }: IGitTreeItem): boolean {
  return mode !== LINK && mode !== '160000';
}

function noFolder(folder: string, trans: TranslationBundle): never {
  throw new Error(trans.__('The repository has no folder "%1".', folder));
}

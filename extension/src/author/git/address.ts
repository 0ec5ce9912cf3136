import { tidyAddress } from '../../remotes/git/connection';

/** Where skills are to be read from, as the person means it. */
export interface IGitSource {
  /** Address of the repository, without a final `.git` on GitHub. */
  readonly url: string;
  /** Owner and name, where it is on github.com. */
  readonly github?: { readonly owner: string; readonly name: string };
  /** A branch or tag; empty means the default branch. */
  readonly ref: string;
  /** Empty means the whole repository. */
  readonly folder: string;
}

const GITHUB = /^https:\/\/(?:www\.)?github\.com\/([\w.-]+)\/([\w.-]+?)(?:\.git)?$/;
/** The page of a folder or file on GitHub, as people copy it from the address bar. */
const PAGE =
  /^(https:\/\/(?:www\.)?github\.com\/[\w.-]+\/[\w.-]+)\/(?:tree|blob)\/([^/]+)\/?(.*)$/;

/**
 * Reads what a person enters: the address of any repository, or of a page on GitHub that
 * shows a folder of one. What is entered beside it wins.
 */
export function readGitSource(
  text: string,
  { ref = '', folder = '' }: { readonly ref?: string; readonly folder?: string } = {}
): IGitSource {
  const address = tidyAddress(text.trim().replace(/^git@([^:/]+):/, 'https://$1/'));
  const [, base, pageRef = '', pageFolder = ''] = PAGE.exec(address) ?? [];
  const url = base ?? address;
  const [, owner, name] = GITHUB.exec(url) ?? [];
  const isGithub = owner !== undefined && name !== undefined;
  return {
    url: isGithub ? `https://github.com/${owner}/${name}` : url,
    ...(isGithub && { github: { owner, name } }),
    ref: ref.trim() || decodeURIComponent(pageRef),
    folder: tidyFolder(folder) || folderOfPage(decodeURIComponent(pageFolder))
  };
}

function tidyFolder(folder: string): string {
  return folder.trim().replace(/^\/+|\/+$/g, '');
}

/** The page of a single skill file stands for its folder. */
function folderOfPage(path: string): string {
  return tidyFolder(path.replace(/(^|\/)[^/]*\.md$/i, ''));
}

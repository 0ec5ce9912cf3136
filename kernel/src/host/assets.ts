import { PageConfig } from '@jupyterlab/coreutils';

/**
 * Whether the page is our own site, with its service worker and all that it promises, and
 * not somebody's JupyterLab or JupyterLite with the extensions in it.
 */
export function isOwnSite(): boolean {
  return PageConfig.getOption('llmosUrl') !== '';
}

/**
 * Address of one of our files that are no part of a script: the sandbox page, engines,
 * lists. Our site has them in a folder of its own, which it names as `llmosUrl`; elsewhere
 * they stand in the labextension, where `pip` puts it.
 *
 * @param path Path in that folder; without it the folder, with a slash at its end
 */
export function assetUrl(path = ''): string {
  const extensions = PageConfig.getOption('fullLabextensionsUrl');
  const folder =
    PageConfig.getOption('llmosUrl') || `${extensions}/@llmos-lab/kernel/llmos/`;
  return new URL(path, new URL(folder, document.baseURI)).href;
}

/** The notebook on which the site opens. */
export const OPENING_NOTEBOOK = 'h2-vqe.ipynb';

/**
 * Whether an address asks for nothing but the site: no notebook of its own, no shared
 * work. Who follows a link to something else is not shown around first. JupyterLab on a
 * server has files in its path, not in its query.
 *
 * @example
 * opensSite({ pathname: '/lab/', search: '?path=h2-vqe.ipynb', hash: '' }); // true
 * opensSite({ pathname: '/lab/', search: '?path=mine.ipynb', hash: '' }); // false
 * opensSite({ pathname: '/lab/tree/mine.ipynb', search: '', hash: '' }); // false
 */
export function opensSite({
  pathname,
  search,
  hash
}: Pick<Location, 'pathname' | 'search' | 'hash'>): boolean {
  const asked = [...new URLSearchParams(search)];
  return (
    hash.length <= 1 &&
    !pathname.includes('/tree/') &&
    asked.every(
      ([name, value]) =>
        name === 'reset' || (name === 'path' && value === OPENING_NOTEBOOK)
    )
  );
}

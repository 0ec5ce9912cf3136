/** The notebook on which the site opens. */
export const OPENING_NOTEBOOK = 'h2-vqe.ipynb';

/**
 * Whether an address asks for nothing but the site: no notebook of its own, no shared
 * work. Who follows a link to something else is not shown around first.
 *
 * @example
 * opensSite('?path=h2-vqe.ipynb', ''); // true
 * opensSite('?path=mine.ipynb', ''); // false
 */
export function opensSite(search: string, hash: string): boolean {
  const asked = [...new URLSearchParams(search)];
  return (
    hash.length <= 1 &&
    asked.every(
      ([name, value]) =>
        name === 'reset' || (name === 'path' && value === OPENING_NOTEBOOK)
    )
  );
}

import type { TranslationBundle } from '@jupyterlab/translation';

/** Where Git keeps branches. */
export const HEADS = 'refs/heads/';
/** Where the newest commit of a volume's files is. */
export const MAIN = `${HEADS}main`;

/** What neither Git nor file systems take in names, and letters that nobody sees. */
const FORBIDDEN = /[\p{C}\p{Z}~^:?*[\\<>"|]|\.\.|@\{/u;
/** A folder or file of a branch, which is one in Git. */
const PART = /^[^.].*(?<!\.|\.lock)$/u;

/**
 * Whether a branch may have this name: what Git takes (`git check-ref-format`), and file
 * systems too.
 */
export function isBranchName(name: string): boolean {
  return (
    name.length <= 200 &&
    !FORBIDDEN.test(name) &&
    !/^(?:-.*|@|HEAD)$/.test(name) &&
    name.split('/').every(part => PART.test(part))
  );
}

/** Why no branch can have this name, in a sentence; null when one can. */
export function badBranchName(name: string, trans: TranslationBundle): string | null {
  return isBranchName(name)
    ? null
    : trans.__(
        '"%1" is no name for a branch. Use letters, digits, "-", "_", "." and "/".',
        name
      );
}

/**
 * Why a further branch cannot have this name, in a sentence; null when it can.
 *
 * @param refs names of those that there are, as Git has them
 */
export function takenBranchName(
  name: string,
  refs: Iterable<string>,
  trans: TranslationBundle
): string | null {
  const taken = [MAIN, ...refs].find(ref => clash(ref, HEADS + name));
  return taken === undefined
    ? null
    : trans.__(
        'There is a branch "%1" already. Choose another name.',
        taken.slice(HEADS.length)
      );
}

/** A branch is a file in Git: `a` and `a/b` cannot both be, nor `a` and `A` everywhere. */
function clash(a: string, b: string): boolean {
  const [one, two] = [a.toLowerCase(), b.toLowerCase()];
  return one === two || one.startsWith(`${two}/`) || two.startsWith(`${one}/`);
}

/** Where Git keeps branches. */
export const HEADS = 'refs/heads/';
/** Where the newest commit of a volume's files is. */
export const MAIN = `${HEADS}main`;

const PART = /^[\p{L}\p{N}_][\p{L}\p{N}._-]*$/u;

/** Whether a branch may have this name: what Git takes, and file systems too. */
export function isBranchName(name: string): boolean {
  return (
    name.length <= 100 &&
    !name.includes('..') &&
    name
      .split('/')
      .every(part => PART.test(part) && !part.endsWith('.lock') && !part.endsWith('.'))
  );
}

/** Why no branch can have this name, in a sentence; null when one can. */
export function badBranchName(name: string): string | null {
  return isBranchName(name)
    ? null
    : `"${name}" is no name for a branch. Use letters, digits, "-", "_", "." and "/".`;
}

/**
 * Why a further branch cannot have this name, in a sentence; null when it can.
 *
 * @param refs names of those that there are, as Git has them
 */
export function takenBranchName(name: string, refs: Iterable<string>): string | null {
  const taken = [MAIN, ...refs].find(ref => clash(ref, HEADS + name));
  return taken === undefined
    ? null
    : `There is a branch "${taken.slice(HEADS.length)}" already. Choose another name.`;
}

/** A branch is a file in Git: `a` and `a/b` cannot both be, nor `a` and `A` everywhere. */
function clash(a: string, b: string): boolean {
  const [one, two] = [a.toLowerCase(), b.toLowerCase()];
  return one === two || one.startsWith(`${two}/`) || two.startsWith(`${one}/`);
}

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

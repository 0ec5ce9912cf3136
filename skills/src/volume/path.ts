import { VolumeError } from './store';

const WINDOWS_DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?$/i;
// eslint-disable-next-line no-control-regex -- these are what must not stand in a path
const FORBIDDEN = /[\u0000-\u001f\u007f\\:*?"<>|]/;

/** What is wrong with a path; `part` is the name that is. */
export type PathFault =
  | { readonly code: 'empty-part' | 'not-composed' | 'odd-character' }
  | { readonly code: 'leaves' | 'of-git' | 'not-on-windows'; readonly part: string };

/**
 * What is wrong with a path in a volume, or `null` when it may be used: relative,
 * `/` between parts, no `.`, `..` or `.git`, and nothing that another system's file
 * system would refuse or read as something else.
 */
export function pathFault(path: string): PathFault | null {
  const parts = path.split('/');
  if (path === '' || parts.includes('')) {
    return { code: 'empty-part' };
  }
  if (path !== path.normalize('NFC')) {
    return { code: 'not-composed' };
  }
  for (const part of parts) {
    if (part === '.' || part === '..') {
      return { code: 'leaves', part };
    }
    if (/^\.git$/i.test(part) || /^git~\d+$/i.test(part)) {
      return { code: 'of-git', part };
    }
    if (FORBIDDEN.test(part)) {
      return { code: 'odd-character' };
    }
    if (WINDOWS_DEVICE.test(part) || /[. ]$/.test(part)) {
      return { code: 'not-on-windows', part };
    }
  }
  return null;
}

/** What is wrong with a path, in English and in words that go on a sentence, or `null`. */
export function pathProblem(path: string): string | null {
  const fault = pathFault(path);
  switch (fault?.code) {
    case undefined:
      return null;
    case 'empty-part':
      return 'it has an empty part';
    case 'not-composed':
      return 'it is not in Unicode normal form C';
    case 'leaves':
      return `"${fault.part}" would leave the folder`;
    case 'of-git':
      return `"${fault.part}" is a name of Git's own`;
    case 'odd-character':
      return 'it has a character that not every file system takes';
    case 'not-on-windows':
      return `Windows cannot have a file named "${fault.part}"`;
  }
}

/** A name like this one that every file system takes; the same where it is one already. */
export function tidyName(name: string): string {
  return name
    .normalize('NFC')
    .replace(new RegExp(FORBIDDEN, 'g'), '-')
    .replace(/[. ]+$/, '');
}

/**
 * The parts of a path.
 *
 * @throws VolumeError `bad-path`
 */
export function checkPath(path: string): readonly string[] {
  const problem = pathProblem(path);
  if (problem !== null) {
    throw new VolumeError('bad-path', `The path "${path}" cannot be used: ${problem}.`);
  }
  return path.split('/');
}

import { ENGLISH, type IWording } from '../wording';
import { VolumeError } from './store';

const WINDOWS_DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?$/i;
// eslint-disable-next-line no-control-regex -- these are what must not stand in a path
const FORBIDDEN = /[\u0000-\u001f\u007f\\:*?"<>|]/;

/**
 * What is wrong with a path in a volume, in words that go on a sentence, or `null` when it
 * may be used: relative, `/` between parts, no `.`, `..` or `.git`, and nothing that another
 * system's file system would refuse or read as something else.
 */
export function pathProblem(path: string, trans: IWording = ENGLISH): string | null {
  const parts = path.split('/');
  if (path === '' || parts.includes('')) {
    return trans.__('it has an empty part');
  }
  if (path !== path.normalize('NFC')) {
    return trans.__('it is not in Unicode normal form C');
  }
  for (const part of parts) {
    if (part === '.' || part === '..') {
      return trans.__('"%1" would leave the folder', part);
    }
    if (/^\.git$/i.test(part) || /^git~\d+$/i.test(part)) {
      return trans.__('"%1" is a name of Git\'s own', part);
    }
    if (FORBIDDEN.test(part)) {
      return trans.__('it has a character that not every file system takes');
    }
    if (WINDOWS_DEVICE.test(part) || /[. ]$/.test(part)) {
      return trans.__('Windows cannot have a file named "%1"', part);
    }
  }
  return null;
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

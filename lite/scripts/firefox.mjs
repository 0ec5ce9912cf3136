// @ts-check
/** Finds the system's Firefox, and runs the demo notebook in it. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './paths.mjs';
import { runProgram } from './program.mjs';

/**
 * Where Debian, Mozilla's and other packages and macOS have it. `/usr/bin/firefox` is left
 * out: on Ubuntu it is a snap, which sees no profile in a temporary folder.
 */
const PLACES = [
  '/usr/bin/firefox-esr',
  '/usr/lib/firefox/firefox',
  '/usr/lib64/firefox/firefox',
  '/Applications/Firefox.app/Contents/MacOS/firefox'
];

/** @returns {string | undefined} */
export function findFirefox() {
  return [process.env.LLMOS_FIREFOX, ...PLACES].find(path => path && existsSync(path));
}

/**
 * Runs the smoke test, which says what it found.
 * @param {string} firefox
 * @param {readonly string[]} [more]
 * @returns {Promise<number>} Its exit code.
 */
export function smokeFirefox(firefox, more = []) {
  return runProgram(join(ROOT, 'ui-tests/firefox/smoke.ts'), [
    ...['--firefox', firefox, ...more]
  ]);
}

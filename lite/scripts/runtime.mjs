// @ts-check
/** The list of what the site carries of Python, `lite/runtime.json`, and its checks. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LITE } from './paths.mjs';
import { sha256 } from './stamp.mjs';

/**
 * @typedef {object} RuntimeFile
 * @property {string} name Package, as in the lock file.
 * @property {string} file
 * @property {string} version
 * @property {number} size Bytes.
 * @property {string} sha256
 * @property {string} licence SPDX.
 * @property {'core' | 'package' | 'kernel'} role `package`: in the official lock file;
 *   `kernel`: added to it.
 * @property {string[]} from Sources, in the order to try.
 * @property {string[]} [depends] Of a `kernel` file.
 * @property {string[]} [imports] Of a `kernel` file.
 */

/**
 * @typedef {object} RuntimeSource
 * @property {'npm' | 'pypi' | 'cdn'} kind
 * @property {string} [package]
 * @property {string} [version]
 * @property {boolean} [pinned] Only this version has these files: try no newer one.
 * @property {string} [folder] Of a wheel: where in it the files are; none: the wheel itself.
 */

/**
 * @typedef {object} Runtime
 * @property {string} pyodide Version.
 * @property {string} python Version.
 * @property {{ file: string, npm: string, sha256: string }} lock The official lock file.
 * @property {string} cdn Folder of this release on the official CDN.
 * @property {Record<string, RuntimeSource>} sources
 * @property {RuntimeFile[]} files
 */

/** @returns {Runtime} */
export function readRuntime() {
  return JSON.parse(readFileSync(join(LITE, 'runtime.json'), 'utf8'));
}

/**
 * Why these bytes are not that file, or nothing when they are.
 * @param {RuntimeFile} file
 * @param {Uint8Array} bytes
 * @returns {string | undefined}
 */
export function mismatch(file, bytes) {
  if (bytes.byteLength !== file.size) {
    return `${bytes.byteLength} bytes instead of ${file.size}`;
  }
  const hash = sha256(bytes);
  return hash === file.sha256 ? undefined : `sha256 ${hash} instead of ${file.sha256}`;
}

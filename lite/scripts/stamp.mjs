// @ts-check
/** Stamps: a step whose inputs have the same hash as last time need not run again. */
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { CACHE, ROOT } from './paths.mjs';

/** Made by builds and tools: never an input. */
const SKIPPED = new Set([
  'node_modules',
  'lib',
  'dist',
  'labextension',
  '.cache',
  '__pycache__',
  '.pytest_cache',
  'test-results'
]);

/**
 * Writes a whole file or none: to a temporary name first, then by rename.
 * @param {string} path
 * @param {string | Uint8Array} data
 */
export function writeAtomically(path, data) {
  mkdirSync(dirname(path), { recursive: true });
  const temporary = `${path}.${process.pid}.tmp`;
  writeFileSync(temporary, data);
  renameSync(temporary, path);
}

/** @param {string | Uint8Array} data */
export function sha256(data) {
  return createHash('sha256').update(data).digest('hex');
}

/**
 * All files under the paths, sorted, without what builds make.
 * @param {readonly string[]} paths Files or folders; those that do not exist count too.
 * @returns {string[]}
 */
function listInputs(paths) {
  /** @type {string[]} */
  const found = [];
  const visit = (/** @type {string} */ folder) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (SKIPPED.has(entry.name) || entry.name.endsWith('.tsbuildinfo')) {
        continue;
      }
      const path = join(folder, entry.name);
      if (entry.isDirectory()) {
        visit(path);
      } else if (entry.isFile()) {
        found.push(path);
      }
    }
  };
  for (const path of paths) {
    if (!existsSync(path)) {
      continue;
    }
    try {
      visit(path);
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ENOTDIR') {
        throw error;
      }
      found.push(path);
    }
  }
  return found.sort();
}

/**
 * One hash over names and contents of the inputs, and over what else decides the result.
 * @param {readonly string[]} paths
 * @param {...string} more
 */
export function hashInputs(paths, ...more) {
  const hash = createHash('sha256');
  for (const path of listInputs(paths)) {
    hash
      .update(`${relative(ROOT, path)}\0`)
      .update(readFileSync(path))
      .update('\0');
  }
  for (const text of more) {
    hash.update(`${text}\0`);
  }
  return hash.digest('hex');
}

/** @param {string} name */
const stampPath = name => join(CACHE, 'stamps', name);

/**
 * Whether the named step last ended well with this hash and left all its results.
 * @param {string} name
 * @param {string} hash
 * @param {readonly string[]} [results]
 */
export function isCurrent(name, hash, results = []) {
  const path = stampPath(name);
  return (
    existsSync(path) &&
    readFileSync(path, 'utf8').trim() === hash &&
    results.every(result => existsSync(result))
  );
}

/**
 * @param {string} name
 * @param {string} hash
 */
export function writeStamp(name, hash) {
  writeAtomically(stampPath(name), `${hash}\n`);
}

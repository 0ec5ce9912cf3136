// @ts-check
/** The lock file of the site: the official one, trimmed to what is there, plus our own. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SetupError } from './log.mjs';
import { ROOT } from './paths.mjs';
import { sha256 } from './stamp.mjs';

/** @typedef {import('./runtime.mjs').Runtime} Runtime */

/**
 * @typedef {object} LockEntry
 * @property {string} name
 * @property {string} version
 * @property {string} file_name Beside the lock file, or an address.
 * @property {string} install_dir
 * @property {string} sha256
 * @property {string} package_type
 * @property {string[]} imports
 * @property {string[]} depends
 * @property {boolean} unvendored_tests
 */

/** @typedef {{ info: Record<string, string>, packages: Record<string, LockEntry> }} Lock */

/**
 * The official lock file, checked against the hash in `runtime.json`.
 * @param {Runtime} runtime
 * @returns {Lock}
 */
export function readOfficialLock(runtime) {
  const path = join(ROOT, 'node_modules', runtime.lock.npm, runtime.lock.file);
  const bytes = readFileSync(path);
  const hash = sha256(bytes);
  if (hash !== runtime.lock.sha256) {
    throw new SetupError(
      `The lock file of npm ${runtime.lock.npm} has sha256 ${hash}, not ${runtime.lock.sha256} as in lite/runtime.json.`,
      'Install the pinned packages again (npm ci), or update lite/runtime.json on purpose.'
    );
  }
  return JSON.parse(bytes.toString('utf8'));
}

/**
 * A package that is not in the official lock file.
 * @param {Pick<LockEntry, 'name' | 'version' | 'file_name' | 'sha256' | 'depends' | 'imports'>} entry
 * @returns {LockEntry}
 */
export function addedEntry(entry) {
  return {
    ...entry,
    install_dir: 'site',
    package_type: 'package',
    unvendored_tests: false
  };
}

/**
 * Keeps the vendored packages, adds the kernel's and `extra`, sorted by name. Packages
 * in `remote` point to the official CDN.
 * @param {Lock} official
 * @param {Runtime} runtime
 * @param {readonly LockEntry[]} extra
 * @param {ReadonlySet<string>} [remote] File names.
 * @returns {Lock}
 */
export function trimLock(official, runtime, extra, remote = new Set()) {
  /** @type {Record<string, LockEntry>} */
  const packages = {};
  for (const file of runtime.files) {
    if (file.role === 'package') {
      const entry = official.packages[file.name];
      if (!entry || entry.sha256 !== file.sha256) {
        throw new SetupError(
          `lite/runtime.json and the official lock file differ about ${file.name}.`,
          'Take version, file and sha256 from the lock file.'
        );
      }
      packages[file.name] = {
        ...entry,
        file_name: remote.has(file.file) ? runtime.cdn + file.file : entry.file_name
      };
    } else if (file.role === 'kernel') {
      packages[file.name] = addedEntry({
        name: file.name,
        version: file.version,
        file_name: file.file,
        sha256: file.sha256,
        depends: file.depends ?? [],
        imports: file.imports ?? []
      });
    }
  }
  for (const entry of extra) {
    packages[entry.name] = entry;
  }
  return { info: official.info, packages: sortKeys(packages) };
}

/**
 * @template T
 * @param {Record<string, T>} record
 * @returns {Record<string, T>}
 */
function sortKeys(record) {
  return Object.fromEntries(
    Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1))
  );
}

// @ts-check
/**
 * Brings the Python runtime into the cache: every file of `lite/runtime.json`, from
 * whichever source has it, and only with the size and sha256 that stand there.
 */
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SetupError, formatSize } from './log.mjs';
import { CACHE } from './paths.mjs';
import { mismatch } from './runtime.mjs';
import { writeAtomically } from './stamp.mjs';
import { folderSource, sourcesFor } from './vendorSources.mjs';

/** @typedef {import('./runtime.mjs').Runtime} Runtime */
/** @typedef {import('./runtime.mjs').RuntimeFile} RuntimeFile */
/** @typedef {import('./vendorSources.mjs').Source} Source */

/** Accepted files, under their own names. */
export const RUNTIME_CACHE = join(CACHE, 'runtime');

/**
 * @typedef {object} VendorResult
 * @property {RuntimeFile[]} missing Files that no source had.
 * @property {number} fetched How many came from a source now; the rest was in the cache.
 * @property {string[]} tried What was tried and why it did not serve.
 */

/**
 * Where to look, as one list of sources with the files that each may serve. Sources
 * named by the files come in their order; then the wheelhouse; the CDN comes last.
 * @param {Runtime} runtime
 * @param {string | undefined} wheelhouse
 * @returns {{ source: Source, files: RuntimeFile[] }[]}
 */
export function plan(runtime, wheelhouse) {
  const names = Object.keys(runtime.sources);
  const rank = (/** @type {string} */ name) =>
    runtime.sources[name]?.kind === 'cdn' ? 1 : 0;
  const entries = names
    .sort((a, b) => rank(a) - rank(b))
    .flatMap(name => {
      const files = runtime.files.filter(file => file.from.includes(name));
      return sourcesFor(runtime, name).map(source => ({ name, source, files }));
    });
  const first = entries.filter(entry => rank(entry.name) === 0);
  const last = entries.filter(entry => rank(entry.name) === 1);
  const house = wheelhouse
    ? [
        {
          source: folderSource(`LLMOS_WHEELHOUSE (${wheelhouse})`, wheelhouse),
          files: runtime.files
        }
      ]
    : [];
  return [...first, ...house, ...last];
}

/**
 * Asks source after source for what the cache has not, and keeps what matches. Nothing
 * is ever left half-written: files get their name only when checked and complete.
 * @param {readonly { source: Source, files: readonly RuntimeFile[] }[]} sources
 * @param {readonly RuntimeFile[]} files
 * @param {string} cache
 * @returns {Promise<VendorResult>}
 */
export async function vendorInto(sources, files, cache) {
  mkdirSync(cache, { recursive: true });
  let missing = files.filter(file => !isCached(file, cache));
  const total = missing.length;
  /** @type {string[]} */
  const tried = [];
  for (const { source, files: served } of sources) {
    const wanted = missing.filter(file => served.includes(file));
    if (wanted.length === 0) {
      continue;
    }
    const offered = await source.offer(wanted);
    if (typeof offered === 'string') {
      tried.push(`${source.label}: ${offered}`);
      continue;
    }
    for (const file of wanted) {
      const bytes = offered.get(file.file);
      const fault = bytes ? mismatch(file, bytes) : 'not there';
      if (bytes && !fault) {
        writeAtomically(join(cache, file.file), bytes);
      } else {
        tried.push(`${source.label}: ${file.file}: ${fault}`);
      }
    }
    missing = missing.filter(file => !isCached(file, cache));
  }
  return { missing, fetched: total - missing.length, tried };
}

/**
 * @param {RuntimeFile} file
 * @param {string} cache
 */
function isCached(file, cache) {
  const path = join(cache, file.file);
  return existsSync(path) && mismatch(file, readFileSync(path)) === undefined;
}

/**
 * The whole step: fills the cache, or stops and says where it looked.
 * @param {Runtime} runtime
 * @param {{ allowCdn: boolean }} options With `allowCdn`, files that only the official CDN
 *   can serve to the browser are left to it.
 * @returns {Promise<VendorResult>}
 */
export async function vendor(runtime, options) {
  const sources = plan(runtime, process.env.LLMOS_WHEELHOUSE);
  const result = await vendorInto(sources, runtime.files, RUNTIME_CACHE);
  if (result.missing.length === 0) {
    return result;
  }
  const needed = result.missing.filter(file => !file.from.includes('cdn'));
  if (options.allowCdn && needed.length === 0) {
    return result;
  }
  throw new SetupError(
    [
      `${result.missing.length} file(s) of the Python runtime could not be had:`,
      ...result.missing.map(
        file => `  ${file.file} (${formatSize(file.size)}, sha256 ${file.sha256})`
      ),
      'Tried:',
      ...result.tried.map(line => `  ${line}`)
    ].join('\n'),
    needed.length
      ? 'Put these files into a folder and name it: LLMOS_WHEELHOUSE=/path/to/folder.'
      : 'Put these files into a folder and name it (LLMOS_WHEELHOUSE=/path/to/folder), or run again with --allow-cdn: the site then loads just these from the official Pyodide CDN.'
  );
}

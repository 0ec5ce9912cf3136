// @ts-check
/**
 * `npm run audit`: asks the database of https://osv.dev for known weaknesses of what the
 * site ships and what builds it, by name and version; nothing else is sent. Ends with 1
 * where there are some, and with 2 where the database cannot be asked.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { SetupError, runMain, say } from './log.mjs';
import { LITE, ROOT } from './paths.mjs';
import { readRuntime } from './runtime.mjs';

/** @typedef {{ ecosystem: 'npm' | 'PyPI', name: string, version: string }} Package */

const DATABASE = 'https://api.osv.dev';
/** What the database takes at once. */
const BATCH = 1000;
const TIMEOUT_MS = 60_000;

/**
 * Packages of a lock file that are no development tools.
 * @param {string} text package-lock.json
 * @returns {Package[]}
 */
export function npmPackages(text) {
  /** @type {{ packages: Record<string, { version?: string, dev?: boolean, link?: boolean }> }} */
  const { packages } = JSON.parse(text);
  return Object.entries(packages).flatMap(([path, { version, dev, link }]) => {
    const name = path.split('node_modules/').at(-1) ?? '';
    return path.includes('node_modules/') && version && !dev && !link
      ? [{ ecosystem: /** @type {const} */ ('npm'), name, version }]
      : [];
  });
}

/**
 * Packages of a requirements file.
 * @param {string} text
 * @returns {Package[]}
 */
export function pypiPackages(text) {
  return [...text.matchAll(/^([\w.-]+)(?:\[[^\]]*\])?==([\w.+!]+)/gm)].map(
    ([, name = '', version = '']) => ({ ecosystem: 'PyPI', name, version })
  );
}

/** Wheels of the site's Python. @returns {Package[]} */
function runtimePackages() {
  return readRuntime()
    .files.filter(({ file }) => file.endsWith('.whl'))
    .map(({ name, version }) => ({ ecosystem: 'PyPI', name, version }));
}

/**
 * What the database knows of packages, in words.
 * @param {readonly Package[]} packages
 * @param {string} [database]
 * @returns {Promise<string[]>}
 */
export async function findWeaknesses(packages, database = DATABASE) {
  const found = [];
  for (let start = 0; start < packages.length; start += BATCH) {
    const some = packages.slice(start, start + BATCH);
    const queries = some.map(({ ecosystem, name, version }) => ({
      version,
      package: { ecosystem, name }
    }));
    const answer = await fetch(`${database}/v1/querybatch`, {
      method: 'POST',
      body: JSON.stringify({ queries }),
      signal: AbortSignal.timeout(TIMEOUT_MS)
    });
    if (!answer.ok) {
      throw new Error(`${database} answered ${answer.status}`);
    }
    /** @type {{ results: { vulns?: { id: string }[] }[] }} */
    const { results } = await answer.json();
    for (const [at, { vulns = [] }] of results.entries()) {
      const asked = some[at];
      if (asked && vulns.length) {
        const ids = vulns.map(({ id }) => id).join(', ');
        found.push(`${asked.ecosystem} ${asked.name} ${asked.version}: ${ids}`);
      }
    }
  }
  return found;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await runMain(async () => {
    const read = (/** @type {string} */ path) => readFileSync(path, 'utf8');
    const packages = [
      ...npmPackages(read(join(ROOT, 'package-lock.json'))),
      ...pypiPackages(read(join(LITE, 'requirements.txt'))),
      ...runtimePackages()
    ];
    /** @type {string[]} */
    let found;
    try {
      found = await findWeaknesses(packages);
    } catch (error) {
      process.exitCode = 2;
      say(`Not audited: ${DATABASE} cannot be asked (${String(error)}).`);
      return;
    }
    if (found.length) {
      throw new SetupError(
        `Known weaknesses:\n${found.join('\n')}`,
        'https://osv.dev/ID says what each is, and which version mends it.'
      );
    }
    say(`${packages.length} packages, none with a known weakness.`);
  });
}

// @ts-check
/** The list of licences that the site shows under Help: Python wheels and npm packages. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { LITE, ROOT } from './paths.mjs';
import { LABEXTENSIONS } from './extensions.mjs';

/** @typedef {{ name: string, version: string, licence: string, kind: 'app' | 'python' | 'javascript', text?: string }} Licence */
/** @typedef {import('./runtime.mjs').Runtime} Runtime */

const LICENCE_FILE = /(^|\/)(licen[cs]e|copying|notice)[^/]*$/i;
/** Longer texts are cut: the wheel beside them holds them whole. */
const MAX_TEXT = 20_000;

/**
 * @param {Runtime} runtime
 * @param {string} cache Folder with the vendored files.
 * @returns {Promise<Licence[]>}
 */
async function pythonLicences(runtime, cache) {
  const { unzipSync, strFromU8 } = await import('fflate');
  /** @type {Map<string, Licence>} */
  const found = new Map();
  for (const file of runtime.files) {
    const path = join(cache, file.file);
    let text = '';
    if (existsSync(path) && /\.(whl|zip)$/.test(file.file) && file.role !== 'core') {
      const members = unzipSync(readFileSync(path), {
        filter: member =>
          LICENCE_FILE.test(member.name) && member.name.includes('.dist-info/')
      });
      text = Object.values(members)
        .map(data => strFromU8(data))
        .join('\n\n');
    }
    found.set(file.name, {
      name: file.name,
      version: file.version,
      licence: file.licence,
      kind: 'python',
      ...(text && { text: text.slice(0, MAX_TEXT) })
    });
  }
  return [...found.values()];
}

/**
 * npm packages that the bundlers report as parts of the application and of our
 * labextensions.
 * @param {string} site
 * @returns {Licence[]}
 */
function bundledLicences(site) {
  const reports = [
    join(site, 'build'),
    ...LABEXTENSIONS.map(folder => join(ROOT, folder, 'labextension/static'))
  ].map(folder => join(folder, 'third-party-licenses.json'));
  return reports.filter(existsSync).flatMap(path => {
    const report = /** @type {{ packages: Record<string, string>[] }} */ (
      JSON.parse(readFileSync(path, 'utf8'))
    );
    return report.packages.map(entry =>
      javascript(entry.name, entry.versionInfo, entry.licenseId, entry.extractedText)
    );
  });
}

/**
 * Packages that stand in the site without the bundler's report: those that scripts pack
 * themselves, listed in `lite/licences.json` by name.
 * @returns {Licence[]}
 */
function namedLicences() {
  const names = /** @type {string[]} */ (
    JSON.parse(readFileSync(join(LITE, 'licences.json'), 'utf8')).npm
  );
  return names.flatMap(name => {
    const folder = join(ROOT, 'node_modules', name);
    if (!existsSync(join(folder, 'package.json'))) {
      return [];
    }
    const { version, license } = JSON.parse(
      readFileSync(join(folder, 'package.json'), 'utf8')
    );
    const file = readdirSync(folder).find(entry => LICENCE_FILE.test(entry));
    const text = file ? readFileSync(join(folder, file), 'utf8') : '';
    return [javascript(name, version, license, text)];
  });
}

/**
 * @param {string | undefined} name
 * @param {string | undefined} version
 * @param {string | undefined} licence
 * @param {string | undefined} text
 * @returns {Licence}
 */
function javascript(name = '', version = '', licence = 'unknown', text = '') {
  return {
    name,
    version,
    licence,
    kind: 'javascript',
    ...(text && { text: text.slice(0, MAX_TEXT) })
  };
}

/**
 * The whole list, sorted by name, each package once.
 * @param {Runtime} runtime
 * @param {string} cache
 * @param {string} site
 * @returns {Promise<Licence[]>}
 */
export async function collectLicences(runtime, cache, site) {
  const own = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  /** @type {Licence} */
  const app = {
    name: 'LLMos Lab',
    version: own.version,
    licence: own.license,
    kind: 'app',
    text: readFileSync(join(ROOT, 'LICENSE'), 'utf8')
  };
  const others = [
    ...(await pythonLicences(runtime, cache)),
    ...bundledLicences(site),
    ...namedLicences()
  ].filter(entry => entry.name && !entry.name.startsWith('@llmos-lab/'));
  const once = new Map(others.map(entry => [`${entry.name} ${entry.version}`, entry]));
  const sorted = [...once.values()].sort((a, b) =>
    a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1
  );
  return [app, ...sorted];
}

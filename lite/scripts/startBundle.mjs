// @ts-check
/**
 * One script for all that the application loads when it starts. JupyterLite comes as some
 * hundred chunks, each a request (through the service worker, from the second visit on)
 * and a compilation of its own. Chunks only put functions into a list, so they can stand
 * one after the other in front of the script that starts.
 */
import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { LABEXTENSIONS } from './extensions.mjs';
import { LITE, ROOT } from './paths.mjs';
import { sha256 } from './stamp.mjs';
import { startFiles } from './startFiles.mjs';

/** Where the page says which script starts it. */
const MAIN = /(<link id="jupyter-lite-main"[^>]*href=")([^"?]*)[^"]*(")/;

/**
 * Names of JupyterLite's chunks that are asked for until a notebook stands, without
 * their hashes; they are the same as long as its version is. Written by
 * `ui-tests/record/startChunks.mjs`.
 */
const RECORDED = join(LITE, 'startChunks.json');

/**
 * @param {string} site
 * @returns {Promise<string>} What was joined, for the build's log.
 */
export async function joinStart(site) {
  const page = join(site, 'lab/index.html');
  const html = readFileSync(page, 'utf8');
  const main = MAIN.exec(html)?.[2];
  if (!main) {
    throw new Error(`${page} does not say which script starts it.`);
  }
  const names = JSON.parse(readFileSync(RECORDED, 'utf8'));
  const chunks = findChunks(join(site, 'build'), names);
  const own = await ownChunks(site);
  const paths = [...chunks, ...own, join(site, 'lab', main)];
  const code = paths.map(path => readFileSync(path, 'utf8')).join('\n;\n');
  const file = `start.${sha256(code).slice(0, 16)}.js`;
  writeFileSync(join(site, 'build/lab', file), code);
  writeFileSync(page, html.replace(MAIN, `$1../build/lab/${file}$3`));
  paths.forEach(path => rmSync(path));
  const missing = names.length - chunks.length;
  const note = missing
    ? `; ${missing} recorded ones are no more, record them anew`
    : '';
  return `${paths.length} scripts, ${(code.length / 1e6).toFixed(1)} MB${note}`;
}

/**
 * @param {string} folder
 * @param {readonly string[]} names
 */
function findChunks(folder, names) {
  const files = readdirSync(folder);
  return names
    .map(name =>
      files.find(file => file.startsWith(`${name}.`) && file.endsWith('.js'))
    )
    .filter(file => file !== undefined)
    .map(file => join(folder, file));
}

/**
 * Chunks of our labextensions. Not their entries, which find their folder by the script
 * that they are.
 * @param {string} site
 */
async function ownChunks(site) {
  const files = await startFiles(
    LABEXTENSIONS.map(folder => {
      const { name } = JSON.parse(
        readFileSync(join(ROOT, folder, 'package.json'), 'utf8')
      );
      return join(site, 'extensions', name);
    })
  );
  return files.filter(path => !basename(path).startsWith('remoteEntry.'));
}

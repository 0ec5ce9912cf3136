// @ts-check
/**
 * A few scripts for all that the application loads when it starts. JupyterLite comes as
 * some hundred chunks, each a request (through the service worker, from the second visit
 * on) and a compilation of its own. Chunks only put functions into a list, so they can
 * stand one after the other in front of the script that starts. They are more than one
 * script since browsers read each, and the code that they have compiled of it before, on
 * a thread of its own.
 */
import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { LABEXTENSIONS } from './extensions.mjs';
import { LITE, ROOT } from './paths.mjs';
import { sha256 } from './stamp.mjs';
import { startFiles } from './startFiles.mjs';

/** Where the page says which script starts it. */
const MAIN = /(<link id="jupyter-lite-main"[^>]*href=")([^"?]*)[^"]*("[^>]*>)/;

/** How many scripts; with more of them a second visit came no sooner. */
const PARTS = 2;

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
  const code = paths.map(path => readFileSync(path, 'utf8'));
  const files = shareOut(code, PARTS).map((part, index) =>
    writeHashed(join(site, 'build/lab'), `start-${index + 1}`, part)
  );
  const loader = writeHashed(join(site, 'build/lab'), 'start', loaderOf(files));
  const preloads = files.map(
    file => `\n    <link rel="preload" href="../build/lab/${file}" as="script">`
  );
  writeFileSync(
    page,
    html.replace(MAIN, `$1../build/lab/${loader}$3${preloads.join('')}`)
  );
  paths.forEach(path => rmSync(path));
  const missing = names.length - chunks.length;
  const note = missing
    ? `; ${missing} recorded ones are no more, record them anew`
    : '';
  const { length } = code.join('');
  return `${paths.length} scripts, ${(length / 1e6).toFixed(1)} MB${note}`;
}

/**
 * Joins scripts to some of about the same length, in their order.
 * @param {readonly string[]} scripts
 * @param {number} parts
 * @returns {string[]}
 */
function shareOut(scripts, parts) {
  const all = scripts.reduce((sum, { length }) => sum + length, 0);
  /** @type {string[][]} */
  const shares = Array.from({ length: parts }, () => []);
  let before = 0;
  for (const script of scripts) {
    // By its middle, so that a long one goes where most of it belongs.
    const place = Math.floor((parts * (before + script.length / 2)) / all);
    shares[place]?.push(script);
    before += script.length;
  }
  return shares.map(share => share.join('\n;\n'));
}

/**
 * @param {string} folder
 * @param {string} name
 * @param {string} text
 * @returns {string} Its name with its hash.
 */
function writeHashed(folder, name, text) {
  const file = `${name}.${sha256(text).slice(0, 16)}.js`;
  writeFileSync(join(folder, file), text);
  return file;
}

/**
 * A script that starts the application: browsers load the parts beside each other, and
 * run them one after the other.
 * @param {readonly string[]} files
 */
function loaderOf(files) {
  return `for (const file of ${JSON.stringify(files)}) {
  const script = document.createElement('script');
  script.src = new URL(file, document.currentScript.src).href;
  script.async = false;
  document.head.append(script);
}
`;
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

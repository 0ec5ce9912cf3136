// @ts-check
/**
 * Which files the service worker keeps, so that the site opens without a network: all
 * that a browser may ask for, each with the hash that it must have.
 */
import {
  existsSync,
  readFileSync,
  readdirSync,
  renameSync,
  statSync,
  writeFileSync
} from 'node:fs';
import { join, sep } from 'node:path';
import { sha256 } from './stamp.mjs';

const WORKER = 'service-worker.js';
const FRONT = /^const LLMOS_SITE=.*;\n/;

/** For servers, for browsers of long ago (fonts), and the worker itself. */
const LEFT_OUT = /^(_headers|service-worker\.js)$|\.(br|gz|eot|ttf)$/;

/**
 * Paths with hash and size, sorted.
 * @param {string} site
 * @returns {Record<string, [sha256: string, bytes: number]>}
 */
export function listFiles(site) {
  /** @type {Record<string, [string, number]>} */
  const files = {};
  for (const name of readdirSync(site, { recursive: true, encoding: 'utf8' }).sort()) {
    const path = name.split(sep).join('/');
    const place = join(site, name);
    if (!LEFT_OUT.test(path) && statSync(place).isFile()) {
      const bytes = readFileSync(place);
      files[path] = [sha256(bytes), bytes.length];
    }
  }
  return files;
}

/**
 * Puts our service worker in the place of JupyterLite's, behind the list of files of
 * this build. Another list makes another worker, which is how browsers notice a new
 * build. Called anew for a site with other files.
 * @param {string} site
 */
export function writeServiceWorker(site) {
  const bundled = join(site, 'llmos', WORKER);
  if (existsSync(bundled)) {
    renameSync(bundled, join(site, WORKER));
  }
  const files = listFiles(site);
  const version = sha256(JSON.stringify(files)).slice(0, 16);
  const path = join(site, WORKER);
  const code = readFileSync(path, 'utf8').replace(FRONT, '');
  const list = JSON.stringify({ version, files });
  writeFileSync(path, `const LLMOS_SITE=${list};\n${code}`);
  return Object.keys(files).length;
}

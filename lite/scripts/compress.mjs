// @ts-check
/**
 * Brotli and gzip files beside the originals, for servers that send them as they are
 * (ours, nginx, Caddy): compressing once and well instead of each time and quickly.
 */
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  statSync,
  writeFileSync
} from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

/**
 * Only what nobody edits in a finished site: a changed original beside an old compressed
 * file would never be seen.
 */
const FOLDERS = ['build', 'extensions', 'llmos', 'pyodide'];
/** What is not compressed already. */
const KINDS = /\.(js|mjs|css|json|svg|wasm|map|ipynb)$|python-(files|libraries)\.bin$/;
const LEAST_BYTES = 1024;
/** At once: more than the cores would only hold memory. */
const AT_ONCE = 4;
/** The best (11) takes ten times as long for a tenth less. */
const QUALITY = 9;

/** @type {Record<'.br' | '.gz', (bytes: Buffer) => Promise<Buffer>>} */
const FORMS = {
  '.br': bytes =>
    promisify(brotliCompress)(bytes, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: QUALITY,
        [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length
      }
    }),
  '.gz': bytes => promisify(gzip)(bytes, { level: 9 })
};

/**
 * Compresses the site's files; what was compressed in an earlier build is taken from
 * there.
 * @param {string} site
 * @param {string} cache
 * @returns {Promise<string>} How much smaller, for the build's log.
 */
export async function compressSite(site, cache) {
  const kept = join(cache, 'compressed');
  mkdirSync(kept, { recursive: true });
  const files = FOLDERS.flatMap(folder => filesIn(join(site, folder)));
  const sizes = { plain: 0, '.br': 0, '.gz': 0 };
  const waiting = files.values();
  const work = async () => {
    for (const path of waiting) {
      const bytes = readFileSync(path);
      sizes.plain += bytes.length;
      const brotli = await compressFile(path, bytes, '.br', kept);
      const gzipped = await compressFile(path, bytes, '.gz', kept);
      sizes['.br'] += brotli;
      sizes['.gz'] += gzipped;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  const mb = (/** @type {number} */ bytes) => (bytes / 1e6).toFixed(1);
  return `${files.length} files of ${mb(sizes.plain)} MB: Brotli ${mb(sizes['.br'])}, gzip ${mb(sizes['.gz'])} MB`;
}

/** @param {string} folder */
function filesIn(folder) {
  return existsSync(folder)
    ? readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .map(name => join(folder, name))
        .filter(path => KINDS.test(path))
        .filter(path => statSync(path).isFile() && statSync(path).size >= LEAST_BYTES)
    : [];
}

/**
 * @param {string} path
 * @param {Buffer} bytes
 * @param {'.br' | '.gz'} suffix
 * @param {string} kept
 * @returns {Promise<number>} Its size; that of the original where compressing gains nothing.
 */
async function compressFile(path, bytes, suffix, kept) {
  const hash = createHash('sha256').update(bytes).digest('hex');
  const made = join(kept, hash + suffix);
  if (!existsSync(made)) {
    const fresh = `${made}.${process.pid}`;
    writeFileSync(fresh, await FORMS[suffix](bytes));
    renameSync(fresh, made);
  }
  const { size } = statSync(made);
  if (size >= bytes.length) {
    return bytes.length;
  }
  copyFileSync(made, path + suffix);
  return size;
}

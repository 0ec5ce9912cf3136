// @ts-check
/**
 * A small static server for the built site: right types, ETags, ranges, precompressed
 * files, a sub-path for tests, and isolation headers when asked for.
 */
import { createReadStream, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize, resolve, sep } from 'node:path';
import { parseRange } from './range.mjs';

/** @typedef {import('node:http').IncomingMessage} Request */
/** @typedef {import('node:http').ServerResponse} Response */

/**
 * @typedef {object} ServerOptions
 * @property {string} folder What is served.
 * @property {string} [base] Sub-path with slashes at both ends, `/` by default.
 * @property {boolean} [isolated] Send COOP and COEP, so that the page may use
 *   SharedArrayBuffer.
 */

/** Frames of opaque origin load the site's own scripts, which are foreign to them. */
const SHARED = { 'Cross-Origin-Resource-Policy': 'cross-origin' };

/** What makes a page cross-origin isolated, so that it has SharedArrayBuffer. */
export const ISOLATION_HEADERS = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  ...SHARED
};

/** @type {Readonly<Record<string, string>>} */
const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.ipynb': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.md': 'text/markdown; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.ico': 'image/x-icon',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
  '.ttf': 'font/ttf',
  '.eot': 'application/vnd.ms-fontobject',
  '.wasm': 'application/wasm',
  '.zip': 'application/zip',
  '.whl': 'application/zip',
  '.gz': 'application/gzip'
};

/** Bundles carry a hash of their content in their name: they never change. */
const HASHED = /\.[0-9a-f]{7,}\.(js|css|woff2?)$/;
const FOR_EVER = 'public, max-age=31536000, immutable';

const ENCODINGS = /** @type {const} */ ([
  ['br', '.br'],
  ['gzip', '.gz']
]);

/**
 * @param {string} path
 * @returns {string}
 */
export function typeOf(path) {
  return TYPES[extname(path).toLowerCase()] ?? 'application/octet-stream';
}

/**
 * The file that a request path names, or nothing if it lies outside the folder. Hidden
 * files are none.
 * @param {string} folder
 * @param {string} base
 * @param {string} pathname As in the URL, still percent-encoded.
 * @returns {string | undefined}
 */
export function resolvePath(folder, base, pathname) {
  let path;
  try {
    path = decodeURIComponent(pathname);
  } catch {
    return undefined; // Malformed escapes name no file.
  }
  if (!path.startsWith(base) || path.includes('\0') || path.includes('\\')) {
    return undefined;
  }
  const parts = path.slice(base.length).split('/');
  if (parts.some(part => part.startsWith('.'))) {
    return undefined;
  }
  const root = resolve(folder);
  const file = normalize(join(root, ...parts));
  return file === root || file.startsWith(root + sep) ? file : undefined;
}

/**
 * Changes whenever a file is written anew, even with the same size and time.
 * @param {import('node:fs').Stats} stat
 * @param {string} [encoding]
 */
function etagOf(stat, encoding = '') {
  const parts = [stat.size, stat.mtimeMs, stat.ctimeMs, stat.ino];
  return `"${parts.map(part => Math.round(part).toString(36)).join('-')}${encoding}"`;
}

/** @param {string} path */
function statFile(path) {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat?.isFile() ? stat : undefined;
}

/**
 * @param {string} path
 * @param {string} accepted The request's Accept-Encoding.
 * @param {boolean} hasRange Ranges count bytes of the plain file.
 */
function pickEncoding(path, accepted, hasRange) {
  for (const [name, suffix] of hasRange ? [] : ENCODINGS) {
    if (accepted.includes(name) && statFile(path + suffix)) {
      return { name, path: path + suffix };
    }
  }
  return { name: undefined, path };
}

/**
 * Answers one request.
 * @param {ServerOptions} options
 * @param {Request} request
 * @param {Response} response
 */
function answer(options, request, response) {
  const { folder, base = '/', isolated } = options;
  const pathname = (request.url ?? '/').split(/[?#]/, 1)[0] ?? '/';
  response.setHeader('X-Content-Type-Options', 'nosniff');
  for (const [name, value] of Object.entries(isolated ? ISOLATION_HEADERS : SHARED)) {
    response.setHeader(name, value);
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('Allow', 'GET, HEAD');
    return refuse(response, 405, 'Only GET and HEAD are answered.');
  }
  if (pathname.includes('//')) {
    // Relative addresses on such a page would name other hosts.
    const query = (request.url ?? '').slice(pathname.length);
    response.setHeader('Location', pathname.replace(/\/{2,}/g, '/') + query);
    return refuse(response, 301, 'Moved.');
  }
  const file = resolvePath(folder, base, pathname);
  if (file === undefined) {
    return refuse(response, 404, 'There is no such page.');
  }
  if (pathname.endsWith('/')) {
    return send(request, response, join(file, 'index.html'));
  }
  if (statSync(file, { throwIfNoEntry: false })?.isDirectory()) {
    const query = (request.url ?? '').slice(pathname.length);
    response.setHeader('Location', `${pathname}/${query}`);
    return refuse(response, 301, 'Moved.');
  }
  return send(request, response, file);
}

/**
 * @param {Request} request
 * @param {Response} response
 * @param {string} file
 */
function send(request, response, file) {
  const stat = statFile(file);
  if (!stat) {
    return refuse(response, 404, 'There is no such page.');
  }
  const wantsRange = request.headers.range !== undefined;
  const accepted = String(request.headers['accept-encoding'] ?? '');
  const encoding = pickEncoding(file, accepted, wantsRange);
  const chosen = encoding.name ? (statFile(encoding.path) ?? stat) : stat;
  const etag = etagOf(chosen, encoding.name);
  response.setHeader('Content-Type', typeOf(file));
  response.setHeader('ETag', etag);
  response.setHeader('Vary', 'Accept-Encoding');
  response.setHeader('Accept-Ranges', 'bytes');
  response.setHeader('Cache-Control', HASHED.test(file) ? FOR_EVER : 'no-cache');
  if (request.headers['if-none-match'] === etag) {
    response.writeHead(304).end();
    return;
  }
  if (encoding.name) {
    response.setHeader('Content-Encoding', encoding.name);
  }
  const range = parseRange(request.headers.range, chosen.size);
  if (range === 'unsatisfiable') {
    response.setHeader('Content-Range', `bytes */${chosen.size}`);
    return refuse(response, 416, 'The file has no such range.');
  }
  const { start, end } = range ?? { start: 0, end: chosen.size - 1 };
  if (range) {
    response.setHeader('Content-Range', `bytes ${start}-${end}/${chosen.size}`);
  }
  response.setHeader('Content-Length', end - start + 1);
  response.writeHead(range ? 206 : 200);
  if (request.method === 'HEAD' || chosen.size === 0) {
    response.end();
    return;
  }
  createReadStream(encoding.path, { start, end })
    .on('error', () => response.destroy())
    .pipe(response);
}

/**
 * @param {Response} response
 * @param {number} status
 * @param {string} text
 */
function refuse(response, status, text) {
  response.setHeader('Content-Type', 'text/plain; charset=utf-8');
  response.removeHeader('Content-Encoding');
  response.writeHead(status).end(`${text}\n`);
}

/**
 * The server, not yet listening.
 * @param {ServerOptions} options
 */
export function createSiteServer(options) {
  return createServer((request, response) => answer(options, request, response));
}

/**
 * Listens on the port, or on the next free one after it.
 * @param {import('node:http').Server} server
 * @param {{ port: number, host: string, tries?: number }} where Port 0 takes any.
 * @returns {Promise<number>} The port.
 */
export async function listen(server, { port, host, tries = 50 }) {
  for (let candidate = port; ; candidate++) {
    try {
      return await listenOnce(server, candidate, host);
    } catch (error) {
      const { code } = /** @type {NodeJS.ErrnoException} */ (error);
      if (code !== 'EADDRINUSE' || port === 0 || candidate - port >= tries) {
        throw error;
      }
    }
  }
}

/**
 * @param {import('node:http').Server} server
 * @param {number} port
 * @param {string} host
 * @returns {Promise<number>}
 */
function listenOnce(server, port, host) {
  return new Promise((done, fail) => {
    server.once('error', fail);
    server.listen(port, host, () => {
      server.off('error', fail);
      const address = server.address();
      done(address && typeof address === 'object' ? address.port : port);
    });
  });
}

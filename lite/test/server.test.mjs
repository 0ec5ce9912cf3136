// @ts-check
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { parseRange } from '../scripts/range.mjs';
import { createSiteServer, listen, resolvePath } from '../scripts/siteServer.mjs';

/** @type {string} */
let folder;
/** @type {import('node:http').Server[]} */
const servers = [];

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'site-'));
  const site = join(folder, 'site');
  mkdirSync(join(site, 'lab'), { recursive: true });
  writeFileSync(join(folder, 'secret.txt'), 'outside');
  writeFileSync(join(site, '.hidden'), 'hidden');
  writeFileSync(join(site, 'lab/index.html'), '<!doctype html>');
  writeFileSync(join(site, 'python.wasm'), '0123456789');
  writeFileSync(join(site, 'worker.mjs'), 'export {};');
  writeFileSync(join(site, 'a.0123abcd.js'), '1;');
  writeFileSync(join(site, 'big.js'), 'plain');
  writeFileSync(join(site, 'big.js.gz'), gzipSync('plain'));
});

after(() => {
  servers.forEach(server => server.close());
  rmSync(folder, { recursive: true });
});

/** @param {{ base?: string, isolated?: boolean }} [options] */
async function start(options = {}) {
  const server = createSiteServer({ folder: join(folder, 'site'), ...options });
  servers.push(server);
  return listen(server, { port: 0, host: '127.0.0.1' });
}

/**
 * A raw request: `fetch` would tidy the path before it is sent.
 * @param {number} port
 * @param {string} path
 * @param {Record<string, string>} [headers]
 * @param {string} [method]
 * @returns {Promise<{ status: number, headers: import('node:http').IncomingHttpHeaders, body: Buffer }>}
 */
function get(port, path, headers = {}, method = 'GET') {
  return new Promise((done, fail) => {
    request({ port, path, headers, method, host: '127.0.0.1' }, response => {
      /** @type {Buffer[]} */
      const chunks = [];
      response.on('data', chunk => chunks.push(chunk));
      response.on('end', () =>
        done({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks)
        })
      );
    })
      .on('error', fail)
      .end();
  });
}

test('names the type of WebAssembly and modules', async () => {
  const port = await start();
  const wasm = await get(port, '/python.wasm');
  assert.equal(wasm.headers['content-type'], 'application/wasm');
  const worker = await get(port, '/worker.mjs');
  assert.match(String(worker.headers['content-type']), /^text\/javascript/);
  assert.equal(worker.headers['x-content-type-options'], 'nosniff');
});

test('gives nothing from outside its folder, and no hidden file', async () => {
  const port = await start();
  for (const path of [
    '/../secret.txt',
    '/lab/../../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/lab/..%5c..%5csecret.txt',
    '/.hidden',
    '/%00',
    '/%zz'
  ]) {
    const { status, body } = await get(port, path);
    assert.equal(status, 404, path);
    assert.doesNotMatch(body.toString(), /outside|hidden/);
  }
});

test('resolves paths only below the sub-path', () => {
  assert.equal(resolvePath('/site', '/a/b/', '/a/b/lab/x.js'), '/site/lab/x.js');
  assert.equal(resolvePath('/site', '/a/b/', '/lab/x.js'), undefined);
});

test('serves under a sub-path and sends folders to their slash', async () => {
  const port = await start({ base: '/some/path/' });
  assert.equal((await get(port, '/some/path/lab/')).status, 200);
  assert.equal((await get(port, '/lab/')).status, 404);
  const moved = await get(port, '/some/path/lab?path=a.ipynb');
  assert.equal(moved.status, 301);
  assert.equal(moved.headers.location, '/some/path/lab/?path=a.ipynb');
});

test('sends doubled slashes to one, so that no page lies at another host', async () => {
  const moved = await get(await start(), '//lab//index.html?a=//b');
  assert.equal(moved.status, 301);
  assert.equal(moved.headers.location, '/lab/index.html?a=//b');
});

test('answers an unchanged file with 304', async () => {
  const port = await start();
  const { headers } = await get(port, '/python.wasm');
  const again = await get(port, '/python.wasm', {
    'if-none-match': String(headers.etag)
  });
  assert.equal(again.status, 304);
  assert.equal(again.body.length, 0);
});

test('lets browsers keep files whose names carry a hash', async () => {
  const port = await start();
  const hashed = await get(port, '/a.0123abcd.js');
  assert.match(String(hashed.headers['cache-control']), /immutable/);
  const plain = await get(port, '/big.js');
  assert.equal(plain.headers['cache-control'], 'no-cache');
});

test('serves byte ranges', async () => {
  const port = await start();
  const middle = await get(port, '/python.wasm', { range: 'bytes=2-4' });
  assert.equal(middle.status, 206);
  assert.equal(middle.body.toString(), '234');
  assert.equal(middle.headers['content-range'], 'bytes 2-4/10');
  const outside = await get(port, '/python.wasm', { range: 'bytes=50-' });
  assert.equal(outside.status, 416);
});

test('reads ranges from the end and to the end', () => {
  assert.deepEqual(parseRange('bytes=-3', 10), { start: 7, end: 9 });
  assert.deepEqual(parseRange('bytes=8-', 10), { start: 8, end: 9 });
  assert.equal(parseRange('bytes=5-2', 10), 'unsatisfiable');
  assert.equal(parseRange('bytes=0-1,4-5', 10), undefined);
});

test('sends a compressed copy to those who take it', async () => {
  const port = await start();
  const packed = await get(port, '/big.js', { 'accept-encoding': 'gzip, br' });
  assert.equal(packed.headers['content-encoding'], 'gzip');
  assert.match(String(packed.headers['content-type']), /^text\/javascript/);
  const plain = await get(port, '/big.js');
  assert.equal(plain.body.toString(), 'plain');
});

test('isolates the page when asked to', async () => {
  const open = await get(await start(), '/lab/');
  assert.equal(open.headers['cross-origin-opener-policy'], undefined);
  const isolated = await get(await start({ isolated: true }), '/lab/');
  assert.equal(isolated.headers['cross-origin-opener-policy'], 'same-origin');
  assert.equal(isolated.headers['cross-origin-embedder-policy'], 'require-corp');
});

test('answers HEAD without a body and refuses to be written to', async () => {
  const port = await start();
  const head = await get(port, '/python.wasm', {}, 'HEAD');
  assert.equal(head.headers['content-length'], '10');
  assert.equal(head.body.length, 0);
  assert.equal((await get(port, '/python.wasm', {}, 'PUT')).status, 405);
});

test('moves to the next port when one is taken', async () => {
  const taken = await start();
  const server = createSiteServer({ folder });
  servers.push(server);
  const port = await listen(server, { port: taken, host: '127.0.0.1' });
  assert.ok(port > taken && port <= taken + 50);
});

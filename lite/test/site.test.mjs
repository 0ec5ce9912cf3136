// @ts-check
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { unzipSync } from 'fflate';
import {
  addPolicy,
  checkPages,
  inlineScriptHashes,
  pageFaults,
  policy,
  protectPages
} from '../scripts/csp.mjs';
import { addedEntry, readOfficialLock, trimLock } from '../scripts/lock.mjs';
import { publicHost, readServeOptions } from '../scripts/options.mjs';
import { SITE } from '../scripts/paths.mjs';
import { readRuntime } from '../scripts/runtime.mjs';
import { addStartHelp, writeConfig } from '../scripts/site.mjs';
import { checkNode, isInstalled, isPythonNewEnough } from '../scripts/setup.mjs';

const hash = (/** @type {string} */ text) =>
  `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

test('hashes inline scripts, not data blocks or files', () => {
  const html = `<head><!-- <script>no()</script> -->
    <script type="application/json">{}</script>
    <script src="a.js"></script><script>yes()</script></head>`;
  assert.deepEqual(inlineScriptHashes(html), [hash('yes()')]);
});

test('puts the policy first into the head, once', () => {
  const page = '<html><head><title>A</title></head></html>';
  const once = addPolicy(page);
  assert.match(once, /<head>\s*<meta http-equiv="Content-Security-Policy"/);
  assert.equal(addPolicy(once), once);
});

test('lets the pages write the frame of the sandbox, and nothing else of its kind', () => {
  const site = mkdtempSync(join(tmpdir(), 'site-'));
  const page = join(site, 'index.html');
  const frame = join(site, 'llmos/sandbox/frame.html');
  const framed = '<html><head></head><body><script>frame()</script></body></html>';
  mkdirSync(dirname(frame), { recursive: true });
  writeFileSync(page, '<html><head></head><body></body></html>');
  writeFileSync(frame, framed);
  protectPages(site);
  const scripts = /script-src ([^;]*)/.exec(readFileSync(page, 'utf8'))?.[1] ?? '';
  assert.deepEqual(scripts.match(/'sha256-[^']*'/g), [hash('frame()')]);
  rmSync(site, { recursive: true });
});

test('writes the settings of the site into its configuration', () => {
  const site = mkdtempSync(join(tmpdir(), 'site-'));
  const path = join(site, 'jupyter-lite.json');
  writeFileSync(path, '{"jupyter-config-data":{}}');
  writeConfig(site);
  const { settingsOverrides } = JSON.parse(readFileSync(path, 'utf8'))[
    'jupyter-config-data'
  ];
  const sanitizer = settingsOverrides['@jupyterlab/apputils-extension:sanitizer'];
  assert.equal(sanitizer.allowCommandLinker, false);
  rmSync(site, { recursive: true });
});

test('leads to what a browser lacks where the application does not come up', () => {
  const page = '<body><p>Loading JupyterLite...</p><noscript>No</noscript></body>';
  const helped = addStartHelp(page);
  assert.match(helped, /href="\.\.\/llmos\/preflight\.html"/);
  assert.match(helped, /Loading LLMos Lab…/);
  assert.deepEqual(inlineScriptHashes(helped), []);
});

test('lets no inline script run that was not there at build time', () => {
  const scripts = /script-src ([^;]*)/.exec(policy([hash('a')]))?.[1] ?? '';
  assert.doesNotMatch(scripts, /unsafe-inline|https?:|\*/);
  assert.match(policy([]), /object-src 'none'; base-uri 'self'/);
  assert.match(policy([]), /connect-src 'self' blob: data:;/);
});

test('says what makes a page unsafe', () => {
  const page = (/** @type {string} */ body) =>
    addPolicy(`<html><head><title>A</title></head><body>${body}</body></html>`);
  assert.deepEqual(
    pageFaults(page('<script>yes()</script><a href="https://x.org">')),
    []
  );
  const safe = page('');
  const later = safe.replace('</head>', '<script>no()</script></head>');
  assert.match(pageFaults(later).join(), /inline script that its policy refuses/);
  const first = safe.replace('<head>', '<head><link href="a.css">');
  assert.match(pageFaults(first).join(), /before its policy/);
  const loose = safe.replace("'wasm-unsafe-eval'", "'unsafe-inline' https://x.org");
  assert.equal(pageFaults(loose).length, 2);
  const bare = '<html><head></head></html>';
  assert.deepEqual(pageFaults(bare), ['has no content security policy']);
  assert.match(pageFaults(page('<img onerror="no()">')).join(), /in an attribute/);
  assert.match(pageFaults(page('<img src="//x.org/a.png">')).join(), /another host/);
});

test('every page of the built site keeps to its policy', t => {
  if (!existsSync(join(SITE, 'index.html'))) {
    t.skip('The site is not built.');
    return;
  }
  const { pages, faults } = checkPages(SITE);
  assert.deepEqual(faults, []);
  assert.ok(pages >= 8, `only ${pages} pages`);
});

test('the manifest of the built site names it, its start and its icons', t => {
  const path = join(SITE, 'manifest.webmanifest');
  if (!existsSync(path)) {
    t.skip('The site is not built.');
    return;
  }
  const manifest = JSON.parse(readFileSync(path, 'utf8'));
  assert.equal(manifest.name, 'LLMos Lab');
  assert.equal(manifest.display, 'standalone');
  assert.equal(manifest.scope, './');
  const start = readFileSync(join(SITE, manifest.start_url), 'utf8');
  assert.match(start, /<link rel="manifest" href="\.\.\/manifest\.webmanifest">/);
  // The size of a PNG stands behind its signature, length and `IHDR`.
  const sizeOf = (/** @type {Buffer} */ png) =>
    `${png.readUInt32BE(16)}x${png.readUInt32BE(20)}`;
  const sizes = [];
  for (const { src, type, sizes: said, purpose = 'any' } of manifest.icons) {
    const icon = readFileSync(join(SITE, src));
    if (type === 'image/png') {
      assert.equal(sizeOf(icon), said, src);
      sizes.push(`${purpose} ${said}`);
    }
  }
  // What browsers ask for before they offer to install a site.
  assert.deepEqual(sizes, ['any 192x192', 'any 512x512', 'maskable 512x512']);
});

test('no archive of the built site has a name twice', t => {
  const folder = join(SITE, 'pyodide');
  if (!existsSync(folder)) {
    t.skip('The site is not built.');
    return;
  }
  for (const file of readdirSync(folder).filter(name => /\.(?:whl|zip)$/.test(name))) {
    /** @type {string[]} */
    const names = [];
    unzipSync(readFileSync(join(folder, file)), {
      filter: ({ name }) => names.push(name) < 0
    });
    assert.equal(new Set(names).size, names.length, file);
  }
});

test('keeps only vendored packages in the lock file, with official hashes', () => {
  const runtime = readRuntime();
  const official = readOfficialLock(runtime);
  const llmos = addedEntry({
    name: 'llmos',
    version: '1',
    file_name: 'llmos.whl',
    sha256: 'x',
    depends: [],
    imports: ['llmos']
  });
  const { packages } = trimLock(official, runtime, [llmos]);
  assert.equal(packages.numpy?.sha256, official.packages.numpy?.sha256);
  assert.equal(packages['scikit-learn'], undefined);
  assert.equal(packages.llmos?.file_name, 'llmos.whl');
  for (const { name, depends } of Object.values(packages)) {
    for (const needed of depends) {
      assert.ok(packages[needed.replaceAll('_', '-')], `${name} needs ${needed}`);
    }
  }
});

test('points just the missing files to the official CDN', () => {
  const runtime = readRuntime();
  const scipy = runtime.files.find(file => file.name === 'scipy')?.file ?? '';
  const { packages } = trimLock(
    readOfficialLock(runtime),
    runtime,
    [],
    new Set([scipy])
  );
  assert.equal(packages.scipy?.file_name, runtime.cdn + scipy);
  assert.doesNotMatch(packages.numpy?.file_name ?? '', /^https/);
});

test('tells an old Node and an old Python', () => {
  assert.throws(() => checkNode('18.20.1'), /needs Node 20/);
  assert.doesNotThrow(() => checkNode('22.1.0'));
  assert.equal(isPythonNewEnough('3.10.14'), false);
  assert.equal(isPythonNewEnough('3.11.0'), true);
  assert.equal(isPythonNewEnough('2.7.18'), false);
});

test('tells whether node_modules has what the lock file says', () => {
  const lock = JSON.stringify({
    packages: {
      '': {},
      skills: { version: '1' },
      'node_modules/a': { version: '1.0.0' },
      'node_modules/skills': { link: true },
      'node_modules/only-on-macs': { version: '1', optional: true }
    }
  });
  const there = (/** @type {string} */ version) =>
    JSON.stringify({
      packages: { 'node_modules/a': { version }, 'node_modules/skills': { link: true } }
    });
  assert.equal(isInstalled(lock, there('1.0.0')), true);
  assert.equal(isInstalled(lock, there('0.9.0')), false);
});

test('reads the options of the server', () => {
  const options = readServeOptions(['--port', '9000', '--base', 'x/y']);
  assert.equal(options.port, 9000);
  assert.equal(options.base, '/x/y/');
  assert.equal(options.isolated, true);
  assert.equal(readServeOptions(['--not-isolated']).isolated, false);
  assert.equal(readServeOptions([]).base, '/');
  assert.throws(() => readServeOptions(['--port', 'many']), /--port takes a number/);
  assert.throws(() => readServeOptions(['--prot', '1']), /--prot/);
  assert.equal(publicHost('0.0.0.0'), 'localhost');
});

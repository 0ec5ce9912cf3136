// @ts-check
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { test } from 'node:test';
import { findWeaknesses, npmPackages, pypiPackages } from '../scripts/audit.mjs';
import { ROOT } from '../scripts/paths.mjs';
import { listen } from '../scripts/siteServer.mjs';

test('asks about what is shipped, not about tools of development', () => {
  const lock = JSON.stringify({
    packages: {
      '': {},
      extension: { version: '1.0.0' },
      'node_modules/@a/b': { version: '1.2.3' },
      'node_modules/c/node_modules/d': { version: '4.5.6' },
      'node_modules/jest': { version: '7.0.0', dev: true },
      'node_modules/extension': { link: true }
    }
  });
  assert.deepEqual(npmPackages(lock), [
    { ecosystem: 'npm', name: '@a/b', version: '1.2.3' },
    { ecosystem: 'npm', name: 'd', version: '4.5.6' }
  ]);
  assert.deepEqual(pypiPackages('# exact\nJinja2==3.1.6\ndask[array]==1.0 ; x\n'), [
    { ecosystem: 'PyPI', name: 'Jinja2', version: '3.1.6' },
    { ecosystem: 'PyPI', name: 'dask', version: '1.0' }
  ]);
  const ours = npmPackages(readFileSync(join(ROOT, 'package-lock.json'), 'utf8'));
  const names = ours.map(({ name }) => name);
  assert.ok(names.includes('isomorphic-git') && names.includes('three'));
});

test('tells which packages the database knows something of', async () => {
  /** @type {string[]} */
  const asked = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', part => (body += part));
    request.on('end', () => {
      const { queries } = JSON.parse(body);
      asked.push(`${request.url} ${queries.length}`);
      const results = queries.map((/** @type {{ version: string }} */ { version }) =>
        version === '666' ? { vulns: [{ id: 'GHSA-1' }, { id: 'CVE-2' }] } : {}
      );
      response.end(JSON.stringify({ results }));
    });
  });
  const port = await listen(server, { port: 0, host: '127.0.0.1' });
  try {
    const packages = Array.from({ length: 1001 }, (_, at) => ({
      ...{ ecosystem: /** @type {const} */ ('npm'), name: `p${at}`, version: `${at}` }
    }));
    assert.deepEqual(await findWeaknesses(packages, `http://127.0.0.1:${port}`), [
      'npm p666 666: GHSA-1, CVE-2'
    ]);
    assert.deepEqual(asked, ['/v1/querybatch 1000', '/v1/querybatch 1']);
  } finally {
    server.closeAllConnections();
    server.close();
  }
});

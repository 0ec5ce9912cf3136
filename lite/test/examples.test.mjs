// @ts-check
/** The files that people copy out of `examples/` are what those who read them expect. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';
import { PYTHON, ROOT, SITE } from '../scripts/paths.mjs';
import { run } from '../scripts/run.mjs';
import { ISOLATION_HEADERS } from '../scripts/siteServer.mjs';

const read = (/** @type {string} */ path) =>
  readFileSync(join(ROOT, 'examples', path), 'utf8');
const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
const folder = SITE.slice(ROOT.length + 1).replaceAll('\\', '/');

/** Every `npm run NAME` of a text is a script of ours. */
const checkScripts = (/** @type {string} */ text) => {
  for (const [, name = ''] of text.matchAll(/npm run ([\w:-]+)/g)) {
    assert.ok(name in scripts, `there is no script ${name}`);
  }
};

for (const name of ['deploy/github-pages.yml', 'ci/evolve.yml', 'ci/audit.yml']) {
  test(`${name} is a workflow whose steps are whole`, () => {
    const text = read(name);
    const workflow = parse(text);
    assert.ok(workflow.name && workflow.on && workflow.permissions);
    for (const [id, job] of Object.entries(workflow.jobs)) {
      assert.equal(job['runs-on'], 'ubuntu-latest', id);
      for (const step of job.steps) {
        assert.equal(typeof (step.run ?? step.uses), 'string', JSON.stringify(step));
        assert.ok(!step.uses || /^[\w-]+\/[\w-]+@v\d+$/.test(step.uses), step.uses);
      }
      for (const needed of [job.needs ?? []].flat()) {
        assert.ok(needed in workflow.jobs, needed);
      }
    }
    checkScripts(text);
  });
}

test('GitHub Pages gets the site as it is built, and may publish it', () => {
  const { jobs, permissions } = parse(read('deploy/github-pages.yml'));
  assert.deepEqual(permissions, {
    ...{ contents: 'read', pages: 'write', 'id-token': 'write' }
  });
  const upload = jobs.build.steps.find((/** @type {{ uses?: string }} */ { uses }) =>
    uses?.startsWith('actions/upload-pages-artifact')
  );
  assert.equal(upload.with.path, folder);
  assert.equal(jobs.deploy.environment.name, 'github-pages');
});

test('Vercel builds the site, publishes it and isolates its pages', () => {
  const vercel = JSON.parse(read('deploy/vercel.json'));
  assert.equal(vercel.outputDirectory, folder);
  checkScripts(vercel.buildCommand);
  const [{ source, headers }] = vercel.headers;
  assert.equal(source, '/(.*)');
  const sent = headers.map((/** @type {{ key: string, value: string }} */ each) => [
    each.key,
    each.value
  ]);
  assert.deepEqual(Object.fromEntries(sent), ISOLATION_HEADERS);
});

test('Netlify builds the site and publishes it, with a Python that is new enough', async () => {
  const path = join(ROOT, 'examples/deploy/netlify.toml');
  const code = `import json, sys, tomllib
print(json.dumps(tomllib.load(open(sys.argv[1], "rb"))))`;
  const { build } = JSON.parse(await run(PYTHON, ['-c', code, path]));
  assert.equal(build.publish, folder);
  checkScripts(build.command);
  assert.ok(Number(build.environment.NODE_VERSION) >= 20);
  assert.ok(Number(build.environment.PYTHON_VERSION.split('.')[1]) >= 11);
});

test('nginx sends the files that the build has compressed', () => {
  const text = read('deploy/nginx.conf');
  assert.match(text, /^ *gzip_static on;$/m);
  assert.match(text, /^ *gzip_vary on;$/m);
});

test('nginx sends the headers of isolated pages', () => {
  const text = read('deploy/nginx.conf');
  for (const [name, value] of Object.entries(ISOLATION_HEADERS)) {
    assert.match(text, new RegExp(`add_header ${name} ${value} always;`));
  }
});

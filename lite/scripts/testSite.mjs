// @ts-check
/**
 * The site for stories: the built one with Galata's helper extension in it and the
 * application within reach of the tests. Nothing of this is in the site itself.
 */
import {
  cpSync,
  existsSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync
} from 'node:fs';
import { join } from 'node:path';
import { SetupError } from './log.mjs';
import { PYTHON, SITE, TEST_SITE } from './paths.mjs';
import { run } from './run.mjs';
import { replaceSite } from './site.mjs';
import { hashInputs, isCurrent, writeStamp } from './stamp.mjs';

const HELPER = '@jupyterlab/galata-extension';

/** Where the Python package `jupyterlab` keeps Galata's helper. */
async function findHelper() {
  const output = await run(PYTHON, [
    '-c',
    'import jupyterlab, pathlib; print(pathlib.Path(jupyterlab.__file__).parent)'
  ]);
  const folder = join(output.trim(), 'galata', HELPER);
  if (!existsSync(join(folder, 'package.json'))) {
    throw new SetupError(
      `Galata's helper extension is not in ${folder}.`,
      'Install the versions of lite/requirements-test.txt.'
    );
  }
  return folder;
}

/** Copies `lite/dist` and adds the helper, when either has changed. */
export async function buildTestSite() {
  const helper = await findHelper();
  const built = statSync(join(SITE, 'jupyter-lite.json')).mtimeMs;
  const hash = hashInputs([join(helper, 'package.json')], String(built));
  if (isCurrent('test-site', hash, [join(TEST_SITE, 'index.html')])) {
    return 'current';
  }
  const fresh = `${TEST_SITE}.fresh`;
  rmSync(fresh, { recursive: true, force: true });
  cpSync(SITE, fresh, { recursive: true });
  cpSync(helper, join(fresh, 'extensions', HELPER), { recursive: true });
  exposeApplication(fresh, helper);
  replaceSite(fresh, TEST_SITE);
  writeStamp('test-site', hash);
  return '';
}

/**
 * @param {string} site
 * @param {string} helper
 */
function exposeApplication(site, helper) {
  const path = join(site, 'jupyter-lite.json');
  const config = JSON.parse(readFileSync(path, 'utf8'));
  const data = config['jupyter-config-data'];
  const load = readdirSync(join(helper, 'static')).find(name =>
    name.startsWith('remoteEntry.')
  );
  data.exposeAppInBrowser = true;
  data.federated_extensions = [
    ...data.federated_extensions,
    { name: HELPER, extension: './extension', load: `static/${load}` }
  ];
  writeFileSync(path, JSON.stringify(config, null, 2));
}

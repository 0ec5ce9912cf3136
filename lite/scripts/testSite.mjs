// @ts-check
/**
 * The site for stories: the built one with Galata's helper extension and the example of
 * `examples/extension` in it, and the application within reach of the tests. Nothing of
 * this is in the site itself.
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
import { packLabextension } from './extensions.mjs';
import { SetupError } from './log.mjs';
import { writeServiceWorker } from './offline.mjs';
import { PYTHON, ROOT, SITE, TEST_SITE } from './paths.mjs';
import { run } from './run.mjs';
import { replaceSite } from './site.mjs';
import { hashInputs, isCurrent, writeStamp } from './stamp.mjs';

const HELPER = '@jupyterlab/galata-extension';
const EXAMPLE = 'examples/extension';
const EXAMPLE_NAME = 'llmos-example-extension';

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

/** Compiles and packs the example, of which the stories use every service's token. */
async function packExample() {
  await run(process.execPath, [
    ...[join(ROOT, 'node_modules/typescript/bin/tsc'), '-b', EXAMPLE]
  ]);
  await packLabextension(EXAMPLE);
  return join(ROOT, EXAMPLE, 'labextension');
}

/** Copies `lite/dist` and adds the two extensions, when anything of it has changed. */
export async function buildTestSite() {
  const helper = await findHelper();
  const built = statSync(join(SITE, 'jupyter-lite.json')).mtimeMs;
  const hash = hashInputs(
    [join(helper, 'package.json'), join(ROOT, EXAMPLE)],
    String(built)
  );
  if (isCurrent('test-site', hash, [join(TEST_SITE, 'index.html')])) {
    return 'current';
  }
  const example = await packExample();
  const fresh = `${TEST_SITE}.fresh`;
  rmSync(fresh, { recursive: true, force: true });
  cpSync(SITE, fresh, { recursive: true });
  const added = [
    addExtension(fresh, HELPER, helper),
    addExtension(fresh, EXAMPLE_NAME, example)
  ];
  exposeApplication(fresh, added);
  writeServiceWorker(fresh);
  replaceSite(fresh, TEST_SITE);
  writeStamp('test-site', hash);
  return '';
}

/**
 * Copies a packed extension into a site.
 * @param {string} site
 * @param {string} name
 * @param {string} folder
 * @returns Its entry in the site's configuration.
 */
function addExtension(site, name, folder) {
  cpSync(folder, join(site, 'extensions', name), { recursive: true });
  const load = readdirSync(join(folder, 'static')).find(file =>
    file.startsWith('remoteEntry.')
  );
  return { name, extension: './extension', load: `static/${load}` };
}

/**
 * @param {string} site
 * @param {readonly object[]} extensions
 */
function exposeApplication(site, extensions) {
  const path = join(site, 'jupyter-lite.json');
  const config = JSON.parse(readFileSync(path, 'utf8'));
  const data = config['jupyter-config-data'];
  data.exposeAppInBrowser = true;
  // A hundred megabytes in each story's fresh profile; one of them asks for it.
  data.settingsOverrides['@llmos-lab/extension:offline'] = { automatic: false };
  // Over the panels that stories look at; its own story has a setting of its own.
  data.settingsOverrides['@llmos-lab/extension:guide'] = { openAtStart: false };
  data.federated_extensions = [...data.federated_extensions, ...extensions];
  writeFileSync(path, JSON.stringify(config, null, 2));
}

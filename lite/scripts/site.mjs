// @ts-check
/** Assembles the static site from JupyterLite, the labextensions and the Python runtime. */
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync
} from 'node:fs';
import { join } from 'node:path';
import { LABEXTENSIONS } from './extensions.mjs';
import { JUPYTER, LITE, ROOT } from './paths.mjs';
import { run } from './run.mjs';
import { putFirstInHead } from './csp.mjs';
import { ISOLATION_HEADERS } from './siteServer.mjs';

/** What the kernel plugin and the early boot script both need to know. */
const KERNEL_PLUGIN = '@llmos-lab/kernel-lite:kernel';

/**
 * JupyterLite's own build: the application, our labextensions, notebooks and settings.
 * @param {string} site
 */
export async function buildLite(site) {
  rmSync(site, { recursive: true, force: true });
  const extensions = LABEXTENSIONS.map(folder => join(ROOT, folder, 'labextension'));
  await run(JUPYTER, [
    ...['lite', 'build', '--lite-dir', ROOT, '--output-dir', site, '--force'],
    ...['--apps', 'lab', '--no-sourcemaps', '--no-unused-shared-packages'],
    ...['--no-libarchive', '--ignore-sys-prefix', 'True'],
    ...['--contents', join(LITE, 'notebooks')],
    ...extensions.map(path => `--LiteBuildConfig.federated_extensions=${path}`)
  ]);
  for (const name of ['.jupyterlite.doit.db', '.jupyterlite.doit.db.db']) {
    rmSync(join(ROOT, name), { force: true });
  }
}

/**
 * Takes away what a browser never asks for: build configurations, source maps and the
 * pages of other applications.
 * @param {string} site
 */
export function prune(site) {
  const needless = /(\.map|rspack\.config[^/]*\.js|package\.json|\.LICENSE\.txt)$/;
  for (const name of readdirSync(site, { recursive: true, encoding: 'utf8' })) {
    const kept = name.startsWith('files') || name.startsWith('extensions');
    if (name.endsWith('.map') || (!kept && needless.test(name))) {
      rmSync(join(site, name), { force: true });
    }
  }
}

/**
 * Static files that workspaces leave in `lib/site/`, under `llmos/`: the early boot
 * script, workers and the sandbox page.
 * @param {string} site
 */
export function copyAssets(site) {
  const target = join(site, 'llmos');
  mkdirSync(target, { recursive: true });
  for (const folder of ['kernel', 'extension']) {
    const source = join(ROOT, folder, 'lib/site');
    if (existsSync(source)) {
      cpSync(source, target, {
        recursive: true,
        filter: path => !path.endsWith('.map')
      });
    }
  }
}

/** Where the boot script finds Python, relative to itself. */
function bootConfig(/** @type {string} */ site) {
  const bundle = existsSync(join(site, 'pyodide/python-bundle.bin'));
  return {
    pyodideUrl: '../pyodide/pyodide.mjs',
    lockUrl: '../pyodide/pyodide-lock.json',
    stdlibUrl: '../pyodide/python_stdlib.zip',
    ...(bundle && { bundleUrl: '../pyodide/python-bundle.bin' })
  };
}

/**
 * Puts the early boot script first into the page that uses kernels, so that Python starts
 * while the application still loads.
 * @param {string} site
 */
export function addBootScript(site) {
  const page = join(site, 'lab/index.html');
  if (!existsSync(join(site, 'llmos/boot.js'))) {
    return;
  }
  const config = JSON.stringify(bootConfig(site)).replace(/"/g, '&quot;');
  const markup = `<script src="../llmos/boot.js" data-config="${config}"></script>`;
  writeFileSync(page, putFirstInHead(readFileSync(page, 'utf8'), markup));
}

/**
 * The product's name on pages and in the manifest by which it can be installed.
 * @param {string} site
 */
export function nameSite(site) {
  for (const page of ['index.html', 'lab/index.html']) {
    const path = join(site, page);
    const html = readFileSync(path, 'utf8')
      .replace(/<title>[^<]*<\/title>/, '<title>LLMos Lab</title>')
      .replace(
        /(<meta name="Description" content=")[^"]*/i,
        '$1A notebook workbench that runs wholly in the browser.'
      );
    const icon = page.includes('/') ? './favicon.ico' : './lab/favicon.ico';
    writeFileSync(
      path,
      html.replace('</title>', `</title>\n    <link rel="icon" href="${icon}">`)
    );
  }
  // What a browser asks for on pages that are no HTML, such as a notebook's JSON.
  copyFileSync(join(site, 'lab/favicon.ico'), join(site, 'favicon.ico'));
  const path = join(site, 'manifest.webmanifest');
  const manifest = JSON.parse(readFileSync(path, 'utf8'));
  const named = {
    ...manifest,
    name: 'LLMos Lab',
    short_name: 'LLMos Lab',
    description: 'A notebook workbench that runs wholly in the browser',
    start_url: './lab/index.html',
    shortcuts: []
  };
  writeFileSync(path, `${JSON.stringify(named, null, 2)}\n`);
}

/**
 * What stands in for a server: an empty answer to JupyterLab's question where a path in
 * a traceback leads, which would be a 404 otherwise, and the headers that give pages
 * SharedArrayBuffer, in the file that Netlify and Cloudflare Pages read them from.
 * @param {string} site
 */
export function answerAsServer(site) {
  mkdirSync(join(site, 'api'), { recursive: true });
  writeFileSync(join(site, 'api/resolvePath'), '{"resolved":[],"unresolved":[]}\n');
  const headers = Object.entries(ISOLATION_HEADERS);
  const lines = headers.map(([name, value]) => `  ${name}: ${value}\n`);
  writeFileSync(join(site, '_headers'), `/*\n${lines.join('')}`);
}

/** The product's version, which the kernel tells those who ask. */
function productVersion() {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  return version;
}

/**
 * Settles the site's configuration: the kernel's addresses, all relative to the site's
 * root, and the settings of `overrides.json`, for which JupyterLite's build looks only in
 * the repository's root.
 * @param {string} site
 */
export function writeConfig(site) {
  const path = join(site, 'jupyter-lite.json');
  const config = JSON.parse(readFileSync(path, 'utf8'));
  const data = config['jupyter-config-data'];
  const urls = Object.fromEntries(
    Object.entries(bootConfig(site)).map(([key, url]) => [
      key,
      url.replace('../', './')
    ])
  );
  data.litePluginSettings = {
    [KERNEL_PLUGIN]: { siteUrl: './llmos/', version: productVersion(), ...urls }
  };
  data.settingsOverrides = JSON.parse(
    readFileSync(join(LITE, 'overrides.json'), 'utf8')
  );
  writeFileSync(path, `${JSON.stringify(config, null, 2)}\n`);
}

/**
 * Puts a finished site in the place of the old one: the old one is served whole until
 * then.
 * @param {string} fresh
 * @param {string} site
 */
export function replaceSite(fresh, site) {
  const old = `${site}.old`;
  rmSync(old, { recursive: true, force: true });
  if (existsSync(site)) {
    renameSync(site, old);
  }
  renameSync(fresh, site);
  rmSync(old, { recursive: true, force: true });
}

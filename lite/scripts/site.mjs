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
  const snapshot = existsSync(join(site, 'pyodide/python-snapshot.json'));
  return {
    pyodideUrl: '../pyodide/pyodide.mjs',
    lockUrl: '../pyodide/pyodide-lock.json',
    stdlibUrl: '../pyodide/python_stdlib.zip',
    ...(bundle && { bundleUrl: '../pyodide/python-bundle.bin' }),
    ...(snapshot && { snapshotUrl: '../pyodide/python-snapshot.json' })
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
  const lite = JSON.parse(readFileSync(join(site, 'jupyter-lite.json'), 'utf8'));
  const { appVersion } = lite['jupyter-config-data'];
  const data = `data-config="${config}" data-version="${appVersion}"`;
  const markup = `<script src="../llmos/boot.js" ${data}></script>`;
  writeFileSync(page, putFirstInHead(readFileSync(page, 'utf8'), markup));
}

/** Icons of the product, as the manifest names them; drawn by `icons.mjs`. */
const ICONS = [
  { src: './icons/icon.svg', type: 'image/svg+xml', sizes: 'any' },
  { src: './icons/icon-192.png', type: 'image/png', sizes: '192x192' },
  { src: './icons/icon-512.png', type: 'image/png', sizes: '512x512' },
  {
    ...{ src: './icons/icon-maskable-512.png', type: 'image/png', sizes: '512x512' },
    purpose: 'maskable'
  }
];

/**
 * A way on for browsers in which the application does not come up: the page that says
 * what they lack. It appears late, and goes when the application is there.
 */
const STUCK = `<style>
      #llmos-stuck {
        animation: llmos-stuck 0s 20s both;
        bottom: 16px;
        color: #757575;
        font-family: sans-serif;
        left: 0;
        position: absolute;
        right: 0;
        text-align: center;
        z-index: 1;
      }
      #llmos-stuck a { color: inherit; }
      body:has(#main) #llmos-stuck { display: none; }
      @keyframes llmos-stuck { from { visibility: hidden; } to { visibility: visible; } }
    </style>
    <p id="llmos-stuck">This takes long. If nothing comes, see
      <a href="../llmos/preflight.html">what this browser lacks</a>.</p>`;

/**
 * What people see while the application loads, or where it cannot.
 * @param {string} html
 */
export function addStartHelp(html) {
  return html
    .replace('Loading JupyterLite...', 'Loading LLMos Lab…')
    .replace('JupyterLite requires JavaScript', 'LLMos Lab requires JavaScript')
    .replace('<noscript>', `${STUCK}\n    <noscript>`);
}

/**
 * The product's name on pages and in the manifest by which it can be installed, and its
 * icons in the place of JupyterLite's.
 * @param {string} site
 */
export function nameSite(site) {
  cpSync(join(LITE, 'icons'), join(site, 'icons'), { recursive: true });
  for (const page of ['index.html', 'lab/index.html']) {
    const path = join(site, page);
    const root = page.includes('/') ? '../' : './';
    const html = readFileSync(path, 'utf8')
      .replace(/<title>[^<]*<\/title>/, '<title>LLMos Lab</title>')
      .replace(
        /(<meta name="Description" content=")[^"]*/i,
        '$1A notebook workbench that runs wholly in the browser.'
      );
    const links = [
      `<link rel="icon" href="${root}icons/icon.svg" type="image/svg+xml">`,
      `<link rel="apple-touch-icon" href="${root}icons/apple-touch-icon.png">`,
      '<meta name="theme-color" content="#12355b">'
    ];
    writeFileSync(
      path,
      html.replace('</title>', ['</title>', ...links].join('\n    '))
    );
  }
  const lab = join(site, 'lab/index.html');
  writeFileSync(lab, addStartHelp(readFileSync(lab, 'utf8')));
  ['icon-120x120.png', 'icon-512x512.png'].forEach(name =>
    rmSync(join(site, name), { force: true })
  );
  // JupyterLite shows its own while the application runs; the one at the root is what a
  // browser asks for on pages that are no HTML, such as a notebook's JSON.
  ['lab/favicon.ico', 'favicon.ico'].forEach(path =>
    copyFileSync(join(site, 'icons/favicon.ico'), join(site, path))
  );
  const path = join(site, 'manifest.webmanifest');
  const manifest = JSON.parse(readFileSync(path, 'utf8'));
  const named = {
    ...manifest,
    name: 'LLMos Lab',
    short_name: 'LLMos Lab',
    description: 'A notebook workbench that runs wholly in the browser',
    id: './lab/index.html',
    start_url: './lab/index.html',
    icons: ICONS,
    theme_color: '#12355b',
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
  // By which pages know that this is our own site, and not somebody else's Jupyter.
  data.llmosUrl = './llmos/';
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

// @ts-check
/**
 * What of a labextension loads with the application, found by loading it: its container
 * runs in a context of its own, where scripts are files of the disk and everything that
 * others share is there already.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { brotliCompressSync } from 'node:zlib';
import { LABEXTENSIONS } from './extensions.mjs';
import { SetupError } from './log.mjs';
import { ROOT } from './paths.mjs';

/** Stands for the address of the folder with all labextensions; nothing is fetched. */
const PLACE = 'https://site.invalid/';

/** Packages that a container's entry says that it consumes, with the least version. */
const WANTED = /shareKey:"([^"]+)",import:[^,]*,requiredVersion:"[^\d"]*([^"]+)"/g;

/** What JupyterLab asks a labextension for when it starts. */
const EXPOSED = ['./style', './extension'];

/**
 * The JavaScript files that labextensions load before the application is there, in their
 * order: their entries, then what their plugins import at once. What one of them shares
 * the others do not load again.
 * @param {readonly string[]} folders Of packed labextensions.
 * @returns {Promise<string[]>} Paths.
 */
export async function startFiles(folders) {
  /** @type {string[]} */
  const loaded = [];
  const extensions = folders.map(folder => {
    const { name } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const place = join(folder, 'static');
    const entry = readdirSync(place).find(file => file.startsWith('remoteEntry.'));
    return { name, place, entry: entry ?? '' };
  });
  const page = pageOf(src => run(src));
  const context = createContext(page);
  /** @param {string} src */
  function run(src) {
    const found = extensions.find(({ name }) => src.startsWith(`${PLACE}${name}/`));
    const path = join(found?.place ?? '', basename(new URL(src).pathname));
    loaded.push(path);
    page.document.currentScript.src = src;
    runInContext(readFileSync(path, 'utf8'), context);
  }
  for (const { name, entry } of extensions) {
    run(`${PLACE}${name}/${entry}`);
    await context._JUPYTERLAB[name].init(page.shared);
  }
  const codes = extensions.map(({ place, entry }) =>
    readFileSync(join(place, entry), 'utf8')
  );
  codes.forEach(code => shareRest(page.shared, code));
  for (const [index, { name }] of extensions.entries()) {
    for (const exposed of EXPOSED.filter(each => codes[index]?.includes(`"${each}"`))) {
      await context._JUPYTERLAB[name].get(exposed);
    }
  }
  return loaded;
}

/**
 * What a container wants and none brings is shared by the application.
 * @param {Record<string, object>} shared
 * @param {string} code Of its entry.
 */
function shareRest(shared, code) {
  for (const [, name = '', version = ''] of code.matchAll(WANTED)) {
    shared[name] ??= {
      [version]: { get: () => () => ({}), loaded: 1, from: 'application' }
    };
  }
}

/**
 * A page as far as containers need one.
 * @param {(src: string) => void} run
 */
function pageOf(run) {
  const page = {
    shared: /** @type {Record<string, object>} */ ({}),
    ...{ _JUPYTERLAB: undefined, console, URL, setTimeout, clearTimeout },
    location: { href: PLACE },
    document: {
      currentScript: { tagName: 'SCRIPT', src: PLACE },
      getElementsByTagName: () => [],
      createElement: () => ({ setAttribute: () => undefined }),
      head: {
        appendChild: (/** @type {{ src: string, onload: () => void }} */ script) => {
          run(script.src);
          script.onload();
        }
      }
    }
  };
  return Object.assign(page, { self: page, window: page });
}

/** What the labextension `extension` may load with the application, compressed. */
const MOST_BYTES = 250_000;

/**
 * Prints what of ours loads with the application, and refuses what has grown too much:
 * a feature is to be a chunk that loads with its first use.
 * @returns {Promise<string>} For the build's log.
 */
export async function checkStartSize() {
  const folders = LABEXTENSIONS.map(folder => join(ROOT, folder, 'labextension'));
  const paths = await startFiles(folders);
  const own = sentSize(paths.filter(path => path.startsWith(join(ROOT, 'extension/'))));
  const kb = (/** @type {number} */ bytes) => `${(bytes / 1000).toFixed(0)} KB`;
  const all = `${kb(sentSize(paths))} with the core and the kernel`;
  if (own > MOST_BYTES) {
    throw new SetupError(
      `The extension loads ${kb(own)} when it starts, more than ${kb(MOST_BYTES)}.`,
      'Load what is not needed at once by import() where it is first used.'
    );
  }
  return `${kb(own)} of ${kb(MOST_BYTES)} compressed, ${all}`;
}

/**
 * Compressed size of files together, each by itself, as servers send them.
 * @param {readonly string[]} paths
 */
function sentSize(paths) {
  return paths.reduce(
    (all, path) => all + brotliCompressSync(readFileSync(path)).length,
    0
  );
}

// @ts-check
/**
 * Python's memory with the kernel and numpy in it, made once at build time: a kernel that
 * starts from it imports nothing. Restored and tried before it goes into the site.
 */
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync
} from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { loadPyodide } from 'pyodide';
import { ROOT } from './paths.mjs';
import { BUNDLE, BUNDLED, STDLIB, findWheel } from './pythonBundle.mjs';

/** What stands beside the other files of Python; its name is in the boot configuration. */
export const SNAPSHOT = 'python-snapshot.json';

/** Packages in the snapshot, and which wheels they come from. */
const PACKAGES = ['numpy'];

/** The code that makes and restores it, as the workspace `kernel` has bundled it. */
const MAKER = join(ROOT, 'kernel/lib/build/snapshot.mjs');

/**
 * Makes the snapshot, or takes the one that was made of the same before.
 * @param {string} folder The site's `pyodide/`, with all that is compiled in it.
 * @param {string} cache Folder that keeps what was made between builds.
 * @returns {Promise<string>} What was made, for the build's log.
 */
export async function snapshotPython(folder, cache) {
  const wheels = PACKAGES.map(name => findWheel(folder, name));
  const sources = [STDLIB, BUNDLE, 'pyodide.asm.wasm', ...wheels];
  const hash = createHash('sha256');
  [...sources.map(file => join(folder, file)), MAKER].forEach(path =>
    hash.update(readFileSync(path))
  );
  const kept = join(cache, `snapshot-${hash.digest('hex').slice(0, 16)}`);
  if (!existsSync(kept)) {
    const fresh = `${kept}.new`;
    rmSync(fresh, { recursive: true, force: true });
    mkdirSync(fresh, { recursive: true });
    await make(folder, fresh);
    renameSync(fresh, kept);
  }
  const files = readdirSync(kept);
  files.forEach(file => copyFileSync(join(kept, file), join(folder, file)));
  const { length } = readFileSync(join(folder, 'python-snapshot.bin'));
  return `${(length / 1e6).toFixed(1)} MB of memory, packed`;
}

/**
 * @param {string} folder
 * @param {string} target
 */
async function make(folder, target) {
  const { makeSnapshot, checkSnapshot } = await import(pathToFileURL(MAKER).href);
  const options = {
    ...{ loadPyodide, indexURL: `${folder}/`, packages: PACKAGES },
    bundled: BUNDLED.map(name => name.replace(/_/g, '-')),
    stdlib: new Uint8Array(readFileSync(join(folder, STDLIB))),
    bundle: new Uint8Array(readFileSync(join(folder, BUNDLE)))
  };
  const made = await makeSnapshot(options);
  await checkSnapshot(made, options);
  writeFileSync(
    join(target, 'python-snapshot.bin'),
    gzipSync(made.memory, { level: 9 })
  );
  writeFileSync(join(target, 'python-libraries.bin'), made.libraries);
  writeFileSync(join(target, 'python-files.bin'), made.files);
  writeFileSync(join(target, SNAPSHOT), JSON.stringify(made.snapshot));
}

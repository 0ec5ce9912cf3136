// @ts-check
/** Puts the parts of the site together, in a folder of its own until it is whole. */
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compressSite } from './compress.mjs';
import { checkPages, protectPages } from './csp.mjs';
import { collectLicences } from './licences.mjs';
import { addedEntry, readOfficialLock, trimLock } from './lock.mjs';
import { SetupError, step } from './log.mjs';
import { writeServiceWorker } from './offline.mjs';
import { CACHE, SITE } from './paths.mjs';
import { bundlePython } from './pythonBundle.mjs';
import { snapshotPython } from './pythonSnapshot.mjs';
import {
  addBootScript,
  answerAsServer,
  buildLite,
  copyAssets,
  nameSite,
  prune,
  replaceSite,
  writeConfig
} from './site.mjs';
import { joinStart } from './startBundle.mjs';
import { checkStartSize } from './startFiles.mjs';
import { RUNTIME_CACHE } from './vendor.mjs';

/** @typedef {import('./runtime.mjs').Runtime} Runtime */
/** @typedef {import('./runtime.mjs').RuntimeFile} RuntimeFile */

/**
 * @typedef {object} Parts
 * @property {Runtime} runtime
 * @property {{ file: string, version: string, sha256: string, bytes: Uint8Array }} wheel
 * @property {readonly RuntimeFile[]} missing Files left to the official CDN.
 */

/**
 * Builds the site from its parts and puts it in place when all steps went well.
 * @param {Parts} parts
 */
export async function assembleSite({ runtime, wheel, missing }) {
  const fresh = join(CACHE, 'fresh-site');
  const cdn = missing.length ? [new URL(runtime.cdn).origin] : [];
  await step('JupyterLite', () => buildLite(fresh));
  await step('Python in the site', () => {
    prune(fresh);
    nameSite(fresh);
    answerAsServer(fresh);
    writePython(fresh, { runtime, wheel, missing });
  });
  await step('Bytecode', () => bundlePython(join(fresh, 'pyodide'), CACHE));
  if (missing.length === 0) {
    await step('Snapshot of Python', () =>
      snapshotPython(join(fresh, 'pyodide'), CACHE)
    );
  }
  await step('Boot script', () => {
    copyAssets(fresh);
    addBootScript(fresh);
    writeConfig(fresh);
  });
  await step('Start of our own', checkStartSize);
  await step('Start', () => joinStart(fresh));
  await step('Licences', async () => {
    const licences = await collectLicences(runtime, RUNTIME_CACHE, fresh);
    writeFileSync(join(fresh, 'llmos/licences.json'), JSON.stringify(licences));
    return `${licences.length} packages`;
  });
  await step('Content security policy', () => {
    protectPages(fresh, cdn);
    const { pages, faults } = checkPages(fresh);
    if (faults.length) {
      throw new SetupError(`Pages that are not safe:\n${faults.join('\n')}`);
    }
    return `${pages} pages`;
  });
  await step('Service worker', () => `${writeServiceWorker(fresh)} files`);
  await step('Compressed files', () => compressSite(fresh, CACHE));
  replaceSite(fresh, SITE);
}

/**
 * The runtime's files, the wheel and the lock file that names them.
 * @param {string} site
 * @param {Parts} parts
 */
function writePython(site, { runtime, wheel, missing }) {
  const folder = join(site, 'pyodide');
  mkdirSync(folder, { recursive: true });
  const remote = new Set(missing.map(file => file.file));
  for (const { file } of runtime.files) {
    if (!remote.has(file)) {
      copyFileSync(join(RUNTIME_CACHE, file), join(folder, file));
    }
  }
  writeFileSync(join(folder, wheel.file), wheel.bytes);
  const llmos = addedEntry({
    name: 'llmos',
    version: wheel.version,
    file_name: wheel.file,
    sha256: wheel.sha256,
    depends: [],
    imports: ['llmos', 'qiskit_lite']
  });
  const lock = trimLock(readOfficialLock(runtime), runtime, [llmos], remote);
  writeFileSync(join(folder, 'pyodide-lock.json'), JSON.stringify(lock));
}

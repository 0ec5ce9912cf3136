// @ts-check
/** Builds the Python packages into `dist/`, byte for byte the same each time. */
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { CACHE, PYTHON, ROOT, WHEELS } from './paths.mjs';
import { run } from './run.mjs';
import { sha256, writeAtomically } from './stamp.mjs';

/** Zip files know no time before 1980; this one only has to stay the same. */
const SOURCE_DATE_EPOCH = '1767225600';

/** @typedef {{ file: string, version: string, sha256: string, bytes: Uint8Array }} Wheel */

/**
 * Builds the project in a folder; of older wheels of the same name none is left.
 * @param {string} project Folder of a `pyproject.toml`.
 * @param {string} name As wheels have it: with underscores.
 * @returns {Promise<Wheel>}
 */
export async function buildProject(project, name) {
  mkdirSync(CACHE, { recursive: true });
  const folder = mkdtempSync(join(CACHE, `${name}-wheel-`));
  try {
    await run(PYTHON, ['-m', 'hatchling', 'build', '-t', 'wheel', '-d', folder], {
      cwd: project,
      env: { SOURCE_DATE_EPOCH }
    });
    const file = readdirSync(folder).find(each => each.endsWith('.whl'));
    if (!file) {
      throw new Error(`The wheel of ${name} was built, but is not there.`);
    }
    const bytes = readFileSync(join(folder, file));
    mkdirSync(WHEELS, { recursive: true });
    for (const old of readdirSync(WHEELS)) {
      if (old.startsWith(`${name}-`) && old.endsWith('.whl') && old !== file) {
        rmSync(join(WHEELS, old));
      }
    }
    writeAtomically(join(WHEELS, file), bytes);
    const version = file.split('-')[1] ?? '0';
    return { file, version, sha256: sha256(bytes), bytes };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The Python package `llmos`. */
export function buildWheel() {
  return buildProject(join(ROOT, 'kernel/py'), 'llmos');
}

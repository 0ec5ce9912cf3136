// @ts-check
/** Builds the Python package `llmos` into `dist/`, byte for byte the same each time. */
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { CACHE, PYTHON, ROOT, WHEELS } from './paths.mjs';
import { run } from './run.mjs';
import { sha256, writeAtomically } from './stamp.mjs';

/** Zip files know no time before 1980; this one only has to stay the same. */
const SOURCE_DATE_EPOCH = '1767225600';

/** @returns {Promise<{ file: string, version: string, sha256: string, bytes: Uint8Array }>} */
export async function buildWheel() {
  mkdirSync(CACHE, { recursive: true });
  const folder = mkdtempSync(join(CACHE, 'llmos-wheel-'));
  try {
    await run(PYTHON, ['-m', 'hatchling', 'build', '-t', 'wheel', '-d', folder], {
      cwd: join(ROOT, 'kernel/py'),
      env: { SOURCE_DATE_EPOCH }
    });
    const file = readdirSync(folder).find(name => name.endsWith('.whl'));
    if (!file) {
      throw new Error('The wheel of llmos was built, but is not there.');
    }
    const bytes = readFileSync(join(folder, file));
    mkdirSync(WHEELS, { recursive: true });
    for (const old of readdirSync(WHEELS)) {
      if (old.startsWith('llmos-') && old.endsWith('.whl') && old !== file) {
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

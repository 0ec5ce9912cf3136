// Before tests that run the command line: builds it in one file, as users get it, once for
// all of them, and only when it is older than what it is made of.
import { readdir, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleCommandLine } from '../scripts/bundle.mjs';

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const BUNDLE = join(ROOT, 'skills/dist/llmos.mjs');
const FOLDERS = ['skills/cli', 'skills/src', 'skills/scripts', 'kernel/src/runtimes'];
const FILES = ['package.json', 'package-lock.json'];

export default async function setUp() {
  // No test asks a model that a developer pays.
  delete process.env.ANTHROPIC_API_KEY;
  const built = (await stat(BUNDLE).catch(() => null))?.mtimeMs ?? 0;
  if ((await newest()) >= built) {
    await bundleCommandLine();
  }
}

/** When the latest of its sources was changed, in milliseconds. */
async function newest() {
  const lists = await Promise.all(
    FOLDERS.map(async folder =>
      (await readdir(join(ROOT, folder), { recursive: true })).map(name =>
        join(folder, name)
      )
    )
  );
  const times = await Promise.all(
    [...lists.flat(), ...FOLDERS, ...FILES].map(path => stat(join(ROOT, path)))
  );
  return Math.max(...times.map(({ mtimeMs }) => mtimeMs));
}

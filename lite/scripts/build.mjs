// @ts-check
/**
 * `npm run build`: everything up to `lite/dist` (the site), `skills/dist/llmos.mjs` (the
 * command line) and `dist/*.whl`. Steps whose inputs have not changed are left out.
 */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { LABEXTENSIONS, compile, packLabextension, runHooks } from './extensions.mjs';
import { exclusively } from './exclusive.mjs';
import { runMain, say, step } from './log.mjs';
import { CACHE, ROOT, SITE, WHEELS } from './paths.mjs';
import { bundleCommandLine } from './program.mjs';
import { readRuntime } from './runtime.mjs';
import { setUp } from './setup.mjs';
import { hashInputs, isCurrent, writeStamp } from './stamp.mjs';
import { vendor } from './vendor.mjs';
import { buildWheel } from './wheel.mjs';

/** Everything that decides what the site is. */
const INPUTS = [
  ...['package.json', 'package-lock.json', 'tsconfig.base.json', 'jupyter-lite.json'],
  ...['LICENSE', 'skills/src', 'skills/cli', 'skills/library', 'skills/package.json'],
  ...['skills/scripts', 'skills/tsconfig.json', 'kernel/src', 'kernel/py'],
  ...['kernel/scripts', 'kernel/lite', 'kernel/package.json', 'kernel/tsconfig.json'],
  ...['extension/src', 'extension/style', 'extension/schema', 'extension/scripts'],
  ...['extension/package.json', 'extension/tsconfig.json'],
  ...['lite/notebooks', 'lite/scripts', 'lite/runtime.json', 'lite/overrides.json'],
  ...[
    'lite/icons',
    'lite/startChunks.json',
    'lite/licences.json',
    'lite/requirements.txt',
    'lite/wheel'
  ]
].map(path => join(ROOT, path));

/**
 * Builds whatever is not current.
 * @param {{ allowCdn?: boolean, keepGoing?: boolean }} [options] `keepGoing`: type errors
 *   do not stop it, and the next build starts over.
 */
export function buildAll(options = {}) {
  return exclusively(join(CACHE, 'build.lock'), () => buildWhatChanged(options));
}

/** @param {{ allowCdn?: boolean, keepGoing?: boolean }} options */
async function buildWhatChanged(options) {
  await setUp();
  const allowCdn = options.allowCdn ?? false;
  const hash = hashInputs(INPUTS, process.version, String(allowCdn));
  const results = [SITE, WHEELS, join(ROOT, 'skills/dist/llmos.mjs')];
  if (isCurrent('site', hash, results)) {
    say('  ✓ Site is current');
    return;
  }
  const runtime = readRuntime();
  const missing = await fetchRuntime(runtime, allowCdn);
  const wheel = await step('Wheel of llmos', buildWheel);
  await step('TypeScript', () => compile(options));
  await step('Command line', bundleCommandLine);
  await step('Workers and library', runHooks);
  for (const folder of LABEXTENSIONS) {
    await step(`Labextension ${folder}`, () => packLabextension(folder));
  }
  // Not before npm's packages are there.
  const { assembleSite } = await import('./assemble.mjs');
  await assembleSite({ runtime, wheel, missing });
  const { buildLabWheel } = await import('./labWheel.mjs');
  await step('Wheel of llmos-lab', () => buildLabWheel(runtime, wheel));
  if (!options.keepGoing) {
    writeStamp('site', hash);
  }
}

/**
 * @param {import('./runtime.mjs').Runtime} runtime
 * @param {boolean} allowCdn
 */
async function fetchRuntime(runtime, allowCdn) {
  /** @type {import('./runtime.mjs').RuntimeFile[]} */
  let missing = [];
  await step('Python runtime', async () => {
    const result = await vendor(runtime, { allowCdn });
    missing = result.missing;
    const left = missing.length ? `, ${missing.length} left to the official CDN` : '';
    return `${runtime.files.length} files, ${result.fetched} fetched${left}`;
  });
  return missing;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await runMain(async () => {
    say('Building LLMos Lab');
    await buildAll({
      allowCdn: process.argv.includes('--allow-cdn'),
      keepGoing: process.argv.includes('--keep-going')
    });
    say('The site is in lite/dist: copy it to any static host.');
  });
}

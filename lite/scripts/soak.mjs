// @ts-check
/** `npm run soak`: works in the built site for a long time and watches its memory. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBrowser } from './browser.mjs';
import { buildAll } from './build.mjs';
import { SetupError, runMain, step } from './log.mjs';
import { ROOT } from './paths.mjs';
import { runProgram } from './program.mjs';
import { setUpTests } from './setup.mjs';
import { buildTestSite } from './testSite.mjs';

const PLACES = ['ui-tests/soak.ts', 'ui-tests/bench/soak.ts', 'ui-tests/soak/main.ts'];

await runMain(async () => {
  const path = PLACES.map(place => join(ROOT, place)).find(existsSync);
  if (!path) {
    throw new SetupError(`There is no soak program: looked for ${PLACES.join(', ')}.`);
  }
  await setUpTests();
  await step('Browser', ensureBrowser);
  await buildAll();
  await step('Test site', buildTestSite);
  process.exitCode = await runProgram(path, process.argv.slice(2));
});

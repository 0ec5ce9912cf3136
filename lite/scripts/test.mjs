// @ts-check
/** `npm test`: sets up, builds, and runs jest, pytest, Node's runner and the stories. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBrowser } from './browser.mjs';
import { buildAll } from './build.mjs';
import { say, step } from './log.mjs';
import { LITE } from './paths.mjs';
import { setUpTests } from './setup.mjs';
import {
  ORACLE,
  runJest,
  runNode,
  runPytest,
  runStories,
  runTests
} from './suites.mjs';
import { buildTestSite } from './testSite.mjs';

const folder = join(LITE, 'test');

await runTests(async () => {
  say('Setting up the tests of LLMos Lab');
  await setUpTests();
  await step('Browser', ensureBrowser);
  await buildAll();
  await step('Test site', buildTestSite);
  const files = readdirSync(folder).filter(name => name.endsWith('.test.mjs'));
  return [
    await runNode(files.map(name => join(folder, name))),
    await runJest('jest', ['--testPathIgnorePatterns', ORACLE, '/node_modules/']),
    await runPytest('pytest', ['-m', 'not oracle']),
    await runStories()
  ];
});

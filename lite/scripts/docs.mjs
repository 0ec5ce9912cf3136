// @ts-check
/**
 * `npm run docs`: writes `docs/commands.md` from the commands of the running site, and
 * the API of the TypeScript packages into `dist/docs`. With `--check` nothing is written,
 * and a page that is out of date is a fault.
 */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeApi } from './apiDocs.mjs';
import { ensureBrowser } from './browser.mjs';
import { buildAll } from './build.mjs';
import { COMMANDS, commandsPage } from './commandDocs.mjs';
import { SetupError, runMain, say, step } from './log.mjs';
import { CACHE, ROOT } from './paths.mjs';
import { runProgram } from './program.mjs';
import { setUpTests } from './setup.mjs';
import { writeAtomically } from './stamp.mjs';
import { buildTestSite } from './testSite.mjs';

/** @typedef {import('./commandDocs.mjs').Command} Command */

/**
 * What the site says of its commands.
 * @returns {Promise<Command[]>}
 */
async function readCommands() {
  const file = join(CACHE, 'commands.json');
  rmSync(file, { force: true });
  const code = await runProgram(join(ROOT, 'ui-tests/record/commands.ts'), [
    ...['--json', file]
  ]);
  if (code !== 0 || !existsSync(file)) {
    throw new SetupError(
      'The commands of the site cannot be read.',
      'Mend what is said above, then run it again.'
    );
  }
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** The page about commands as it should be. */
async function describeCommands() {
  const { page, faults } = await commandsPage(await readCommands());
  if (faults.length) {
    throw new SetupError(faults.join('\n'), 'Mend these commands, then run it again.');
  }
  return page;
}

await runMain(async () => {
  const check = process.argv.includes('--check');
  say('Documentation of LLMos Lab');
  await setUpTests();
  await step('Browser', ensureBrowser);
  await buildAll();
  await step('Test site', buildTestSite);
  const page = await describeCommands();
  if (!check) {
    writeAtomically(COMMANDS, page);
    say('  ✓ docs/commands.md');
    await step('API', writeApi);
  } else if (!existsSync(COMMANDS) || readFileSync(COMMANDS, 'utf8') !== page) {
    throw new SetupError('docs/commands.md is out of date.', 'Run: npm run docs');
  }
});

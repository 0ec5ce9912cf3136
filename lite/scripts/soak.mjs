// @ts-check
/**
 * `npm run soak [-- NAME …]`: works in the built site for a long time and watches what
 * it holds. Each program is `ui-tests/soak/NAME.mjs` with a default export
 * `async ({ page, url, log }) => counts`, which throws when something is left over.
 */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureBrowser } from './browser.mjs';
import { buildAll } from './build.mjs';
import { SetupError, runMain, say, step } from './log.mjs';
import { ROOT, TEST_SITE } from './paths.mjs';
import { setUpTests } from './setup.mjs';
import { createSiteServer, listen } from './siteServer.mjs';
import { buildTestSite } from './testSite.mjs';

const FOLDER = join(ROOT, 'ui-tests/soak');

/**
 * The programs by name, all or those asked for.
 * @param {readonly string[]} wanted
 */
function programs(wanted) {
  const names = readdirSync(FOLDER)
    .filter(file => file.endsWith('.mjs'))
    .map(file => file.slice(0, -'.mjs'.length));
  const unknown = wanted.filter(name => !names.includes(name));
  if (unknown.length) {
    throw new SetupError(
      `There is no soak program "${unknown.join('", "')}".`,
      `Choose from: ${names.join(', ')}.`
    );
  }
  return wanted.length ? wanted : names;
}

/** Debian's Chromium where there is one, Playwright's own elsewhere. */
async function launch() {
  const { chromium } = await import('@playwright/test');
  const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find(path =>
    existsSync(path)
  );
  return chromium.launch({
    ...(executablePath && { executablePath }),
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic']
  });
}

/**
 * Runs one program in a browser of its own.
 * @param {string} name
 * @param {string} url
 */
async function soak(name, url) {
  const { default: program } = await import(
    pathToFileURL(join(FOLDER, `${name}.mjs`)).href
  );
  const browser = await launch();
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    const log = (/** @type {string} */ text) => say(`  ${text}`);
    const counts = await program({ page, url, log });
    say(`  ✓ ${name}: ${JSON.stringify(counts)}`);
  } finally {
    await browser.close();
  }
}

await runMain(async () => {
  const names = programs(process.argv.slice(2));
  await setUpTests();
  await step('Browser', ensureBrowser);
  await buildAll();
  await step('Test site', buildTestSite);
  const server = createSiteServer({ folder: TEST_SITE });
  const port = await listen(server, { port: 0, host: '127.0.0.1' });
  try {
    for (const name of names) {
      say(`\n${name}`);
      await soak(name, `http://127.0.0.1:${port}/`);
    }
  } finally {
    server.closeAllConnections();
    server.close();
  }
});

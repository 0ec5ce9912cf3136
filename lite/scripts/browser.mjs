// @ts-check
/** Finds a browser for the stories, or gets one. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { SetupError } from './log.mjs';
import { ROOT } from './paths.mjs';
import { tryRun } from './run.mjs';

/** The same places as `ui-tests/browser.ts`. */
const SYSTEM = ['/usr/bin/chromium', '/usr/bin/chromium-browser'];
const DOWNLOAD_TIMEOUT_MS = 240_000;

/** The system's Chromium, else the one that Playwright has downloaded. */
function findBrowser() {
  const { chromium } = createRequire(join(ROOT, 'ui-tests/package.json'))(
    '@playwright/test'
  );
  const downloaded = /** @type {string} */ (chromium.executablePath());
  return [...SYSTEM, downloaded].find(path => path && existsSync(path));
}

/** @param {string} path */
async function starts(path) {
  const { code } = await tryRun(path, ['--version'], { timeoutMs: 30_000 });
  return code === 0;
}

/**
 * Makes sure that there is a browser which starts.
 * @returns {Promise<string>} Where it is.
 */
export async function ensureBrowser() {
  const tried = [];
  for (const get of [undefined, download, installPackage]) {
    const fault = await get?.();
    if (fault) {
      tried.push(fault);
    }
    const path = findBrowser();
    if (path && (await starts(path))) {
      return path;
    }
  }
  throw new SetupError(
    ['There is no browser for the tests, and none could be installed:', ...tried].join(
      '\n  '
    ),
    'Install Chromium (Debian and Ubuntu: sudo apt-get install chromium), then run the command again.'
  );
}

/** @returns {Promise<string | undefined>} Why it failed. */
async function download() {
  const { code, output } = await tryRun(
    'npx',
    ['--no-install', 'playwright', 'install', 'chromium'],
    {
      cwd: join(ROOT, 'ui-tests'),
      env: { PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '20000' },
      timeoutMs: DOWNLOAD_TIMEOUT_MS
    }
  );
  return code === 0 ? undefined : `Playwright's download: ${lastLine(output)}`;
}

/** @returns {Promise<string | undefined>} Why it failed. */
async function installPackage() {
  if (process.getuid?.() !== 0) {
    return 'apt-get: only the administrator may install packages';
  }
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await tryRun('apt-get', ['update', '-qq'], { env });
  const { code, output } = await tryRun(
    'apt-get',
    ['install', '-y', '-qq', '--no-install-recommends', 'chromium'],
    { env }
  );
  return code === 0 ? undefined : `apt-get: ${lastLine(output)}`;
}

/** @param {string} text */
function lastLine(text) {
  return text.trim().split('\n').at(-1) ?? '';
}

import { availableParallelism } from 'node:os';

import { defineConfig } from '@playwright/test';
import type { GalataOptions } from '@jupyterlab/galata';
import { LAUNCH } from './browser';
import { FOLDERS, ROOT } from './siteServer';

/** Another port lets two clones run their stories side by side. */
const PORT = Number(process.env['LLMOS_TEST_PORT'] ?? 8765);

/** As most static hosts are, unless asked for; `hosting.spec.ts` tests both. */
const ISOLATION = process.env['LLMOS_TEST_ISOLATED'] ? '' : '--not-isolated';

/** Every page boots a Python: on a small machine two at once only make each other late. */
const WORKERS = availableParallelism() >= 4 ? 2 : 1;

/** Stories against the built test site. */
export default defineConfig<GalataOptions>({
  testDir: 'tests',
  outputDir: 'test-results',
  globalSetup: './globalSetup',
  workers: WORKERS,
  retries: 0,
  timeout: 120_000,
  expect: { timeout: 60_000 },
  reporter: [['list']],
  use: {
    appPath: '',
    autoGoto: false,
    baseURL: `http://localhost:${PORT}`,
    launchOptions: LAUNCH,
    screenshot: 'only-on-failure',
    // Recording what a page did takes as long again as the page itself.
    trace: process.env['LLMOS_TEST_TRACE'] ? 'retain-on-failure' : 'off',
    video: 'off',
    viewport: { width: 1280, height: 800 }
  },
  webServer: {
    command: `node lite/scripts/serve.mjs --port ${PORT} --folder "${FOLDERS.testSite}" ${ISOLATION}`,
    cwd: ROOT,
    port: PORT,
    reuseExistingServer: false
  }
});

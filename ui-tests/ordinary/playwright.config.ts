import { cpSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

import { defineConfig } from '@playwright/test';
import type { GalataOptions } from '@jupyterlab/galata';
import { LAUNCH } from '../browser';
import { ROOT } from '../siteServer';

const PORT = Number(process.env['LLMOS_TEST_PORT'] ?? 8765);

/** Programs of the environment in which JupyterLab and the wheels are. */
const BIN = process.env['LLMOS_JUPYTER_BIN'] ?? '';

/** Workers load this file too; only the first to do so makes the folder. */
const FOLDER = (process.env['LLMOS_JUPYTER_ROOT'] ??= notebooks());

/** A folder of people's own, with the notebooks of the site in it. */
function notebooks(): string {
  const folder = mkdtempSync(join(tmpdir(), 'llmos-jupyter-'));
  cpSync(join(ROOT, 'lite/notebooks'), folder, { recursive: true });
  return folder;
}

/** Stories in a real JupyterLab, on a server, with ipykernel. */
export default defineConfig<GalataOptions>({
  testDir: '.',
  outputDir: '../test-results/ordinary',
  workers: 1,
  retries: 0,
  timeout: 180_000,
  expect: { timeout: 60_000 },
  reporter: [['list']],
  use: {
    appPath: '/lab',
    autoGoto: false,
    baseURL: `http://localhost:${PORT}`,
    launchOptions: LAUNCH,
    screenshot: 'only-on-failure',
    trace: process.env['LLMOS_TEST_TRACE'] ? 'retain-on-failure' : 'off',
    video: 'off',
    viewport: { width: 1280, height: 800 }
  },
  webServer: {
    command: `jupyter lab --config ui-tests/ordinary/jupyter_server_config.py --ServerApp.port=${PORT}`,
    cwd: ROOT,
    env: {
      PATH: `${BIN}${delimiter}${process.env['PATH'] ?? ''}`,
      JUPYTERLAB_GALATA_ROOT_DIR: FOLDER,
      LLMOS_CACHE: join(FOLDER, '.results')
    },
    url: `http://localhost:${PORT}/api`,
    timeout: 120_000,
    reuseExistingServer: false
  }
});

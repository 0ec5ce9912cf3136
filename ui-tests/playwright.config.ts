import { existsSync } from 'node:fs';
import { defineConfig } from '@playwright/test';

/** Debian's Chromium where there is one, Playwright's own elsewhere. */
const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find(path =>
  existsSync(path)
);

export default defineConfig({
  testDir: 'tests',
  use: {
    video: 'off',
    launchOptions: {
      ...(executablePath ? { executablePath } : {}),
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic']
    }
  }
});

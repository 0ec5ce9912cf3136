import { existsSync } from 'node:fs';
import type { LaunchOptions } from '@playwright/test';

/** Debian's Chromium where there is one, Playwright's own elsewhere. */
const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find(path =>
  existsSync(path)
);

/** How stories and benchmarks start their browser. */
export const LAUNCH: LaunchOptions = {
  ...(executablePath ? { executablePath } : {}),
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic']
};

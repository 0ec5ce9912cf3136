/**
 * Writes what the commands of the test site are into a file, for `npm run docs`. Fails
 * where one says too little of itself.
 */
import { writeFileSync } from 'node:fs';
import { chromium } from '@playwright/test';

import { option } from '../bench/report';
import { LAUNCH } from '../browser';
import { gapsOf, listCommands } from '../commandList';
import { FOLDERS, serveFolder } from '../siteServer';

async function main(): Promise<void> {
  const server = await serveFolder(FOLDERS.testSite);
  const browser = await chromium.launch(LAUNCH);
  try {
    const page = await browser.newPage();
    await page.goto(`${server.url}lab/index.html?reset`);
    const commands = await listCommands(page);
    const gaps = commands.flatMap(gapsOf);
    if (gaps.length > 0) {
      throw new Error(gaps.join('\n'));
    }
    writeFileSync(option('json') ?? 'commands.json', JSON.stringify(commands, null, 2));
  } finally {
    await browser.close();
    await server.close();
  }
}

await main();

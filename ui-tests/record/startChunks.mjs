// @ts-check
/**
 * Records which chunks of JupyterLite are asked for until a notebook has run a cell and
 * shown a text, for the build to join them into one script. They are those of plain
 * JupyterLite, whose scripts are apart, and without MathJax, which here comes with the
 * first formula; anew with each version of it:
 *
 *     node ui-tests/bench/baseline.mjs && node ui-tests/record/startChunks.mjs
 */
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { runMain } from '../../lite/scripts/log.mjs';
import { CACHE, LITE } from '../../lite/scripts/paths.mjs';
import { createSiteServer, listen } from '../../lite/scripts/siteServer.mjs';

const RECORDED = join(LITE, 'startChunks.json');
const CHUNK = /\/build\/([^/]+)\.[0-9a-f]{7,}\.js$/;

await runMain(async () => {
  const server = createSiteServer({ folder: join(CACHE, 'baseline-site') });
  const port = await listen(server, { port: 0, host: '127.0.0.1' });
  const executablePath = ['/usr/bin/chromium'].find(path => existsSync(path));
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  const page = await browser.newPage();
  /** @type {Set<string>} */
  const names = new Set();
  page.on('request', request => {
    const name = CHUNK.exec(new URL(request.url()).pathname)?.[1];
    if (name) {
      names.add(name);
    }
  });
  await page.route('**/jupyter-lite.json', async route => {
    const answer = await route.fetch();
    const json = await answer.json();
    json['jupyter-config-data'].disabledExtensions = ['@jupyterlab/mathjax-extension'];
    await route.fulfill({ json });
  });
  await page.goto(`http://127.0.0.1:${port}/lab/index.html?path=h2-vqe.ipynb`);
  const cell = page.locator('.jp-Notebook .jp-CodeCell').first();
  await cell.locator('.cm-content').click();
  await page.keyboard.press('Shift+Enter');
  await cell.locator('.jp-OutputArea-output').waitFor({ timeout: 120_000 });
  for (const key of ['Escape', 'b', 'm', 'Enter', '*', 'a', '*', 'Shift+Enter']) {
    await page.keyboard.press(key);
  }
  await page.locator('.jp-RenderedMarkdown em').waitFor();
  await browser.close();
  server.close();
  writeFileSync(RECORDED, `${JSON.stringify([...names], null, 2)}\n`);
});

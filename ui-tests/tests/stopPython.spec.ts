import type { Page } from '@playwright/test';
import { applicationReady, expect, recordTraffic, test } from '../fixtures';
import {
  cellDone,
  codeCell,
  notebookFile,
  notebookPanel,
  openFile,
  outputOf,
  promptOf,
  startCell,
  writeFiles
} from '../lab';
import { FOLDERS, serveFolder } from '../siteServer';

const CELLS = [
  'kept = 1\nprint("computing")\nwhile True: pass',
  'print(1 + 1)',
  'import asyncio\nprint("waiting")\nawait asyncio.sleep(3600)',
  'print("kept" in globals())'
];

/** Skills of the runtimes that work in frames and workers of their own. */
const RUNTIMES =
  'from llmos import skill\n' +
  'd = await skill("spice-resistor")()\n' +
  'c = await skill("threejs-cube")()\n' +
  'print("both ran")';

const stop = (page: Page): Promise<void> =>
  notebookPanel(page)
    .locator('.llmos-RunToolbar')
    .getByRole('button', { name: 'Stop' })
    .click();

/** Runs a cell until it prints a word, then presses Stop. */
async function stopCell(page: Page, index: number, word: string): Promise<void> {
  await startCell(page, index);
  await expect(outputOf(page, index)).toContainText(word);
  await stop(page);
}

for (const isolated of [true, false]) {
  const where = isolated ? 'where the page is isolated' : 'on any other host';
  test(`Stop ends Python that computes or waits, ${where}`, async ({ browser }) => {
    const server = await serveFolder(FOLDERS.testSite, { isolated });
    const context = await browser.newContext({
      viewport: { width: 1280, height: 800 }
    });
    const traffic = recordTraffic(context);
    try {
      const page = await context.newPage();
      await page.goto(`${server.url}lab/index.html?reset`);
      await applicationReady(page);
      await writeFiles(page, [notebookFile('stop.ipynb', [...CELLS, RUNTIMES])]);
      await openFile(page, 'stop.ipynb');
      await codeCell(page, 4).waitFor();

      await stopCell(page, 0, 'computing');
      if (isolated) {
        await cellDone(page, 0);
        await expect(outputOf(page, 0)).toContainText('KeyboardInterrupt');
      } else {
        const dialog = page.locator('.jp-Dialog');
        await expect(dialog).toContainText('Python is still computing');
        await dialog.getByRole('button', { name: 'Restart Python' }).click();
        await expect(promptOf(page, 0)).toHaveText('[ ]:');
      }
      await startCell(page, 1);
      await expect(outputOf(page, 1)).toHaveText('2');

      await stopCell(page, 2, 'waiting');
      await cellDone(page, 2);
      await expect(outputOf(page, 2)).toContainText('KeyboardInterrupt');
      // A stop is no fault: nothing is red, and there is nothing to explain or to fix.
      await expect(outputOf(page, 2).getByRole('button')).toHaveText(['Stopped']);
      await expect(outputOf(page, 2).locator('pre').last()).toBeHidden();
      await expect(page.locator('.jp-Dialog')).toHaveCount(0);

      await startCell(page, 3);
      await expect(outputOf(page, 3)).toHaveText(isolated ? 'True' : 'False');
      await startCell(page, 4);
      await expect(outputOf(page, 4)).toContainText('both ran');
      expect(traffic.foreign).toEqual([]);
    } finally {
      await context.close();
      await server.close();
    }
  });
}

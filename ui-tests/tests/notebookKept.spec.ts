import type { NotebookPanel } from '@jupyterlab/notebook';

import { expect, test } from '../fixtures';
import {
  cellDone,
  codeCell,
  keptLayout,
  notebookFile,
  openFile,
  outputOf,
  startCell,
  writeFiles
} from '../lab';

test('a reload keeps the notebook that was saved, with its outputs', async ({
  page
}) => {
  await page.goto('lab/index.html?path=h2-vqe.ipynb');
  await codeCell(page, 0).waitFor();
  await codeCell(page, 0).locator('.cm-content').click();
  await page.keyboard.press('Control+End');
  await page.keyboard.type('\nprint("kept across", 6 * 7)');
  await startCell(page, 0);
  await cellDone(page, 0);
  await expect(outputOf(page, 0)).toContainText('kept across 42');
  await page.keyboard.press('Control+s');
  await expect(page.locator('.lm-TabBar-tab.jp-mod-dirty')).toHaveCount(0);

  await page.reload();
  await openFile(page, 'h2-vqe.ipynb');
  await expect(codeCell(page, 0)).toContainText('print("kept across", 6 * 7)');
  await expect(outputOf(page, 0)).toContainText('kept across 42');
});

test('a renamed notebook has its tab after a reload', async ({ page }) => {
  await page.goto('lab/index.html?reset');
  await writeFiles(page, [notebookFile('draft.ipynb', ['1'])]);
  await openFile(page, 'draft.ipynb');
  await codeCell(page, 0).waitFor();
  const tab = page.locator('#jp-main-dock-panel .lm-TabBar-tab');
  await expect(tab.filter({ hasText: 'draft.ipynb' })).toBeVisible();
  await page.locator('#jp-MainMenu').getByText('File', { exact: true }).click();
  await page.locator('.lm-Menu [data-command="docmanager:rename"]').click();
  await page.locator('.jp-Dialog input').fill('final.ipynb');
  await page.locator('.jp-Dialog .jp-mod-accept').click();
  await expect(tab.filter({ hasText: 'final.ipynb' })).toBeVisible();
  await expect.poll(() => keptLayout(page)).toContain('notebook:final.ipynb');

  await page.reload();
  await expect(tab.filter({ hasText: 'final.ipynb' })).toBeVisible();
  await expect(codeCell(page, 0)).toBeVisible();
});

test('a cell runs that was started before its kernel', async ({ page }) => {
  await page.goto('lab/index.html?reset');
  await writeFiles(page, [notebookFile('early.ipynb', ['print("early", 6 * 7)'])]);
  // The document counts as ready a moment before it starts its kernel.
  const isEarly = await page.evaluate(async () => {
    const commands = globalThis.jupyterapp?.commands;
    const panel = (await commands?.execute('docmanager:open', {
      path: 'early.ipynb'
    })) as NotebookPanel;
    await panel.context.ready;
    const { isReady } = panel.sessionContext;
    void commands?.execute('notebook:run-cell-and-select-next');
    return !isReady;
  });
  expect(isEarly).toBe(true);
  await cellDone(page, 0);
  await expect(outputOf(page, 0)).toContainText('early 42');
});

test('MathJax comes with the first formula', async ({ page }) => {
  await page.goto('lab/index.html?reset');
  await writeFiles(page, [notebookFile('formula.ipynb', ['1'])]);
  await openFile(page, 'formula.ipynb');
  const write = async (text: string): Promise<void> => {
    await page.keyboard.press('Escape');
    await page.keyboard.press('b');
    await page.keyboard.press('m');
    await page.keyboard.press('Enter');
    await page.keyboard.type(text);
    await page.keyboard.press('Control+Enter');
  };
  await codeCell(page, 0).locator('.cm-content').click();
  const texts = page.locator('.jp-Notebook .jp-RenderedMarkdown');
  await write('An *energy*');
  await expect(texts.locator('em')).toHaveText('energy');
  const isLoaded = (): Promise<boolean> => page.evaluate(() => 'MathJax' in globalThis);
  expect(await isLoaded()).toBe(false);
  await write('It is $E_0$');
  await expect(texts.locator('mjx-container')).toBeVisible();
  expect(await isLoaded()).toBe(true);
});

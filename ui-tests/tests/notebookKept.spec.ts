import { expect, test } from '../fixtures';
import { cellDone, codeCell, openFile, outputOf, startCell } from '../lab';

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

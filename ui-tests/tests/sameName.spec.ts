import { expect, test } from '../fixtures';
import {
  cellDone,
  codeCell,
  notebookFile,
  openFile,
  outputOf,
  startAll,
  writeFiles
} from '../lab';

test('two notebooks of one name in different folders have kernels of their own', async ({
  page
}) => {
  await page.goto('lab/index.html?reset');
  await writeFiles(page, [
    { path: 'one', type: 'directory' },
    { path: 'two', type: 'directory' },
    notebookFile('one/same.ipynb', ['where = "one"', 'print("from", where)']),
    notebookFile('two/same.ipynb', [
      'print("where" in globals())\nwhere = "two"',
      'print("from", where)'
    ])
  ]);
  await openFile(page, 'one/same.ipynb');
  await codeCell(page, 1).waitFor();
  await startAll(page);
  await cellDone(page, 1);
  await expect(outputOf(page, 1)).toContainText('from one');

  await openFile(page, 'two/same.ipynb');
  await expect(codeCell(page, 0)).toContainText('where = "two"');
  await startAll(page);
  await cellDone(page, 1);
  await expect(outputOf(page, 0)).toContainText('False');
  await expect(outputOf(page, 1)).toContainText('from two');

  await openFile(page, 'one/same.ipynb');
  await expect(codeCell(page, 0)).toContainText('where = "one"');
  await codeCell(page, 1).locator('.cm-content').click();
  await page.keyboard.press('Control+Enter');
  await expect(outputOf(page, 1)).toContainText('from one');
});

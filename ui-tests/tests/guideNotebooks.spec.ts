import { expect, test } from '../fixtures';
import {
  cellDone,
  codeCell,
  notebookPanel,
  openFile,
  outputOf,
  startAll,
  startCell
} from '../lab';

/** What must appear under the code cells of the guide's notebooks; null: anything. */
const GUIDE: Readonly<Record<string, readonly (RegExp | null)[]>> = {
  '1-skills': [
    null,
    /1000 measurements/,
    /one of 'bell'.* given 'ring'/,
    /\d V/,
    /plot-xy/
  ],
  '2-graph': [null, null, /eigenvalue/, null, /exact energy .* [-\u2212]1\.137\d Ha/],
  '3-your-own-skill': [null, null, /338\.6 Hz/, /spice-resistor/],
  '4-sessions': [null, /ghz-counts\.json/, /'system', 'user'.*entries/s]
};

/** The notebook with a cell that says of itself that it is to be a skill. */
const ASKS = '3-your-own-skill';

test('the notebooks of the guide run from top to bottom', async ({ page, traffic }) => {
  test.slow(); // Four notebooks, each with a Python of its own.
  await page.goto('lab/index.html?reset');
  await page.waitForFunction(() => globalThis.jupyterapp !== undefined);
  for (const [name, wanted] of Object.entries(GUIDE)) {
    await openFile(page, `guide/${name}.ipynb`);
    await codeCell(page, wanted.length - 1).waitFor();
    await expect(notebookPanel(page).locator('.jp-CodeCell')).toHaveCount(
      wanted.length
    );
    await startAll(page);
    if (name === ASKS) {
      // It may come before the last cell has run, and keeps the page to itself.
      const dialog = page.locator('.jp-Dialog', { hasText: 'rc-cutoff' });
      await dialog.getByRole('button', { name: 'Save' }).click();
      // As the notebook says, it is a call then, which runs like any other.
      await expect(codeCell(page, 1)).toContainText('await skill("rc-cutoff")');
      await startCell(page, 1);
      await expect(outputOf(page, 1)).toContainText('338.6');
    }
    for (const index of wanted.keys()) {
      await cellDone(page, index);
    }
    await expect(notebookPanel(page).locator('.jp-OutputArea-error')).toHaveCount(0);
    for (const [index, text] of wanted.entries()) {
      if (text) {
        await expect(outputOf(page, index)).toContainText(text);
      }
    }
  }
  expect(traffic.errors).toEqual([]);
});

import type { Locator } from '@playwright/test';
import { expect, test } from '../fixtures';
import { cellDone, codeCell, outputOf, startAll } from '../lab';

/** Number of code cells of the notebook on which the site opens. */
const CELLS = 6;

/** How many colours a drawn chart has; an empty canvas has one. */
async function coloursOf(chart: Locator): Promise<number> {
  return chart.evaluate(node => {
    if (!(node instanceof HTMLCanvasElement)) {
      return node.querySelectorAll('path, line, rect').length;
    }
    const { width, height } = node;
    const pixels = node.getContext('2d')?.getImageData(0, 0, width, height).data;
    const words = new Uint32Array(pixels?.buffer ?? new ArrayBuffer(0));
    return new Set(words).size;
  });
}

test('runs the opening notebook to its energy, its plots and its file', async ({
  page,
  traffic
}) => {
  await page.goto('lab/index.html?path=h2-vqe.ipynb');
  await codeCell(page, CELLS - 1).waitFor();
  await expect(page.locator('.jp-CodeCell')).toHaveCount(CELLS);

  await startAll(page);
  await expect(outputOf(page, 0)).toContainText(/[-\u2212]1\.137/);
  await cellDone(page, CELLS - 1);
  await expect(page.locator('.jp-CodeCell .jp-OutputArea-error')).toHaveCount(0);
  await expect(outputOf(page, 1)).toContainText(/eigenvalue.*[-\u2212]1\.13[67]/s);
  await expect(outputOf(page, CELLS - 1)).toContainText('h2-curve.csv');

  for (const cell of [2, 4]) {
    const chart = outputOf(page, cell).locator('.vega-embed canvas, .vega-embed svg');
    await expect(chart.first()).toBeVisible();
    expect(await coloursOf(chart.first())).toBeGreaterThan(5);
  }

  const files = page.locator('.jp-DirListing-item');
  await expect(files.filter({ hasText: 'h2-curve.csv' })).toBeVisible();

  expect(traffic.errors).toEqual([]);
  expect(traffic.count).toBeGreaterThan(20);
});

import { expect, test } from '../fixtures';
import { outputOf, runNotebook } from '../lab';

test('scipy, pandas and matplotlib load when a cell imports them', async ({ page }) => {
  await page.goto('lab/index.html?reset');
  await runNotebook(page, 'packages.ipynb', [
    'import sys\nprint([name for name in ("scipy", "pandas", "matplotlib") if name in sys.modules])',
    'from scipy.optimize import brentq\nprint("root %.6f" % brentq(lambda x: x * x - 2, 0, 2))',
    'import pandas as pd\npd.DataFrame({"bond": [0.7, 0.8], "energy": [-1.136, -1.134]})',
    'import matplotlib.pyplot as plt\nfigure, axes = plt.subplots()\naxes.plot([0, 1, 2], [0, 1, 4])\nplt.show()'
  ]);
  await expect(outputOf(page, 0)).toContainText('[]');
  await expect(outputOf(page, 1)).toContainText('root 1.414214');
  await expect(outputOf(page, 2).locator('table')).toContainText('-1.136');
  const figure = outputOf(page, 3).locator('img');
  await expect(figure).toBeVisible();
  const width = await figure.evaluate(
    image => (image as HTMLImageElement).naturalWidth
  );
  expect(width).toBeGreaterThan(200);
});

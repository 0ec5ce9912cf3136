import { expect, test } from '../fixtures';
import {
  cellDone,
  notebookFile,
  openFile,
  outputOf,
  runNotebook,
  startCell,
  writeFiles
} from '../lab';

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
  // Nothing on standard error, such as a warning that fonts are looked at.
  await expect(
    outputOf(page, 3).locator('[data-mime-type="application/vnd.jupyter.stderr"]')
  ).toHaveCount(0);
  const figure = outputOf(page, 3).locator('img');
  await expect(figure).toBeVisible();
  const width = await figure.evaluate(
    image => (image as HTMLImageElement).naturalWidth
  );
  expect(width).toBeGreaterThan(200);
});

test('says in a sentence what is not here, and what to do', async ({ page }) => {
  await page.goto('lab/index.html?reset');
  await writeFiles(page, [
    notebookFile('absent.ipynb', [
      '%pip install requests',
      '!pip install -q pandas',
      'import tensorflow',
      '!ls'
    ])
  ]);
  await openFile(page, 'absent.ipynb');
  for (const [index, text] of [
    [0, /requests is not among this site's packages, and PyPI is out of reach/],
    [1, /^pandas \S+ is part of this site\.\s*$/],
    [2, /tensorflow is not among this site's packages.*%pip list/s],
    [3, /`!ls` needs the shell of an operating system/]
  ] as const) {
    await startCell(page, index);
    await cellDone(page, index);
    await expect(outputOf(page, index)).toHaveText(text);
    await expect(outputOf(page, index)).not.toContainText('micropip/');
  }
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures';
import { notebookPanel, openFile, writeFiles } from '../lab';
import { FOLDERS, serveFolder } from '../siteServer';

declare global {
  /** Names of the attacks that ran in the page. */
  var llmosAttack: string[] | undefined;
}

/** The notebook of the baseline site: three outputs with code, marked as trusted. */
const HOSTILE: unknown = JSON.parse(
  readFileSync(join(FOLDERS.baseline, 'files', 'hostile.ipynb'), 'utf8')
);

const attacksIn = (page: Page): Promise<string[]> =>
  page.evaluate(() => globalThis.llmosAttack ?? []);

test('outputs of a notebook that claims trust run nothing', async ({ page }) => {
  const paths = ['hostile.ipynb', 'user:hostile.ipynb'];
  await page.goto('lab/index.html?reset');
  await writeFiles(
    page,
    paths.map(path => ({ path, type: 'notebook', content: HOSTILE }))
  );
  await page.reload();
  for (const path of paths) {
    await openFile(page, path);
    const panel = notebookPanel(page);
    await expect(panel.getByText('hostile notebook drawn')).toBeVisible();
    await expect(panel.locator('.jp-OutputArea-output img')).not.toHaveAttribute(
      'onerror'
    );
    expect(await attacksIn(page)).toEqual([]);
  }
});

test('the same outputs do run on plain JupyterLite, so the test above can fail', async ({
  browser
}) => {
  const server = await serveFolder(FOLDERS.baseline);
  const page = await browser.newPage();
  try {
    await page.goto(`${server.url}lab/index.html?path=hostile.ipynb`);
    await expect(page.getByText('hostile notebook drawn')).toBeVisible();
    // An output that is drawn twice attacks twice.
    const kinds = async (): Promise<string[]> => [...new Set(await attacksIn(page))];
    await expect
      .poll(async () => (await kinds()).sort())
      .toEqual(['image', 'javascript', 'script']);
  } finally {
    await page.close();
    await server.close();
  }
});

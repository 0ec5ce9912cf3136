import type { Locator, Page } from '@playwright/test';

import { expectAccessible } from '../axe';
import { runCommand } from '../commands';
import { applicationReady, expect, test } from '../fixtures';
import { byPalette, codeCell, notebookPanel, openFile, outputOf } from '../lab';
import { runTemplate, TEMPLATES } from '../templates';

const START = 'lab/index.html?path=h2-vqe.ipynb';
const GUIDE = '#llmos-guide';

/** The site as it ships: stories have a setting that keeps the guide away. */
async function withGuide(page: Page): Promise<void> {
  await page.route('**/jupyter-lite.json', async route => {
    const response = await route.fetch();
    const config = (await response.json()) as {
      'jupyter-config-data'?: { settingsOverrides?: Record<string, unknown> };
    };
    delete config['jupyter-config-data']?.settingsOverrides?.[
      '@llmos-lab/extension:guide'
    ];
    await route.fulfill({ response, json: config });
  });
}

/** Goes to a page where no application starts, for which Galata would wait. */
async function visit(
  page: Page,
  path: string,
  base: string | undefined
): Promise<void> {
  await page.evaluate(url => location.assign(url), new URL(path, base).href);
}

test('a first visit: from the guide to a first result, by keyboard only', async ({
  page,
  traffic
}) => {
  // Six cells and a start of Python, beside other stories.
  test.setTimeout(240_000);
  await withGuide(page);
  await page.goto(START);
  const guide = page.locator(GUIDE);
  await expect(guide.getByRole('heading', { name: 'Guide' })).toBeVisible();
  // It stands beside the notebook and hides nothing of it.
  await expect(codeCell(page, 0)).toBeInViewport();
  await applicationReady(page);

  await byPalette(page, 'Guide');
  const vqe = guide.locator('[data-prompt="vqe"]');
  await expect(vqe.getByRole('button')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(vqe.getByRole('button', { name: 'Stop' })).toBeFocused();
  await expect(vqe).toHaveAttribute('data-phase', 'done', { timeout: 150_000 });
  await expect(vqe).toContainText(/6 cells in .* s/);
  await expect(outputOf(page, 0)).toContainText(/[-\u2212]1\.137/);
  await expect(vqe.getByRole('button', { name: 'Run again' })).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(codeCell(page, 1)).toHaveClass(/jp-mod-active/);

  // Closed is closed, also in a layout that is new; the palette brings it back.
  await byPalette(page, 'Guide');
  await page.keyboard.press('Shift+Tab');
  await expect(guide.getByRole('button', { name: 'Close the guide' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(guide).toHaveCount(0);
  await page.goto('lab/index.html?reset');
  await applicationReady(page);
  const templates = page.locator('.jp-LauncherCard', { hasText: /^(VQE study|Blank)/ });
  await expect(templates).toHaveCount(2);
  await expect(templates.last()).toBeInViewport({ ratio: 1 });
  await expect(guide).toHaveCount(0);
  await byPalette(page, 'Guide');
  await expect(vqe.getByRole('button')).toBeFocused();
  expect(traffic.errors).toEqual([]);
});

test.describe('on a phone', () => {
  test.use({ hasTouch: true, viewport: { width: 390, height: 844 } });

  test('a finger chooses in menus, and the notebook has its room', async ({ page }) => {
    test.setTimeout(240_000);
    await withGuide(page);
    await page.goto(START);
    await applicationReady(page);
    const guide = page.locator(GUIDE);
    const width = async (): Promise<number> =>
      (await notebookPanel(page).boundingBox())?.width ?? 0;
    await expect.poll(width).toBeGreaterThan(300);
    await expect(guide).toBeHidden();

    await page.locator('#jp-MainMenu').getByText('Help', { exact: true }).tap();
    await page.locator('.lm-Menu [data-command="llmos:open-guide"]').tap();
    const vqe = guide.locator('[data-prompt="vqe"]');
    await vqe.getByRole('button').click();
    await expect(vqe).toHaveAttribute('data-phase', 'done', { timeout: 150_000 });
    await expect(page.locator('#llmos-graph-panel')).toBeHidden();
    await byPalette(page, 'Guide');
    await vqe.getByRole('button', { name: 'Go to the result' }).click();
    await expect.poll(width).toBeGreaterThan(300);
    await expect(codeCell(page, 1)).toBeInViewport();

    // One side at a time: the graph, too, is within the screen.
    await byPalette(page, 'Guide');
    await expect(guide).toBeVisible();
    await byPalette(page, 'Graph of the notebook');
    await expect(page.locator('#llmos-graph-panel')).toBeInViewport({ ratio: 0.99 });
    await expect(guide).toBeHidden();
  });
});

test('shows the panels one by one, and what keys and browser can do', async ({
  page,
  baseURL
}) => {
  await page.goto('lab/index.html?reset');
  await openFile(page, 'h2-vqe.ipynb');
  await codeCell(page, 0).locator('.cm-content').click();
  await byPalette(page, 'Tour of the panels');
  const tour = page.getByRole('dialog');
  await expect(tour.getByRole('heading')).toHaveText('A skill is a cell');
  await expectAccessible(page, { tour: '.llmos-Tour' });
  await page.keyboard.press('ArrowRight');
  await expect(tour.getByRole('heading')).toHaveText('Run what is needed');
  await page.keyboard.press('Enter');
  await expect(tour.getByRole('heading')).toHaveText('Skill library');
  await expect(page.locator('#llmos-skill-panel')).toBeVisible();
  await page.keyboard.press('ArrowLeft');
  await expect(tour.getByRole('heading')).toHaveText('Run what is needed');
  await page.keyboard.press('Escape');
  await expect(tour).toHaveCount(0);
  // What was shown is as it was, and the keys go to the notebook again.
  await expect(page.locator('#llmos-skill-panel')).toBeHidden();
  await expect(notebookPanel(page).locator(':focus')).toHaveCount(1);

  await page.locator('#jp-MainMenu').getByText('Help', { exact: true }).click();
  await expect(page.locator('.lm-Menu').getByText(/licen[cs]es/i)).toHaveCount(1);
  await page.locator('.lm-Menu [data-command="llmos:show-keys"]').click();
  const keys = page.locator('.jp-Dialog', { hasText: 'Keyboard map' });
  await expect(keys.getByRole('searchbox')).toBeFocused();
  await page.keyboard.insertText('stale');
  await expect(keys.getByRole('row')).toHaveCount(1);
  await expect(keys.getByRole('row')).toContainText('G R');
  await page.keyboard.press('Escape');
  await expect(keys).toHaveCount(0);

  await page.locator('#jp-MainMenu').getByText('Help', { exact: true }).click();
  await page.locator('.lm-Menu [data-command="llmos:preflight"]').click();
  const preflight = page.locator('.jp-Dialog', { hasText: 'What this browser can do' });
  await expect(preflight.locator('[data-probe="webassembly"]')).toHaveAttribute(
    'data-state',
    'there'
  );
  await expect(preflight.locator('[data-probe="isolation"]')).toContainText(
    'Stop offers a restart'
  );
  await page.keyboard.press('Escape');

  // The same where the application cannot start.
  await visit(page, 'llmos/preflight.html', baseURL);
  await expect(page.locator('[data-probe="workers"]')).toHaveAttribute(
    'data-state',
    'there'
  );
  await expect(page.getByRole('link', { name: 'Open LLMos Lab' })).toBeVisible();
  await page.route('**/build/**', route => route.abort());
  await visit(page, START, baseURL);
  await page.waitForURL('**/lab/index.html*');
  const late = page.locator('a', { hasText: 'what this browser lacks' });
  await late.waitFor({ state: 'attached' });
  await page.evaluate(() => document.getAnimations().forEach(each => each.finish()));
  await late.click();
  await expect(page.locator('[data-probe="workers"]')).toBeVisible();
});

test('each template makes a notebook that runs from top to bottom', async ({
  page
}) => {
  test.setTimeout(240_000);
  await page.goto('lab/index.html?reset');
  for (const name of TEMPLATES) {
    await runTemplate(page, name);
    await runCommand(page, 'notebook:shutdown-kernel');
    // Its result is a widget, which cannot leave the page.
    await page.evaluate(async () => {
      await globalThis.jupyterapp?.commands.execute('launcher:create');
    });
  }
  // The blank one has nothing to run yet.
  await page
    .locator('.jp-Launcher:visible .jp-LauncherCard', { hasText: 'Blank with skills' })
    .click();
  await expect(codeCell(page, 0)).toContainText('from llmos import skill');
  await expect(notebookPanel(page)).toContainText('A workflow');
  // Each notebook took the place of the launcher that it came from.
  await expect(page.locator('.jp-Launcher')).toHaveCount(0);
});

test('filter, scene and sweep of the guide run to their results', async ({ page }) => {
  test.setTimeout(240_000);
  await page.goto('lab/index.html?reset');
  const run = (prompt: string): Promise<unknown> =>
    runCommand(page, 'llmos:run-prompt', { prompt });
  const said = (prompt: string): Locator =>
    page.locator(GUIDE).locator(`[data-prompt="${prompt}"]`);

  expect(await run('rc-filter')).toBe('done');
  await expect(said('rc-filter')).toContainText(/5 cells in .* s/);
  await expect(outputOf(page, 2)).toContainText(/simulation 33[89]\.\d Hz/);

  expect(await run('scene')).toBe('done');
  await expect(said('scene')).toContainText(/5 cells in .* s/);
  await expect(outputOf(page, 0).locator('.llmos-Scene-canvas')).toBeVisible();

  expect(await run('sweep')).toBe('done');
  await expect(said('sweep')).toContainText('12 points');
  const table = notebookPanel(page).locator('.jp-OutputArea tr');
  await expect(table).toHaveCount(13);
  await expect(table.last()).toContainText('2.5');
});

test('learns a skill from five runs that the guide makes', async ({ page }) => {
  test.setTimeout(180_000);
  await page.goto('lab/index.html?reset');
  // Looks at each frame: a run may be over before an expectation looks again.
  const secondRun = page.waitForFunction(
    guide =>
      document
        .querySelector(`${guide} [data-prompt="learn"]`)
        ?.textContent.includes('Run 2 of 5'),
    GUIDE
  );
  const ended = runCommand(page, 'llmos:run-prompt', { prompt: 'learn' });
  const learn = page.locator(GUIDE).locator('[data-prompt="learn"]');
  await secondRun;
  expect(await ended).toBe('done');
  await expect(learn).toContainText('1 learned skill proposed');
  const card = page.locator('#llmos-evolution-panel .llmos-Candidate');
  await expect(card).toContainText('5 runs');
  await expect(card.getByRole('row', { name: /bond_length/ })).toContainText('0.735');
});

import type { Locator, Page } from '@playwright/test';
import { expect, test } from '../fixtures';
import {
  cellDone,
  codeCell,
  notebookFile,
  notebookPanel,
  openFile,
  openSidePanel,
  outputOf,
  readBytes,
  startAll,
  writeFiles
} from '../lab';

const SOURCES = [
  'from llmos import skill\nh = await skill("quantum-hamiltonian")(bond_length=0.735)',
  'v = await skill("quantum-vqe")(hamiltonian=h.hamiltonian)  # mine'
];

test.beforeEach(async ({ page }) => {
  await page.goto('lab/index.html?reset');
  await writeFiles(page, [notebookFile('form.ipynb', SOURCES)]);
  await openFile(page, 'form.ipynb');
  await codeCell(page, 1)
    .getByRole('group', { name: /^Inputs of VQE/ })
    .waitFor();
});

/** What bytes say as a text. */
const said = (bytes: number[] | null): string =>
  new TextDecoder().decode(Uint8Array.from(bytes ?? []));

const sourceOf = (page: Page, cell: number): Locator =>
  codeCell(page, cell).locator('.cm-content');

test('edits one argument of the source and follows the source back', async ({
  page
}) => {
  const form = codeCell(page, 1).getByRole('group', { name: /^Inputs of VQE/ });
  const iterations = form.getByLabel('iterations', { exact: true });
  await iterations.fill('50');
  await iterations.press('Enter');
  const edited =
    'v = await skill("quantum-vqe")(hamiltonian=h.hamiltonian, iterations=50)  # mine';
  await expect(sourceOf(page, 1)).toHaveText(edited);

  await iterations.press('Control+z');
  await expect(sourceOf(page, 1)).toHaveText(SOURCES[1] ?? '');
  await expect(iterations).toHaveValue('100');

  await iterations.fill('60');
  await iterations.press('Control+s');
  await expect(sourceOf(page, 1)).toContainText('iterations=60');
  await expect
    .poll(() => readBytes(page, 'form.ipynb').then(said))
    .toContain('iterations=60');

  // A press beside the form gives the keys back to the notebook.
  await codeCell(page, 1).locator('.jp-InputPrompt').click();
  await expect(codeCell(page, 1)).toBeFocused();
  await sourceOf(page, 0).click();
  await page.keyboard.press('Control+End');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.type('1');
  const first = codeCell(page, 0).getByRole('group', { name: /^Inputs of/ });
  await expect(first.getByLabel('bond_length', { exact: true })).toHaveValue('0.7351');
});

test('is entered and left by key, and keeps only chords for cells', async ({
  page
}) => {
  const form = codeCell(page, 1).getByRole('group', { name: /^Inputs of VQE/ });
  const field = form.locator('input, select').first();
  await codeCell(page, 1).locator('.jp-InputPrompt').click();
  await page.keyboard.type('gp');
  await expect(field).toBeFocused();
  await expect(field).toBeInViewport({ ratio: 1 });
  await page.keyboard.press('Control+Shift+c');
  await expect(page.locator('.lm-CommandPalette-input')).toBeFocused();
  await page.keyboard.press('Escape');
  // It merges cells where it is the notebook's.
  await form.locator('select').first().focus();
  await page.keyboard.press('Control+Backspace');
  await page.keyboard.press('Escape');
  await expect(codeCell(page, 1)).toBeFocused();
  await expect(sourceOf(page, 1)).toHaveText(SOURCES[1] ?? '');
  await page.keyboard.type('gp');
  await expect(field).toBeFocused();
});

test('takes nothing typed before when Ctrl+Z is pressed elsewhere', async ({
  page
}) => {
  const form = codeCell(page, 1).getByRole('group', { name: /^Inputs of VQE/ });
  const iterations = form.getByLabel('iterations', { exact: true });
  const graph = await openSidePanel(page, 'llmos-graph-panel');
  for (const value of ['50', '60']) {
    await iterations.click();
    await page.keyboard.press('Control+a');
    await page.keyboard.type(value);
    await page.keyboard.press('Enter');
    await expect(sourceOf(page, 1)).toContainText(`iterations=${value}`);
  }
  // In the toolbar it is the notebook's, one step at a time.
  const stale = notebookPanel(page).locator('.llmos-RunToolbar').getByText('stale');
  await stale.focus();
  await page.keyboard.press('Control+z');
  await expect(sourceOf(page, 1)).toContainText('iterations=50');
  await expect(iterations).toHaveValue('50');

  // In an empty text field browsers would take it for what was typed in the form.
  await graph.getByLabel('Search nodes').focus();
  await page.keyboard.press('Control+z');
  await graph.getByLabel('Search nodes').focus();
  await page.keyboard.press('Control+z');
  await codeCell(page, 1).locator('.jp-InputPrompt').click();
  await expect(iterations).toHaveValue('50');
  await expect(sourceOf(page, 1)).toContainText('iterations=50');
});

test('says what is wrong without moving a field, and leads to the linked cell', async ({
  page
}) => {
  const form = codeCell(page, 1).getByRole('group', { name: /^Inputs of VQE/ });
  const iterations = form.getByLabel('iterations', { exact: true });
  const places = (): Promise<unknown> =>
    form.locator('.llmos-FormField').evaluateAll(fields =>
      fields.map(field => {
        const { left, top, width, height } = field.getBoundingClientRect();
        return [left, top, width, height].map(Math.round);
      })
    );
  const before = await places();
  await iterations.fill('0');
  await iterations.press('Enter');
  await expect(form.getByRole('alert')).toContainText(
    /iterations is 0\. Give a whole number from 1 to \d+/
  );
  expect(await places()).toEqual(before);

  await form.getByRole('button', { name: 'h.hamiltonian', exact: true }).click();
  await expect(codeCell(page, 0)).toHaveClass(/jp-mod-active/);
});

test('fits a narrow notebook, with its outputs', async ({ page }) => {
  const table =
    'from llmos import table\ntable([{f"column {k}": -1.13730603575 for k in range(4)}])';
  await writeFiles(page, [notebookFile('narrow.ipynb', [...SOURCES, 'v', table])]);
  await openFile(page, 'narrow.ipynb');
  await startAll(page);
  await cellDone(page, 3);
  await page.addStyleTag({ content: '.jp-Notebook .jp-CodeCell { width: 250px; }' });

  const form = codeCell(page, 0).locator('.llmos-CellForm');
  const beyond = (place: Locator, parts: string): Promise<string[]> =>
    place.evaluate((element, selector) => {
      const { right } = element.getBoundingClientRect();
      return [...element.querySelectorAll(selector)]
        .filter(part => part.getBoundingClientRect().right > right)
        .map(part => part.outerHTML);
    }, parts);
  await expect.poll(() => beyond(form, '*')).toEqual([]);
  // Names and values stand whole, below each other.
  const outputs = outputOf(page, 2).locator('.llmos-Outputs');
  await expect(outputs).toContainText('convergence_trace');
  expect(await beyond(outputs, 'th, td, span')).toEqual([]);
  // Columns go on beyond the edge, and fade there until one has scrolled to them.
  const columns = outputOf(page, 3).locator('.llmos-Outputs');
  const fade = (): Promise<string> =>
    columns.evaluate(each => getComputedStyle(each).getPropertyValue('--llmos-fade'));
  await expect.poll(fade).not.toBe('0px');
  await columns.evaluate(each => (each.scrollLeft = each.scrollWidth));
  await expect.poll(fade).toBe('0px');
});

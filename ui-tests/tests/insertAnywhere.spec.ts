import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures';
import {
  codeCell,
  findSkill,
  notebookFile,
  notebookPanel,
  openFile,
  writeFiles
} from '../lab';

const HAMILTONIAN = 'h = await skill("quantum-hamiltonian")()';

test.beforeEach(async ({ page }) => {
  await page.goto('lab/index.html?reset');
  await writeFiles(page, [
    notebookFile('insert.ipynb', [
      `from llmos import skill\n${HAMILTONIAN}`,
      'print("last")'
    ])
  ]);
  await openFile(page, 'insert.ipynb');
  await codeCell(page, 1).waitFor();
});

const cellCount = (page: Page) => notebookPanel(page).locator('.jp-CodeCell');

test('drags a card between two cells; one undo takes it back', async ({ page }) => {
  const card = await findSkill(page, 'quantum-vqe');
  const from = await card.boundingBox();
  const to = await codeCell(page, 1).boundingBox();
  if (!from || !to) {
    throw new Error('The card or the cell is not on the page.');
  }
  await page.mouse.move(from.x + 60, from.y + from.height - 8);
  await page.mouse.down();
  await page.mouse.move(from.x + 90, from.y + from.height, { steps: 3 });
  await page.mouse.move(to.x + 200, to.y + to.height / 2, { steps: 8 });
  await expect(codeCell(page, 1)).toHaveClass(/jp-mod-dropTarget/);
  await page.mouse.up();

  await expect(cellCount(page)).toHaveCount(3);
  await expect(codeCell(page, 1)).toContainText(
    'vqe = await skill("quantum-vqe")(hamiltonian=h.hamiltonian)'
  );
  await expect(codeCell(page, 1)).toHaveClass(/jp-mod-active/);
  await page.keyboard.press('z');
  await expect(cellCount(page)).toHaveCount(2);
});

test('finds a skill by / in an empty cell, with the keyboard alone', async ({
  page
}) => {
  await codeCell(page, 0).locator('.jp-InputPrompt').click();
  await page.keyboard.press('b');
  await page.keyboard.press('Enter');
  const editor = codeCell(page, 1).locator('.cm-content');
  const menu = page.getByRole('listbox', { name: 'Insert skill' });
  await page.keyboard.type('/plto');
  await expect(menu.getByRole('option').first()).toContainText('Plot');
  await page.keyboard.press('Escape');
  await expect(menu).toBeHidden();
  await expect(editor).toHaveText('/plto');
  await expect(editor).toBeFocused();

  await page.keyboard.press('Control+a');
  await page.keyboard.press('Backspace');
  await page.keyboard.type('/eigensolver');
  await expect(menu.getByRole('option', { selected: true })).toContainText('VQE');
  await page.keyboard.press('Enter');
  const call = 'vqe = await skill("quantum-vqe")(hamiltonian=h.hamiltonian)';
  await expect(editor).toHaveText(call);
  await expect(cellCount(page)).toHaveCount(3);
  await page.keyboard.press('Control+z');
  await expect(editor).toHaveText('/eigensolver');
});

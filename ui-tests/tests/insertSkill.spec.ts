import { expect, test } from '../fixtures';
import {
  cellDone,
  codeCell,
  findSkill,
  notebookPanel,
  openSkills,
  outputOf,
  startAll
} from '../lab';

test.beforeEach(async ({ page }) => {
  await page.goto('lab/index.html?reset');
});

test('inserts a skill from the panel into a new notebook and runs it', async ({
  page
}) => {
  const card = await findSkill(page, 'quantum-hamiltonian');
  await card.getByRole('button', { name: /^Quantum Hamiltonian/ }).click();
  await expect(card).toContainText('bond_length');
  await expect(card).toContainText('ground_state_energy');
  await card.getByRole('button', { name: 'Insert' }).click();

  await expect(codeCell(page, 0)).toContainText('from llmos import skill');
  await expect(codeCell(page, 1)).toContainText('await skill("quantum-hamiltonian")(');
  await startAll(page);
  await cellDone(page, 1);
  await expect(outputOf(page, 1)).toContainText(/[-\u2212]1\.137/);
});

test('inserts a skill with the keyboard alone, which runs, and undo takes it back', async ({
  page
}) => {
  // At once, while the page still starts: its Launcher must not catch the keys.
  await openSkills(page);
  await page.getByRole('searchbox', { name: 'Search skills' }).focus();
  await page.keyboard.type('circuit bell');
  const card = page.locator('[data-skill="quantum-circuit"]');
  await expect(card).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await expect(card.locator('[data-card]')).toBeFocused();
  await page.keyboard.press('Control+Enter');

  await expect(codeCell(page, 1)).toContainText('await skill("quantum-circuit")(');
  // In command mode JupyterLab gives the focus to the cell.
  await expect(codeCell(page, 1)).toBeFocused();
  // By itself, though the import above it has not run.
  await page.keyboard.press('Control+Enter');
  await cellDone(page, 1);
  await expect(outputOf(page, 1)).toContainText('counts');
  await page.keyboard.press('z');
  await expect(notebookPanel(page).getByText('quantum-circuit')).toHaveCount(0);
  await expect(notebookPanel(page).locator('.jp-CodeCell')).toHaveCount(1);
  await page.keyboard.press('Shift+Z');
  await expect(codeCell(page, 1)).toContainText('await skill("quantum-circuit")(');
});

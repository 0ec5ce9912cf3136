import { expect, test } from '../fixtures';
import { cellDone, codeCell, findSkill, outputOf, startAll } from '../lab';

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

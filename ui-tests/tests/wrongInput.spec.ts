import { expect, test } from '../fixtures';
import { outputOf, runNotebook } from '../lab';

test('a wrong input shows skill, input, what was expected and what was given', async ({
  page
}) => {
  await page.goto('lab/index.html?reset');
  await runNotebook(page, 'wrong.ipynb', [
    'from llmos import skill',
    'h = await skill("quantum-hamiltonian")(system="h2", bond_length="short")'
  ]);
  await expect(outputOf(page, 1)).toContainText('SkillInputError');
  for (const part of ['quantum-hamiltonian', 'bond_length', 'number', 'short']) {
    await expect(outputOf(page, 1)).toContainText(part);
  }
});

import { expect, test } from '../fixtures';
import {
  cellDone,
  codeCell,
  findSkill,
  outputOf,
  runNotebook,
  startCell
} from '../lab';

const CELLS = [
  'import math',
  'radius = 2.5\nn = 4',
  'def circle(r):\n    return math.pi * r ** 2',
  'total = sum(circle(radius * k) for k in range(1, n + 1))',
  'print(round(total, 3))'
];

test('a cell becomes a skill that is edited, mended and tested', async ({ page }) => {
  await page.goto('lab/index.html?reset');
  await runNotebook(page, 'areas.ipynb', CELLS);
  await expect(outputOf(page, 4)).toContainText('589.049');

  // Save the fourth cell as a skill and let its call take the cell's place.
  await codeCell(page, 3).click({ button: 'right' });
  await page.locator('.lm-Menu [data-command="llmos:save-cell-as-skill"]').click();
  const dialog = page.locator('.llmos-SaveDialog');
  await dialog.locator('input[name="name"]').fill('Ring areas');
  await expect(dialog.getByRole('table', { name: 'Inputs' })).toBeVisible();
  await expect(dialog.locator('.llmos-SaveDialog-file')).toContainText(
    'def circle(r):'
  );
  await dialog.getByRole('button', { name: 'Save' }).click();
  // The import stands above now.
  await expect(codeCell(page, 0)).toContainText('from llmos import skill');
  await expect(codeCell(page, 4)).toContainText('await skill("ring-areas")(');
  await startCell(page, 0);
  await startCell(page, 4);
  await startCell(page, 5);
  await cellDone(page, 5);
  await expect(outputOf(page, 5)).toContainText('589.049');

  // Edit it: a mistake is marked and listed, and gone when it is mended.
  const card = await findSkill(page, 'ring-areas');
  await card.getByRole('button', { name: 'More for Ring areas' }).click();
  await page.locator('.lm-Menu [data-command="llmos:open-skill"]').click();
  const editor = page.locator('.llmos-SkillDocument');
  const problems = editor.getByRole('region', { name: 'Problems' });
  await expect(problems).toContainText('No problems');
  await editor.locator('.cm-line', { hasText: 'type: python-wasm' }).click();
  await page.keyboard.press('End');
  await page.keyboard.type('x');
  await expect(problems).toContainText('Line 5');
  await expect(editor.locator('.cm-lintRange-error')).toHaveText('type: python-wasmx');
  await page.keyboard.press('Backspace');
  await expect(problems).toContainText('No problems');

  // Test it with another input.
  await editor.getByRole('tab', { name: 'Test' }).click();
  await editor.getByLabel('n', { exact: true }).fill('1');
  await editor.getByRole('button', { name: 'Save and run' }).click();
  await expect(editor.locator('.llmos-SkillTest')).toContainText('✓ Done');
  await expect(editor.locator('.llmos-SkillTest-output')).toContainText('19.63');
});

import { expect, test } from '../fixtures';
import { findSkill, openSkills, writeFiles } from '../lab';

/** Its `type` on line 4 is none that exists. */
const BROKEN = `---
skill_id: bent
name: Bent
type: pythn-wasm
description: Computes nothing.
---

~~~python
def execute(inputs):
    return {}
~~~
`;

test('a broken skill file is listed with its line and opens there', async ({
  page
}) => {
  await page.goto('lab/index.html?reset');
  await writeFiles(page, [
    { path: 'user:skills', type: 'directory' },
    { path: 'user:skills/bent.md', type: 'file', content: BROKEN }
  ]);
  const panel = await openSkills(page);
  const problem = panel.locator('.llmos-Problem').filter({ hasText: 'bent.md' });
  await expect(problem.first()).toContainText('line 4');
  await expect(problem.first()).toContainText('python-wasm');
  // The rest of the library is there all the same.
  await findSkill(page, 'quantum-vqe');
  await panel.getByRole('searchbox').fill('');

  await problem.first().getByRole('button', { name: /Open/ }).click();
  const editor = page.locator('.jp-FileEditor:visible');
  await expect(editor).toContainText('pythn-wasm');
  await expect(page.locator('#jp-main-statusbar')).toContainText('Ln 4');
});

import { expect, test } from '../fixtures';
import {
  cellDone,
  codeCell,
  findSkill,
  notebookFile,
  openFile,
  outputOf,
  startCell,
  writeFiles
} from '../lab';

const ENDLESS = `---
skill_id: endless
name: Endless
description: Never ends, to be stopped.
type: javascript
category: other
pure: false
inputs:
  - { name: x, type: number, default: 1 }
outputs:
  - { name: y, type: number }
---
~~~javascript
function execute() {
  while (true) {}
}
~~~
`;

test('a runaway JavaScript skill is stopped, and the page goes on answering', async ({
  page
}) => {
  await page.goto('lab/index.html?reset');
  await writeFiles(page, [
    { path: 'user:skills', type: 'directory' },
    { path: 'user:skills/endless.md', type: 'file', content: ENDLESS },
    notebookFile('stop.ipynb', [
      'from llmos import skill\nprint("started")\nawait skill("endless")()',
      'print(6 * 7)'
    ])
  ]);
  await findSkill(page, 'endless');
  await openFile(page, 'stop.ipynb');
  await startCell(page, 0);
  await expect(outputOf(page, 0)).toContainText('started');

  // The page answers while the skill runs: a search finds its card at once.
  await findSkill(page, 'plot-xy');

  await page.locator('.llmos-RunToolbar').getByRole('button', { name: 'Stop' }).click();
  await cellDone(page, 0);
  await expect(outputOf(page, 0)).toContainText('stopped');
  await expect(outputOf(page, 0)).not.toContainText('restart');
  await expect(outputOf(page, 0).getByRole('button')).toHaveText(['Stopped']);
  await expect(codeCell(page, 0)).toHaveAttribute('data-llmos-status', 'cancelled');

  await startCell(page, 1);
  await expect(outputOf(page, 1)).toHaveText('42');
});

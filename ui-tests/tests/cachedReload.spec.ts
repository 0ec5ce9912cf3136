import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures';
import {
  codeCell,
  findSkill,
  notebookFile,
  notebookPanel,
  openFile,
  outputOf,
  writeFiles
} from '../lab';

/** Gives another number at each run: an equal number can only be a kept one. */
const SKILL = `---
skill_id: lottery
name: Lottery
description: Draws a number and an array.
type: python-wasm
category: other
inputs:
  - { name: seed, type: integer, default: 0 }
outputs:
  - { name: number, type: integer }
  - { name: array, type: array<number> }
---
~~~python
import random
import numpy as np

def execute(inputs):
    print("drawing")
    return {"number": random.getrandbits(62), "array": np.ones(3, dtype=">f4")}
~~~
`;

const NOTEBOOK = 'draw.ipynb';
const CELLS = [
  'from llmos import skill',
  'draw = await skill("lottery")(seed=7)',
  'print(draw.number, draw.array.dtype.str)'
];

/** The same call in other words, in a notebook that has never run. */
const OTHER = 'other.ipynb';
const OTHER_CELLS = [
  'from llmos import skill\nseed = 14 // 2',
  'again = await skill("lottery")(seed=seed)',
  'more = await skill("lottery")(seed=again.number)'
];

/** Waits until the kernel of the notebook in front has started. */
async function kernelReady(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const panel = globalThis.jupyterapp?.shell.currentWidget as unknown as {
      sessionContext?: { session?: { kernel?: { status?: string } } };
    } | null;
    return panel?.sessionContext?.session?.kernel?.status === 'idle';
  });
}

async function openAndRun(page: Page): Promise<void> {
  await openFile(page, NOTEBOOK);
  await codeCell(page, 2).waitFor();
  await page.evaluate(async path => {
    await globalThis.jupyterapp?.commands.execute('llmos:run-all', { notebook: path });
  }, NOTEBOOK);
}

test('results outlive a reload, with what the skill printed', async ({ page }) => {
  await page.goto('lab/index.html?reset');
  await writeFiles(page, [
    { path: 'user:skills', type: 'directory' },
    { path: 'user:skills/lottery.md', type: 'file', content: SKILL },
    notebookFile(NOTEBOOK, CELLS)
  ]);
  await findSkill(page, 'lottery');
  await openAndRun(page);
  await expect(outputOf(page, 2)).toContainText('>f4');
  const [shown, printed] = [
    await outputOf(page, 1).innerText(),
    await outputOf(page, 2).innerText()
  ];
  expect(shown).toContain('drawing');

  await page.goto('lab/index.html?reset');
  await writeFiles(page, [notebookFile(NOTEBOOK, CELLS)]);
  await openAndRun(page);
  await expect(codeCell(page, 1)).toHaveAttribute('data-llmos-status', 'cached');
  await expect(outputOf(page, 2)).toHaveText(printed.trim());
  expect(await outputOf(page, 1).innerText()).toBe(shown);

  // The ghost run knows it too, by the very inputs.
  await writeFiles(page, [notebookFile(OTHER, OTHER_CELLS)]);
  await openFile(page, OTHER);
  await codeCell(page, 2).waitFor();
  await kernelReady(page);
  const run = notebookPanel(page).getByRole('button', { name: 'Run', exact: true });
  await run.hover();
  for (const [index, action] of ['run', 'cached', 'run'].entries()) {
    await expect(codeCell(page, index)).toHaveAttribute('data-llmos-plan', action);
  }
  await expect(page.locator('.llmos-PlanTip')).toContainText(
    '3 cells, 1 from the cache'
  );
  await page.evaluate(async path => {
    await globalThis.jupyterapp?.commands.execute('llmos:run-all', { notebook: path });
  }, OTHER);
  await expect(codeCell(page, 1)).toHaveAttribute('data-llmos-status', 'cached');
  await expect(codeCell(page, 2)).toHaveAttribute('data-llmos-status', 'done');

  await page.evaluate(async () => {
    await globalThis.jupyterapp?.commands.execute('llmos:clear-cache', { ask: false });
  });
  await openAndRun(page);
  await expect(outputOf(page, 2)).not.toHaveText(printed.trim());
});

/** How many results of cells the site has stored the origin of. */
function countMade(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const names = (await indexedDB.databases()).map(({ name }) => name ?? '');
    const opened = indexedDB.open(
      names.find(name => name.startsWith('llmos-runs')) ?? ''
    );
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      opened.onsuccess = () => resolve(opened.result);
      opened.onerror = () => reject(new Error('The store of runs cannot be opened.'));
    });
    const asked = database.transaction('cells').objectStore('cells').getAllKeys();
    const keys = await new Promise<IDBValidKey[]>(resolve => {
      asked.onsuccess = () => resolve(asked.result);
    });
    database.close();
    return keys.filter(key => typeof key === 'string' && key.startsWith('made '))
      .length;
  });
}

test('a result that an older source has made is marked after a reload', async ({
  page
}) => {
  await page.goto('lab/index.html?reset');
  await writeFiles(page, [
    notebookFile(NOTEBOOK, [
      'x = 1',
      'y = x + 1\nprint("y is", y)',
      'print("by itself")'
    ])
  ]);
  await openAndRun(page);
  await expect(outputOf(page, 1)).toHaveText('y is 2');
  await expect(outputOf(page, 2)).toHaveText('by itself');
  await codeCell(page, 0).locator('.cm-content').fill('x = 41');
  await expect(codeCell(page, 1)).toHaveAttribute('data-llmos-status', 'stale');
  await page.evaluate(() => globalThis.jupyterapp?.commands.execute('docmanager:save'));
  await expect.poll(() => countMade(page)).toBe(3);

  await page.goto('lab/index.html?reset');
  await openFile(page, NOTEBOOK);
  await expect(outputOf(page, 1)).toHaveText('y is 2');
  for (const [index, status] of ['stale', 'stale', 'idle'].entries()) {
    await expect(codeCell(page, index)).toHaveAttribute('data-llmos-status', status);
  }
  const count = notebookPanel(page).locator('.llmos-RunToolbar-count');
  await expect(count).toHaveText('2');
  await codeCell(page, 0).locator('.cm-content').fill('x = 1');
  await expect(codeCell(page, 1)).toHaveAttribute('data-llmos-status', 'idle');
  await expect(count).toHaveCount(0);
});

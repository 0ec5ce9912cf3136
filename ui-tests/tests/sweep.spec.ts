import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures';
import {
  codeCell,
  notebookFile,
  notebookPanel,
  openFile,
  openSidePanel,
  outputOf,
  readTraces,
  writeFiles
} from '../lab';

/** Squares a number, says when it did so, takes long from 500 on, and from 1000 for ever. */
const STEP = `---
skill_id: step
name: Step
description: Squares a number.
type: python-wasm
inputs:
  - { name: x, type: number, default: 1, minimum: 0, unit: m }
  - { name: base, type: number, default: 0 }
outputs:
  - { name: y, type: number, unit: m² }
  - { name: begun, type: number }
  - { name: ended, type: number }
---
~~~python
import time

def execute(inputs):
    begun = time.time()
    x = inputs["x"]
    time.sleep(600 if x >= 1000 else 2 if x >= 500 else 0.1)
    return {"y": inputs["x"] ** 2 + inputs["base"], "begun": begun, "ended": time.time()}
~~~
`;

interface IPoint {
  readonly trigger: string;
  readonly status: string;
  readonly nodes: readonly {
    readonly id: string;
    readonly cached?: boolean;
    readonly inputs: Readonly<Record<string, { readonly value?: unknown }>>;
    readonly outputs: Readonly<Record<string, { readonly value?: unknown }>>;
  }[];
}

/** The points that the notebook's session has on record, once there are so many. */
async function pointsOf(page: Page, count: number): Promise<readonly IPoint[]> {
  const read = async (): Promise<readonly IPoint[]> =>
    (await readTraces<IPoint>(page)).filter(({ trigger }) => trigger === 'sweep');
  await expect.poll(async () => (await read()).length).toBe(count);
  return read();
}

/** How many points were computed at the same time, at most. */
function mostAtOnce(points: readonly IPoint[]): number {
  const spans = points.map(({ nodes: [node] }) => ({
    begun: Number(node?.outputs.begun?.value),
    ended: Number(node?.outputs.ended?.value)
  }));
  const counts = spans.map(
    ({ begun }) =>
      spans.filter(other => other.begun <= begun && begun < other.ended).length
  );
  return Math.max(...counts);
}

/** The notebook in front as it would be saved. */
function savedNotebook(page: Page): Promise<string> {
  return page.evaluate(() => {
    const { content } = globalThis.jupyterapp?.shell.currentWidget as unknown as {
      readonly content: { readonly model: { toJSON(): unknown } };
    };
    return JSON.stringify(content.model.toJSON());
  });
}

test('an input is swept from the node’s menu, changed in two values, and stopped', async ({
  page
}) => {
  test.slow(); // Several workers start a Python each.
  await page.goto('lab/index.html?reset');
  await writeFiles(page, [
    { path: 'user:skills', type: 'directory' },
    { path: 'user:skills/step.md', type: 'file', content: STEP },
    notebookFile('sweep.ipynb', [
      'from llmos import skill\nbase = 2',
      'a = await skill("step")(x=3.0, base=base)',
      'print(a.y)'
    ])
  ]);
  await openFile(page, 'sweep.ipynb');
  await codeCell(page, 2).waitFor();
  const graph = await openSidePanel(page, 'llmos-graph-panel');
  const node = graph.locator('.react-flow__node', { hasText: 'Step' });
  await node.click({ button: 'right' });
  const entry = page.locator('.lm-Menu [data-command="llmos:graph-sweep"]');
  await entry.click();

  // What cannot be is said before anything runs.
  const dialog = page.locator('.llmos-SweepDialog');
  await expect(dialog).toContainText('Sweep of Step');
  await dialog.getByLabel('From').fill('-1');
  await dialog.getByLabel('To').fill('24');
  await dialog.getByLabel('Points').fill('24');
  await expect(dialog.getByRole('status').first()).toContainText('at least 0');
  const runs = dialog.getByRole('button', { name: 'Run the sweep' });
  await expect(runs).toBeDisabled();
  await dialog.getByLabel('From').fill('1');
  const forecast = dialog.locator('.llmos-SweepForecast');
  await expect(forecast).toContainText('24 points · 24 calls');
  await expect(forecast).toContainText('1 cell above runs first');
  await expect(forecast).toContainText('Not run for each point');
  await dialog.getByLabel('a.begun').uncheck();
  await dialog.getByLabel('a.ended').uncheck();
  await runs.click();

  // Progress where people look: node, status bar, Running panel.
  const item = page.locator('#jp-main-statusbar .llmos-RunStatus');
  await expect(item).toContainText('of 24 points', { timeout: 60_000 });
  await expect(node.locator('.llmos-GraphNode-sweep')).toContainText('of 24 points');
  const added = outputOf(page, 2);
  await expect(added.locator('tr')).toHaveCount(25, { timeout: 120_000 });
  await expect(added.locator('th')).toHaveText(['x [m]', 'a.y [m²]']);
  await expect(added.locator('tr').last()).toHaveText(/^24\s*578$/);
  await expect(added.locator('.vega-embed')).toBeVisible();
  // Python's None arrives as null: no heading over the names of the lines.
  expect(await savedNotebook(page)).toContain('"title":null');
  await expect(item).toHaveCount(0);
  const ended = page.locator('.Toastify__toast', { hasText: '24 points' });
  await ended.getByRole('button', { name: 'Show' }).click();
  await expect(added.locator('table')).toBeInViewport();
  const first = await pointsOf(page, 24);
  expect(first.map(({ nodes: [step] }) => step?.cached)).toEqual(Array(24).fill(false));
  expect(first.every(({ status }) => status === 'success')).toBe(true);
  const cores = await page.evaluate(() => navigator.hardwareConcurrency);
  expect(mostAtOnce(first)).toBeLessThanOrEqual(Math.min(3, cores));

  // One step of undo takes the cell away.
  await expect(notebookPanel(page).locator('.jp-CodeCell')).toHaveCount(4);
  await page.evaluate(() =>
    globalThis.jupyterapp?.commands.execute('notebook:undo-cell-action')
  );
  await expect(notebookPanel(page).locator('.jp-CodeCell')).toHaveCount(3);

  // From the outline, by keys: two values of the 24 are others, and take long.
  await graph.getByRole('tab', { name: 'Outline' }).click();
  const row = graph.getByRole('treeitem', { name: /Step/ });
  await row.focus();
  await row.press('Shift+F10');
  await entry.click();
  await dialog.getByLabel('List').check();
  const list = dialog.getByRole('textbox');
  await list.fill((await list.inputValue()).replace('23.0, 24.0', '500.5, 501'));
  await expect(forecast).toContainText('24 points · 24 calls');
  // The workers have started: nothing of that is foretold.
  await expect(forecast).not.toContainText('start');
  await dialog.getByLabel('a.begun').uncheck();
  await runs.click();
  await expect(outputOf(page, 2).locator('tr')).toHaveCount(25, { timeout: 60_000 });
  const second = (await pointsOf(page, 48)).slice(24);
  const computed = second.filter(({ nodes: [step] }) => step?.cached === false);
  const values = computed.map(({ nodes: [step] }) => step?.inputs.x?.value);
  expect(values.sort()).toEqual([500.5, 501]);
  // The workers have started long ago: nothing but the sweep keeps calls apart.
  expect(mostAtOnce(computed)).toBe(Math.min(2, cores));
  await expect(item).toHaveCount(0);

  // Stop: the workers end at once, the finished point stays.
  await page.evaluate(() => {
    const args = { cell: 'a', input: 'x', values: [1, 1000, 1001] };
    void globalThis.jupyterapp?.commands.execute('llmos:graph-sweep', args);
  });
  await expect(item).toContainText('1 of 3 points');
  await expect(row).toContainText('1 of 3 points');
  await expect(item.getByRole('button', { name: 'Stop the sweep' })).toBeVisible();
  await page
    .locator('.jp-NotebookPanel')
    .getByRole('button', { name: 'Stop', exact: true })
    .click();
  await expect(item).toHaveCount(0, { timeout: 1000 });
  const told = page.locator('.Toastify__toast', { hasText: 'was stopped' });
  await expect(told).toContainText('1 of 3 points is done');
  await told.getByRole('button', { name: 'Add these points' }).click();
  await expect(outputOf(page, 2).locator('tr')).toHaveCount(2, { timeout: 60_000 });
  const [last] = (await pointsOf(page, 49)).slice(-1);
  expect(last?.nodes[0]?.cached).toBe(true);
});

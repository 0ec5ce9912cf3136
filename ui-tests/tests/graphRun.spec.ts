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

interface INode {
  readonly id: string;
  readonly status: string;
  readonly cached?: boolean;
}

interface ITrace {
  readonly trigger: string;
  readonly status: string;
  readonly nodes: readonly INode[];
  readonly edges: readonly (readonly string[])[];
}

/** Opens a notebook of these cells. */
async function open(
  page: Page,
  path: string,
  sources: readonly string[]
): Promise<void> {
  await page.goto('lab/index.html?reset');
  await writeFiles(page, [notebookFile(path, sources)]);
  await openFile(page, path);
  await codeCell(page, sources.length - 1).waitFor();
}

/** Chooses an entry of the toolbar's Run menu. */
async function choose(page: Page, entry: string): Promise<void> {
  await notebookPanel(page).getByRole('button', { name: 'Run', exact: true }).click();
  await page.locator('.llmos-RunMenu').getByText(entry, { exact: true }).click();
}

/** Waits until the cells have these states. */
async function expectStates(page: Page, states: readonly string[]): Promise<void> {
  for (const [index, state] of states.entries()) {
    await expect(codeCell(page, index)).toHaveAttribute('data-llmos-status', state, {
      timeout: 60_000
    });
  }
}

/** The traces of the notebook in front, once there are so many. */
async function tracesOf(page: Page, count: number): Promise<readonly ITrace[]> {
  const read = (): Promise<readonly ITrace[]> => readTraces(page);
  await expect.poll(async () => (await read()).length).toBe(count);
  return read();
}

test('a failing cell stops what depends on it, and nothing else', async ({ page }) => {
  await open(page, 'branches.ipynb', [
    'a = 1',
    'b = a / 0',
    'c = b + 1',
    'd = a + 41\nprint(d)',
    'name = input("Who? ")',
    'print("hi", name)'
  ]);
  await choose(page, 'Run all by the graph');
  await expectStates(page, ['done', 'failed', 'blocked', 'done', 'running', 'waiting']);
  // A cell asks as it does when it is run by hand.
  const asked = codeCell(page, 4).locator('input.jp-Stdin-input');
  await asked.fill('Ann');
  await asked.press('Enter');
  await expectStates(page, ['done', 'failed', 'blocked', 'done', 'done', 'done']);
  await expect(outputOf(page, 5)).toContainText('hi Ann');
  await expect(outputOf(page, 1)).toContainText('ZeroDivisionError');
  await expect(outputOf(page, 3)).toContainText('42');
  const [trace] = await tracesOf(page, 1);
  expect(trace?.status).toBe('failed');
  expect(trace?.nodes.map(node => node.status)).toEqual([
    'success',
    'failed',
    'blocked',
    ...['success', 'success', 'success']
  ]);

  // Stop ends a cell that asks, and what waits for its answer.
  await codeCell(page, 4).locator('.jp-InputPrompt').click();
  await choose(page, 'Run from here');
  await asked.waitFor();
  await page
    .locator('#jp-main-statusbar')
    .getByRole('button', { name: 'Stop' })
    .click();
  await expectStates(page, [
    ...['done', 'failed', 'blocked', 'done'],
    ...['cancelled', 'cancelled']
  ]);
});

test('after an edit, stale runs exactly what it must', async ({ page }) => {
  // The first cell also imports what the second one uses, which is none of its data.
  const first = (length: number): string =>
    `from llmos import skill\nh = await skill("quantum-hamiltonian")(bond_length=${length})`;
  await open(page, 'stale.ipynb', [
    first(0.7),
    'far = await skill("quantum-hamiltonian")(bond_length=1.2)',
    'n = 5',
    'energy = h.ground_state_energy * n',
    'print(n)'
  ]);
  await choose(page, 'Run all by the graph');
  await expectStates(page, ['done', 'done', 'done', 'done', 'done']);

  await codeCell(page, 0).locator('.cm-content').click();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type(first(0.8));
  await expectStates(page, ['stale', 'done', 'done', 'stale', 'done']);

  const stale = notebookPanel(page).getByRole('button', { name: 'stale' });
  await stale.hover();
  for (const [index, action] of ['run', 'keep', 'keep', 'run', 'keep'].entries()) {
    await expect(codeCell(page, index)).toHaveAttribute('data-llmos-plan', action);
  }
  const tip = page.locator('.llmos-PlanTip');
  await expect(tip).toContainText('Run stale · 2 cells');
  await stale.click();
  await expectStates(page, ['done', 'done', 'done', 'done', 'done']);
  const traces = await tracesOf(page, 2);
  expect(traces[1]?.trigger).toBe('stale');
  expect(traces[1]?.nodes.map(node => node.id)).toEqual(['cell-0', 'cell-3']);
  expect(traces[1]?.edges).toEqual([['cell-0', 'h', 'cell-3', 'h']]);

  // Back to what ran before: the cache has it.
  await codeCell(page, 0).locator('.cm-content').click();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type(first(0.7));
  await stale.hover();
  await expect(codeCell(page, 0)).toHaveAttribute('data-llmos-plan', 'cached');
  await expect(tip).toContainText('2 cells, 1 from the cache');
  await stale.click();
  await expectStates(page, ['cached', 'done', 'done', 'done', 'done']);
  const [, , last] = await tracesOf(page, 3);
  expect(last?.nodes[0]).toMatchObject({ id: 'cell-0', cached: true });

  // A cell run by hand is a run of its own.
  await codeCell(page, 4).locator('.cm-content').click();
  await page.keyboard.press('Shift+Enter');
  const [, , , hand] = await tracesOf(page, 4);
  expect(hand).toMatchObject({ trigger: 'cell', nodes: [{ id: 'cell-4' }] });
});

/** Takes so long that only Stop ends it. */
const SLOW = `---
skill_id: slow
name: Slow
description: Waits for ten minutes.
type: python-wasm
inputs:
  - { name: seconds, type: number, default: 600 }
outputs:
  - { name: seconds, type: number }
---
~~~python
import time

def execute(inputs):
    time.sleep(inputs["seconds"])
    return {"seconds": inputs["seconds"]}
~~~
`;

test('Stop and restart end long skills at once and keep what is finished', async ({
  page
}) => {
  await page.goto('lab/index.html?reset');
  await writeFiles(page, [
    { path: 'user:skills', type: 'directory' },
    { path: 'user:skills/slow.md', type: 'file', content: SLOW }
  ]);
  await writeFiles(page, [
    notebookFile('slow.ipynb', [
      'from llmos import skill\nprint("kept")',
      'a = await skill("slow")(seconds=600)',
      'b = await skill("slow")(seconds=601)',
      'print(a, b)'
    ])
  ]);
  await openFile(page, 'slow.ipynb');
  await codeCell(page, 3).waitFor();
  await choose(page, 'Run all by the graph');
  await expectStates(page, ['done', 'running', 'running', 'waiting']);
  const item = page.locator('#jp-main-statusbar .llmos-RunStatus');
  await expect(item).toContainText('2 of 4 running');
  await item.getByRole('button', { name: 'Stop' }).click();
  await expectStates(page, ['done', 'cancelled', 'cancelled', 'cancelled']);
  await expect(item).toHaveCount(0);
  await expect(outputOf(page, 0)).toContainText('kept');
  const [trace] = await tracesOf(page, 1);
  expect(trace?.status).toBe('cancelled');
  // Another cell below changes nothing of that.
  await codeCell(page, 3).locator('.jp-InputPrompt').click();
  await page.keyboard.press('b');
  await codeCell(page, 4).waitFor();
  await expectStates(page, ['done', 'cancelled', 'cancelled', 'cancelled']);

  // The kernel is free: it was not the one that computed.
  await codeCell(page, 0).locator('.cm-content').click();
  await page.keyboard.press('Shift+Enter');
  await tracesOf(page, 2);

  // A restart in the middle ends the run too, and leaves nothing waiting.
  await choose(page, 'Run stale');
  await expectStates(page, ['done', 'running', 'running', 'waiting']);
  await page.locator('#jp-MainMenu').getByText('Kernel', { exact: true }).click();
  await page.locator('.lm-Menu [data-command="kernelmenu:restart"]').click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: 'Confirm Kernel Restart' })
    .click();
  await expect(item).toHaveCount(0);
  const traces = await tracesOf(page, 3);
  expect(traces[2]).toMatchObject({ trigger: 'stale', status: 'cancelled' });
  await expect(codeCell(page, 0)).toHaveAttribute('data-llmos-status', 'stale');

  // The panel of what runs lists it, and stops it alike.
  await choose(page, 'Run stale');
  await expectStates(page, ['done', 'running', 'running', 'waiting']);
  const sessions = await openSidePanel(page, 'jp-running-sessions');
  const run = sessions
    .getByRole('region', { name: 'Graph runs Section' })
    .locator('.jp-RunningSessions-item');
  await expect(run).toContainText('slow.ipynb');
  await expect(run).toContainText('1 of 4 done');
  await run.hover();
  await run.getByTitle('Stop').click();
  await expect(run).toHaveCount(0);
  await expectStates(page, ['done', 'cancelled', 'cancelled', 'cancelled']);
});

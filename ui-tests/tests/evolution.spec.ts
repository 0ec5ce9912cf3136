import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures';
import {
  codeCell,
  notebookFile,
  notebookPanel,
  openFile,
  openSidePanel,
  outputOf,
  writeFiles
} from '../lab';

const vqe = (iterations: number): string =>
  `vqe = await skill("quantum-vqe")(hamiltonian=h["hamiltonian"], iterations=${iterations})`;

const SOURCES = [
  'from llmos import skill',
  'h = await skill("quantum-hamiltonian")(system="h2")',
  vqe(100),
  'plot = await skill("plot-convergence")(trace=vqe["convergence_trace"])'
];

/** Types another call into a cell. */
async function retype(page: Page, index: number, source: string): Promise<void> {
  await codeCell(page, index).locator('.cm-content').click();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.insertText(source);
}

/** Runs all by the graph, until the session has so many traces. */
async function runAll(page: Page, count: number): Promise<void> {
  await notebookPanel(page).getByRole('button', { name: 'Run', exact: true }).click();
  const menu = page.locator('.llmos-RunMenu');
  await menu.getByText('Run all by the graph', { exact: true }).click();
  const traces = (): Promise<number> =>
    page.evaluate(async () => {
      const contents = globalThis.jupyterapp?.serviceManager.contents;
      const list = await contents?.get('user:sessions').catch(() => null);
      const sessions = (list?.content ?? []) as { path: string }[];
      const texts = await Promise.all(
        sessions.map(async ({ path }) => {
          const file = await contents
            ?.get(`${path}/traces.jsonl`, {
              type: 'file',
              format: 'text',
              content: true
            })
            .catch(() => null);
          return String(file?.content ?? '');
        })
      );
      return texts.join('').split('\n').length - 1;
    });
  await expect.poll(traces, { timeout: 90_000 }).toBe(count);
}

test('what was run five times becomes a skill, once it is verified and accepted', async ({
  page
}) => {
  await page.goto('lab/index.html?reset');
  await writeFiles(page, [notebookFile('often.ipynb', SOURCES)]);
  await openFile(page, 'often.ipynb');
  await codeCell(page, 3).waitFor();
  for (const [index, iterations] of [100, 150, 120, 130, 110].entries()) {
    await retype(page, 2, vqe(iterations));
    await runAll(page, index + 1);
  }

  const panel = await openSidePanel(page, 'llmos-evolution-panel');
  await panel.getByRole('button', { name: 'Run now' }).click();
  const card = panel.locator('.llmos-Candidate');
  await expect(card).toHaveCount(1, { timeout: 120_000 });
  await expect(card).toContainText('5 runs');
  await expect(card).toContainText('3 of 3 runs agree');
  await expect(card.getByRole('row', { name: /iterations/ })).toContainText(
    '120 (110 to 130, n = 5)'
  );
  await expect(card.locator('.llmos-SubGraph')).toContainText('quantum-vqe');
  await card.getByRole('button', { name: /^Accept/ }).click();
  await expect(card).toHaveCount(0);

  // It is a skill like any other: its card inserts a call, which runs.
  const told = page.locator('.Toastify__toast', { hasText: 'is in your volume' });
  await codeCell(page, 3).locator('.cm-content').click();
  await told.getByRole('button', { name: 'Insert' }).click();
  await expect(codeCell(page, 4)).toContainText('hamiltonian-vqe-convergence');
  await codeCell(page, 4).locator('.cm-content').click();
  await page.keyboard.press('Shift+Enter');
  await expect(outputOf(page, 4)).toContainText('eigenvalue', { timeout: 60_000 });

  // The history of the volume has it, and a further run does not propose it again.
  await openSidePanel(page, 'llmos-session-panel');
  const sessions = page.locator('#llmos-session-panel');
  await expect(sessions).toContainText(
    'Evolution: Create skill hamiltonian-vqe-convergence from 5 traces'
  );
  await openSidePanel(page, 'llmos-evolution-panel');
  await panel.getByRole('button', { name: 'Run now' }).click();
  await expect(panel.locator('.llmos-Evolution-history > li')).toHaveCount(2, {
    timeout: 60_000
  });
  await expect(card).toHaveCount(0);
});

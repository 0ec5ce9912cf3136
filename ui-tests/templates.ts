import { expect, type Page } from '@playwright/test';

import { cellDone, codeCell, notebookPanel, outputOf, startAll } from './lab';

/** By its card's name: the code cells of each template, and what the last one shows. */
const EXPECTED = {
  'VQE study': [7, /vqe-study\.csv/],
  'Circuit analysis': [6, /circuit-analysis\.csv/],
  '3D scene': [6, /scene/i],
  'Data plot': [5, /data-plot\.csv/]
} as const;

export type TemplateName = keyof typeof EXPECTED;

/** Names of the templates that have something to run, as their cards have them. */
export const TEMPLATES = Object.keys(EXPECTED) as readonly TemplateName[];

/** Makes a notebook of a template by the launcher in front, and runs it to its end. */
export async function runTemplate(page: Page, name: TemplateName): Promise<void> {
  const [cells, shown] = EXPECTED[name];
  const launcher = page.locator('.jp-Launcher:visible');
  await launcher.locator('.jp-LauncherCard', { hasText: name }).click();
  const last = cells - 1;
  await codeCell(page, last).waitFor();
  await startAll(page);
  await cellDone(page, last);
  await expect(notebookPanel(page).locator('.jp-OutputArea-error')).toHaveCount(0);
  await expect(outputOf(page, last)).toContainText(shown);
}

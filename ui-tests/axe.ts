import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** The themes in which everything of ours must be readable. */
export const THEMES = [
  'JupyterLab Light',
  'JupyterLab Dark',
  'JupyterLab Dark High Contrast'
] as const;

/** Serious faults that axe finds within an element, each as rule and element. */
export async function seriousFaults(
  page: Page,
  part: string
): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page }).include(part).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ html }) => `${id}: ${html.slice(0, 300)}`)
    );
}

/** Changes the theme, and waits until its colours are there. */
export async function useTheme(page: Page, theme: string): Promise<void> {
  await page.evaluate(async name => {
    await globalThis.jupyterapp?.commands.execute('apputils:change-theme', {
      theme: name
    });
  }, theme);
  await expect(page.locator('body')).toHaveAttribute('data-jp-theme-name', theme);
}

/** What stands in a part of the page has no serious fault in any theme. */
export async function expectAccessible(
  page: Page,
  parts: Readonly<Record<string, string>>
): Promise<void> {
  const found: string[] = [];
  for (const theme of THEMES) {
    await useTheme(page, theme);
    for (const [name, part] of Object.entries(parts)) {
      const faults = await seriousFaults(page, part);
      found.push(...faults.map(fault => `${theme}, ${name}: ${fault}`));
    }
  }
  expect(found).toEqual([]);
}

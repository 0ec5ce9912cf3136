import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** The themes in which everything of ours must be readable. */
export const THEMES = [
  'JupyterLab Light',
  'JupyterLab Dark',
  'JupyterLab Dark High Contrast'
] as const;

interface IFault {
  readonly isSerious: boolean;
  /** Rule and element. */
  readonly text: string;
}

async function look(
  page: Page,
  part: string,
  rules?: readonly string[]
): Promise<readonly IFault[]> {
  const axe = new AxeBuilder({ page }).include(part);
  // JupyterLab's own buttons; and without the second each look would open another page.
  axe.exclude('jp-button').setLegacyMode();
  const { violations } = await (rules ? axe.withRules([...rules]) : axe).analyze();
  return violations.flatMap(({ id, impact, nodes }) =>
    nodes.map(({ html }) => ({
      isSerious: impact === 'serious' || impact === 'critical',
      text: `${id}: ${html.slice(0, 300)}`
    }))
  );
}

/** All that axe finds wrong within an element, each as rule and element. */
export async function faultsIn(page: Page, part: string): Promise<readonly string[]> {
  return (await look(page, part)).map(({ text }) => text);
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

/** Serious faults of the parts of a page in every theme, each with theme and part. */
export async function seriousFaults(
  page: Page,
  parts: Readonly<Record<string, string>>
): Promise<readonly string[]> {
  const found: string[] = [];
  for (const [index, theme] of THEMES.entries()) {
    await useTheme(page, theme);
    // A theme changes colours, and nothing else that the other rules look at.
    const rules = index === 0 ? undefined : ['color-contrast', 'link-in-text-block'];
    for (const [name, part] of Object.entries(parts)) {
      const faults = (await look(page, part, rules)).filter(fault => fault.isSerious);
      found.push(...faults.map(({ text }) => `${theme}, ${name}: ${text}`));
    }
  }
  return found;
}

/** What stands in a part of the page has no serious fault in any theme. */
export async function expectAccessible(
  page: Page,
  parts: Readonly<Record<string, string>>
): Promise<void> {
  expect(await seriousFaults(page, parts)).toEqual([]);
}

import type { Page } from '@playwright/test';

import { seriousFaults } from '../axe';
import { expect, test } from '../fixtures';
import { DIALOGS, leave, PANELS, settle, type IState } from '../states';

/** Opens one after the other, and gives what is wrong with them in any theme. */
async function faultsOf(
  page: Page,
  states: readonly IState[]
): Promise<readonly string[]> {
  const found: string[] = [];
  for (const { name, part, open } of states) {
    await test.step(name, async () => {
      await open(page);
      await page.locator(part).first().waitFor();
      found.push(...(await seriousFaults(page, { [name]: part })));
      await leave(page);
    });
  }
  return found;
}

test('every panel and page can be read and used in every theme', async ({ page }) => {
  await settle(page);
  expect(await faultsOf(page, PANELS)).toEqual([]);
});

const MIDDLE = Math.ceil(DIALOGS.length / 2);

for (const [half, dialogs] of [
  ['first', DIALOGS.slice(0, MIDDLE)],
  ['second', DIALOGS.slice(MIDDLE)]
] as const) {
  test(`every dialog can be read and used in every theme, ${half} half`, async ({
    page
  }) => {
    await settle(page);
    expect(await faultsOf(page, dialogs)).toEqual([]);
  });
}

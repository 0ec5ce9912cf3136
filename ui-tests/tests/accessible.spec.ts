import type { Page } from '@playwright/test';

import { seriousFaults } from '../axe';
import { expect, test } from '../fixtures';
import {
  codeCell,
  notebookFile,
  openFile,
  openSidePanel,
  runNotebook,
  startAll,
  writeFiles
} from '../lab';
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

/** What of ours moves, by the names of its animations. */
function moving(page: Page): Promise<readonly string[]> {
  return page.evaluate(() =>
    document.getAnimations().flatMap(animation => {
      const { effect, playState } = animation;
      const target = effect instanceof KeyframeEffect ? effect.target : null;
      const isOurs = target?.closest('[class*="llmos-"]') ?? null;
      return isOurs && playState === 'running' && animation instanceof CSSAnimation
        ? [animation.animationName]
        : [];
    })
  );
}

test('a cell that runs keeps still where motion is unwanted, and is seen in forced colours', async ({
  page
}) => {
  await page.goto('lab/index.html?reset');
  const sources = ['import asyncio', 'await asyncio.sleep(600)', 'after = 1'];
  await writeFiles(page, [notebookFile('still.ipynb', sources)]);
  await openFile(page, 'still.ipynb');
  await codeCell(page, 2).waitFor();
  const graph = await openSidePanel(page, 'llmos-graph-panel');
  await startAll(page);
  await graph.locator('.llmos-Status[data-status="running"]').first().waitFor();
  await expect.poll(() => moving(page)).toContain('llmos-status-turn');
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await expect.poll(() => moving(page)).toEqual([]);
  await page.emulateMedia({ forcedColors: 'active' });
  await expect(
    graph.locator('.llmos-Status[data-status="running"]').first()
  ).toBeVisible();
  const parts = { graph: '#llmos-graph-panel', 'status bar': '#jp-main-statusbar' };
  expect(await seriousFaults(page, parts)).toEqual([]);
});

/** Fails, in code with everything that IPython colours. */
const BROKEN = `class Broken(ValueError):
    """Told apart."""

@staticmethod
def fail(value: int = 3, *, name=None):
    # Here it is.
    raise Broken(f"no {value!r}\\n") if name is None and value else __name__

fail(1)`;

test('a traceback can be read in every theme', async ({ page }) => {
  await page.goto('lab/index.html?reset');
  await runNotebook(page, 'broken.ipynb', [BROKEN]);
  const trace = page.locator('.llmos-ErrorHelp pre');
  await expect(trace).toContainText('Broken: no 1');
  const colours = await trace
    .locator('span')
    .evaluateAll(spans => spans.map(span => getComputedStyle(span).color));
  expect(new Set(colours).size).toBeGreaterThan(6);
  expect(await seriousFaults(page, { traceback: '.llmos-ErrorHelp' })).toEqual([]);
});

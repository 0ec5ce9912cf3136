import type { Locator, Page } from '@playwright/test';
import { expect, test } from '../fixtures';
import { openSidePanel, writeFiles } from '../lab';

const TOLD = 'Another tab is at it already';

/** A run of a skill that doubles and one that adds. */
function runOf(x: number, number: number): string {
  const value = (at: number): object => ({ type: 'number', value: at });
  const node = (
    id: string,
    skill: string,
    inputs: object,
    outputs: object
  ): object => ({
    ...{ id, cell: id, skill, version: `sha256:${'0'.repeat(64)}`, code: null },
    ...{ status: 'success', ms: 1, cached: false, inputs, outputs }
  });
  return JSON.stringify({
    ...{ v: 1, id: `01TABS${String(number).padStart(3, '0')}`, session: 's-1' },
    ...{ user: 'ana', status: 'success', ms: 2, goal: '', trigger: 'all', env: {} },
    started: new Date(Date.UTC(2026, 10, 1, 10, number)).toISOString(),
    nodes: [
      node('a', 'twice', { x: value(x) }, { y: value(2 * x) }),
      node(
        'b',
        'more',
        { y: { ...value(2 * x), from: ['a', 'y'] } },
        { z: value(2 * x + 1) }
      )
    ],
    edges: [['a', 'y', 'b', 'y']]
  });
}

const historyOf = (panel: Locator): Locator =>
  panel.locator('.llmos-Evolution-history > [data-run]');

test('two tabs run a job at once: it runs in one, and both show what came of it', async ({
  page,
  context
}) => {
  await page.goto('lab/index.html?reset');
  const runs = [10.5, 11.5, 12.5, 13.5].map(runOf);
  await writeFiles(page, [
    { path: 'user:sessions/s-1', type: 'directory' },
    {
      ...{ path: 'user:sessions/s-1/traces.jsonl', type: 'file' },
      content: `${runs.join('\n')}\n`
    }
  ]);
  const other = await context.newPage();
  await other.goto('lab/index.html?reset');
  const open = async (each: Page) => {
    const panel = await openSidePanel(each, 'llmos-evolution-panel');
    const button = panel
      .locator('[data-volume="user"]')
      .getByRole('button', { name: 'Run now' });
    await button.waitFor();
    return { each, panel, button };
  };
  const tabs = [await open(page), await open(other)];

  // The first has the lock by the time the second asks, however fast the run is.
  const [first, second] = tabs;
  await page.evaluate(() => {
    const { locks } = navigator;
    type Work = (lock: Lock | null) => Promise<unknown>;
    const request = locks.request.bind(locks) as (...args: unknown[]) => unknown;
    const go = new Promise<void>(resolve => {
      document.addEventListener('llmos-test-go', () => resolve(), { once: true });
    });
    const held = (...args: readonly unknown[]): unknown => {
      const [name, options, work] = args;
      const waiting = async (lock: Lock | null): Promise<unknown> => {
        await go;
        return (work as Work)(lock);
      };
      return name === 'llmos:evolution:user'
        ? request(name, options, waiting)
        : request(...args);
    };
    Object.assign(locks, { request: held });
  });
  await first?.button.click();
  await expect
    .poll(() =>
      page.evaluate(async () => {
        const { held = [] } = await navigator.locks.query();
        return held.some(({ name }) => name === 'llmos:evolution:user');
      })
    )
    .toBe(true);
  await second?.button.click();
  await expect(other.locator('.Toastify__toast', { hasText: TOLD })).toBeVisible();
  await page.evaluate(() => document.dispatchEvent(new Event('llmos-test-go')));
  for (const { panel } of tabs) {
    await expect(historyOf(panel)).toHaveCount(1, { timeout: 120_000 });
    await expect(historyOf(panel)).toContainText('4');
  }
  await expect(page.locator('.Toastify__toast', { hasText: TOLD })).toHaveCount(0);

  // The other one has its turn when nobody is at it.
  await second?.button.click();
  await expect(historyOf(tabs[1]?.panel ?? other.locator('body'))).toHaveCount(2, {
    timeout: 120_000
  });
});

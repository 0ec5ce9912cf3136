import type { Page } from '@playwright/test';

import { expect, test } from '../fixtures';
import { cellDone, outputOf, runNotebook, writeFiles } from '../lab';

/** What a command or a call of Contents answers, or the message of its failure. */
async function tryContents(
  page: Page,
  call: 'save' | 'delete',
  path: string
): Promise<string> {
  return page.evaluate(
    async ([wanted, file]) => {
      const contents = globalThis.jupyterapp?.serviceManager.contents;
      try {
        if (wanted === 'save') {
          await contents?.save(file, { type: 'file', format: 'text', content: 'x' });
        } else {
          await contents?.delete(file);
        }
        return 'done';
      } catch (error) {
        return String(error);
      }
    },
    [call, path] as const
  );
}

const command = (page: Page, id: string, args = {}): Promise<unknown> =>
  page.evaluate(
    async ([name, given]) => globalThis.jupyterapp?.commands.execute(name, given),
    [id, args] as const
  );

test('a profile mounts its teams, and nobody changes what is not theirs', async ({
  page
}) => {
  await page.goto('lab/index.html?reset');
  await page.waitForFunction(() => globalThis.jupyterapp !== undefined);
  await page.evaluate(() => globalThis.jupyterapp?.restored);

  // The dialog, offline: a bad id is said under its field and not kept.
  void command(page, 'llmos:edit-profile');
  const dialog = page.locator('.jp-Dialog');
  await dialog.locator('input[name="name"]').fill('Ana Ruiz');
  await dialog.locator('input[name="id"]').fill('a b');
  await dialog.locator('input[name="teams"]').fill('optics');
  await expect(dialog).toContainText('Use 1 to 64 letters');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toContainText('Use 1 to 64 letters');
  await dialog.locator('input[name="id"]').fill('ana');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toHaveCount(0);

  // Volumes are sections of the file browser; what is not committed is marked.
  await writeFiles(page, [
    { path: 'user:plan.md', type: 'file', content: 'Plan' },
    { path: 'user:plans', type: 'directory' }
  ]);
  await command(page, 'llmos:show-volume', { name: 'user' });
  const section = page.locator('.llmos-VolumeSection[data-volume="user"]');
  const plan = section.locator('.jp-DirListing-item', { hasText: 'plan.md' });
  await expect(plan.locator('[data-llmos-mark="new"]')).toBeVisible();
  await command(page, 'llmos:commit-files', { message: 'Plan' });
  await expect(plan.locator('[data-llmos-mark]')).toHaveCount(0);

  // Forbidden from the file browser: rename a skill of the shipped library.
  await command(page, 'llmos:show-volume', { name: 'system', folder: 'skills' });
  const library = page.locator('.llmos-VolumeSection[data-volume="system"]');
  await library.locator('.jp-DirListing-item', { hasText: 'plot-xy.md' }).click();
  await page.keyboard.press('F2');
  await library.locator('input.jp-DirListing-editor').fill('mine.md');
  await page.keyboard.press('Enter');
  await expect(page.locator('.jp-Dialog')).toContainText('read-only');
  await page.locator('.jp-Dialog').getByRole('button').last().click();

  // From a command that copies, and from Contents, which every panel uses.
  expect(await tryContents(page, 'save', 'team-optics:skills/x.md')).toMatch(/promot/i);
  expect(await tryContents(page, 'delete', 'system:skills/plot-xy.md')).toMatch(
    /read-only/
  );
  expect(await tryContents(page, 'save', 'team-lasers:a.md')).not.toBe('done');

  // From Python: reading works, writing raises.
  await runNotebook(page, 'try.ipynb', [
    'import os\nprint(sorted(os.listdir("/volumes")))',
    'print(open("/volumes/user/plan.md").read())',
    'for name in ("system/skills/plot-xy.md", "team-optics/skills/x.md"):\n' +
      '    try:\n' +
      '        with open(f"/volumes/{name}", "w") as f:\n' +
      '            f.write("x")\n' +
      '        print("written")\n' +
      '    except OSError:\n' +
      '        print("refused")'
  ]);
  await cellDone(page, 2);
  await expect(outputOf(page, 0)).toContainText("['system', 'team-optics', 'user']");
  await expect(outputOf(page, 1)).toContainText('Plan');
  expect(await tryContents(page, 'delete', 'team-optics:skills/x.md')).toMatch(
    /promot/i
  );
  await expect(outputOf(page, 2)).toContainText('refused');
  await expect(outputOf(page, 2)).not.toContainText('written');
});

import type { Page } from '@playwright/test';

import { runCommand, tryChange } from '../commands';
import { expect, test } from '../fixtures';
import { codeCell, notebookFile, openFile, readBytes, writeFiles } from '../lab';

/** Short hash and subject of each commit of the person's volume. */
async function history(page: Page): Promise<readonly string[]> {
  await runCommand(page, 'llmos:show-history', { volume: 'user' });
  const commits = page.getByRole('listbox', { name: 'Commits' }).getByRole('option');
  await expect(commits).toHaveCount(2);
  return commits.locator('code, .llmos-CommitList-subject').allTextContents();
}

test('a backup brings everything back after the browser was cleared', async ({
  page,
  context
}) => {
  await page.goto('lab/index.html?reset');
  const ana = { name: 'Ana Ruiz', id: 'ana', teams: ['optics'] };
  await runCommand(page, 'llmos:edit-profile', ana);
  await writeFiles(page, [
    { path: 'user:plan.md', type: 'file', content: 'Plan' },
    { path: 'notes.txt', type: 'file', content: 'Outside of the volumes' }
  ]);
  await runCommand(page, 'llmos:commit-files', { message: 'Plan' });
  await writeFiles(page, [{ path: 'user:plan.md', type: 'file', content: 'Plan B' }]);
  await runCommand(page, 'llmos:commit-files', { message: 'Plan B' });
  await writeFiles(page, [{ path: 'user:plan.md', type: 'file', content: 'Plan C' }]);
  const before = await history(page);
  const downloading = page.waitForEvent('download');
  await runCommand(page, 'llmos:back-up');
  const zip = await (await downloading).path();
  const progress = page.locator('.jp-toast-message', { hasText: 'Backing up' });
  await expect(progress).toContainText('done');
  await expect(progress).toHaveCount(0);

  // Galata's page knows the application alone.
  const [plain] = context.pages();
  if (!plain) {
    throw new Error('The browser has no page.');
  }
  const client = await context.newCDPSession(plain);
  const { origin } = new URL(page.url());
  await plain.goto('about:blank');
  await client.send('Storage.clearDataForOrigin', { origin, storageTypes: 'all' });
  await page.goto('lab/index.html?reset');
  await page.waitForFunction(() => globalThis.jupyterapp !== undefined);
  expect(await readBytes(page, 'user:plan.md')).toBeNull();

  const restored = runCommand(page, 'llmos:restore-backup');
  const choosing = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Choose a backup' }).click();
  await (await choosing).setFiles(zip);
  await restored;
  expect(await history(page)).toEqual(before);
  // Who the person is, and their teams, came back too.
  await runCommand(page, 'llmos:show-volume', { name: 'team-optics' });
  await expect(
    page.locator('.llmos-VolumeSection[data-volume="team-optics"]')
  ).toContainText('skills');
  const profile = page.locator('.jp-Dialog:has(.llmos-Profile)');
  const asking = runCommand(page, 'llmos:edit-profile');
  await expect(profile.locator('input[name="name"]')).toHaveValue('Ana Ruiz');
  await expect(profile.locator('input[name="id"]')).toHaveValue('ana');
  await profile.getByRole('button', { name: 'Cancel' }).click();
  await asking;
  const text = async (path: string): Promise<string> =>
    String.fromCharCode(...((await readBytes(page, path)) ?? []));
  expect(await text('user:plan.md')).toBe('Plan C');
  expect(await text('notes.txt')).toBe('Outside of the volumes');
  await runCommand(page, 'llmos:show-volume', { name: 'user' });
  const plan = page.locator(
    '.llmos-VolumeSection[data-volume="user"] .jp-DirListing-item',
    { hasText: 'plan.md' }
  );
  await expect(plan.locator('[data-llmos-mark="edited"]')).toBeVisible();
});

test('a session that is shared as a zip opens elsewhere, with its conversation', async ({
  page,
  browser
}) => {
  await page.goto('lab/index.html?reset');
  await writeFiles(page, [notebookFile('energy.ipynb', ['x = 1', 'print(x)'])]);
  await openFile(page, 'energy.ipynb');
  await codeCell(page, 1).waitFor();
  const question = 'Which skill makes a Bell state?';
  await runCommand(page, 'llmos:ask-assistant', { question });
  const downloading = page.waitForEvent('download');
  await runCommand(page, 'llmos:session-share', { as: 'zip' });
  const zip = await (await downloading).path();

  // Somebody else's browser.
  const other = await (await browser.newContext()).newPage();
  await other.goto(new URL('?reset', page.url()).href);
  await other.waitForFunction(() => globalThis.jupyterapp !== undefined);
  const choosing = other.waitForEvent('filechooser');
  const opened = runCommand(other, 'llmos:open-share');
  await (await choosing).setFiles(zip);
  const path = String(await opened);
  await expect(codeCell(other, 1)).toContainText('print(x)');
  const folder = path.replace(/[^/]*$/, '');
  const text = async (name: string): Promise<string> =>
    String.fromCharCode(...((await readBytes(other, folder + name)) ?? []));
  expect(await text('chat.jsonl')).toContain(question);
  expect(JSON.parse(await text('session.json'))).toMatchObject({ v: 1 });
  expect(await tryChange(other, 'save', path)).toMatch(/read-only/);
  await other.context().close();
});

test('a session that is shared as a link opens read-only', async ({ page }) => {
  await page.goto('lab/index.html?reset');
  await writeFiles(page, [notebookFile('energy.ipynb', ['x = 1', 'print(x)'])]);
  await openFile(page, 'energy.ipynb');
  await codeCell(page, 1).waitFor();
  await runCommand(page, 'llmos:commit-session', { ask: false, name: 'Energy' });
  const sharing = runCommand(page, 'llmos:session-share', { as: 'link' });
  await page.locator('.jp-Dialog').getByRole('button', { name: 'Cancel' }).click();
  const link = String(await sharing);

  await page.evaluate(address => {
    window.location.href = address;
  }, link);
  const tab = page.getByRole('tab', { name: 'Energy.ipynb', exact: true });
  await expect(tab).toBeVisible();
  await expect(codeCell(page, 1)).toContainText('print(x)');
  expect(await tryChange(page, 'save', 'shared:1/Energy.ipynb')).toMatch(/read-only/);

  // Saving by the keyboard offers a copy, in a second view too.
  await runCommand(page, 'docmanager:clone');
  await expect(tab).toHaveCount(2);
  await codeCell(page, 1).locator('.cm-content').click();
  await page.keyboard.press('ControlOrMeta+S');
  const offer = page.locator('.Toastify__toast', {
    hasText: 'It was shared with you and is read-only.'
  });

  // A copy is the person's own, and belongs to no session of its author.
  await offer.getByRole('button', { name: 'Keep a copy' }).click();
  await expect(tab).toHaveCount(3);
  const bytes = (await readBytes(page, 'Energy.ipynb')) ?? [];
  const file = JSON.parse(String.fromCharCode(...bytes)) as { metadata: object };
  expect(file.metadata).not.toHaveProperty('llmos');
});

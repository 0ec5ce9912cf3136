import type { Locator, Page } from '@playwright/test';

import { runCommand, tryChange } from '../commands';
import { expect, test } from '../fixtures';
import {
  cellDone,
  codeCell,
  keptLayout,
  notebookFile,
  notebookPanel,
  openFile,
  outputOf,
  readBytes,
  startCell,
  writeFiles
} from '../lab';

/** Short hash and subject of each commit of the person's volume. */
async function history(page: Page): Promise<readonly string[]> {
  await runCommand(page, 'llmos:show-history', { volume: 'user' });
  const commits = page.getByRole('listbox', { name: 'Commits' }).getByRole('option');
  await expect(commits).toHaveCount(2);
  return commits.locator('code, .llmos-CommitList-subject').allTextContents();
}

/** Those of tabs that say that their notebook was shared. */
function shared(page: Page): Locator {
  return page.getByRole('tab', { name: /^Energy\.ipynb \(shared\)$/ });
}

/** Opens what the notebook in front is shared as, by a link; the result is its tab. */
async function openShared(page: Page, name: string): Promise<Locator> {
  await runCommand(page, 'llmos:commit-session', { ask: false, name });
  const sharing = runCommand(page, 'llmos:session-share', { as: 'link' });
  await page.locator('.jp-Dialog').getByRole('button', { name: 'Cancel' }).click();
  const link = String(await sharing);
  await page.evaluate(address => {
    window.location.href = address;
  }, link);
  const tab = page.locator('#jp-main-dock-panel .lm-TabBar-tab', {
    hasText: new RegExp(`^${name}\\.ipynb( \\(shared\\))?$`)
  });
  await expect(tab).toBeVisible();
  return tab;
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
  const told = page.locator('.jp-toast-message');
  await expect(told.filter({ hasText: 'Saved llmos-backup-' })).toBeVisible();
  await expect(told.filter({ hasText: 'Backing up' })).toHaveCount(0);

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
  const tab = await openShared(page, 'Energy');
  await expect(codeCell(page, 1)).toContainText('print(x)');
  expect(await tryChange(page, 'save', 'shared:1/Energy.ipynb')).toMatch(/read-only/);

  // It is there again after a reload.
  await expect.poll(() => keptLayout(page)).toContain('notebook:shared:1/Energy.ipynb');
  await page.reload();
  await expect(tab).toHaveCount(1);
  await expect(codeCell(page, 1)).toContainText('print(x)');

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
  await expect(shared(page)).toHaveCount(2);
  const bytes = (await readBytes(page, 'Energy.ipynb')) ?? [];
  const file = JSON.parse(String.fromCharCode(...bytes)) as { metadata: object };
  expect(file.metadata).not.toHaveProperty('llmos');
});

test('a notebook that is shared takes no change, and its cells can be run', async ({
  page
}) => {
  await page.goto('lab/index.html?reset');
  const sources = [
    'from llmos import skill',
    'h = await skill("quantum-hamiltonian")()',
    'print("one", "two", open("out.txt", "w").write("three"))'
  ];
  await writeFiles(page, [notebookFile('energy.ipynb', sources)]);
  await openFile(page, 'energy.ipynb');
  await codeCell(page, 2).waitFor();
  const tab = await openShared(page, 'Energy');
  const panel = notebookPanel(page);
  const line = panel.locator('.llmos-ReadOnlyLine');
  await expect(line).toContainText('Read-only: cells run');
  const commit = panel.locator('[data-jp-item-name="llmos-commit-session"] jp-button');
  await expect(commit).toHaveAttribute('aria-disabled', 'true');
  await expect(commit).toHaveAttribute('title', /Keep or restore a copy to commit it/);

  // What is typed, and commands that change cells, are refused by the line at the top.
  await codeCell(page, 2).locator('.cm-content').click();
  await page.keyboard.type('three');
  await expect(line).toContainText('This notebook is read-only. Keep a copy of it');
  await expect(line).toHaveClass(/llmos-mod-refused/);
  await expect(line).not.toHaveClass(/llmos-mod-refused/);
  // By keys of the command mode too.
  await page.keyboard.press('Escape');
  await page.keyboard.press('d');
  await page.keyboard.press('d');
  await expect(line).toHaveClass(/llmos-mod-refused/);
  for (const command of [
    ...['split-cell-at-cursor', 'insert-cell-below', 'cut-cell', 'paste-cell-below'],
    ...['delete-cell', 'move-cell-up', 'merge-cells', 'change-cell-to-markdown']
  ]) {
    await runCommand(page, `notebook:${command}`);
  }
  await runCommand(page, 'llmos:insert-skill', { id: 'plot-xy' });
  const told = page.locator('.Toastify__toast', {
    hasText: 'This notebook is read-only. Keep a copy of it to change it.'
  });
  await expect(told).toBeVisible();
  const form = codeCell(page, 1).locator('.llmos-CellForm');
  await expect(form.locator('input').first()).toBeDisabled();
  await expect(form).toContainText('This notebook is read-only');
  await expect(panel.locator('.jp-Cell .cm-content')).toHaveText(sources);

  // Running it is no change, and closing it does not ask.
  await startCell(page, 2);
  await cellDone(page, 2);
  await expect(outputOf(page, 2)).toContainText('one two');
  await expect(panel.locator('.jp-Cell .cm-content')).toHaveText(sources);
  await line.getByRole('button', { name: 'Keep a copy' }).click();
  await expect(tab).toHaveCount(2);
  // What its cells have written went along.
  await expect
    .poll(async () =>
      String.fromCharCode(...((await readBytes(page, 'out.txt')) ?? []))
    )
    .toBe('three');
  await codeCell(page, 2).locator('.cm-content').click();
  await page.keyboard.type('three');
  await expect(codeCell(page, 2)).toContainText('three');
  await tab.first().click();
  await runCommand(page, 'application:close');
  await expect(tab).toHaveCount(1);
});

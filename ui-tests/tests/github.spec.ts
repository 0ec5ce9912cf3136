import type { Locator, Page } from '@playwright/test';

import { GithubServer, TOKEN } from '../../extension/test/remotes/githubServer';
import { expect, test as base } from '../fixtures';
import { writeFiles, openSidePanel } from '../lab';

/** The story's own server, whose repositories Git itself writes. */
const test = base.extend<{ readonly github: GithubServer }>({
  github: async ({ baseURL: _ }, use) => {
    const server = await GithubServer.start();
    server.repository('volume');
    await use(server);
    await server.stop();
  }
});

/** Writes a file of my volume and commits it, as "Commit files of my volume…" does. */
async function commit(page: Page, path: string, text: string): Promise<void> {
  await writeFiles(page, [{ path: `user:${path}`, type: 'file', content: text }]);
  await page.evaluate(async name => {
    const args = { message: `Change ${name}`, paths: [name] };
    await globalThis.jupyterapp?.commands.execute('llmos:commit-files', args);
  }, path);
}

async function connect(page: Page, server: GithubServer): Promise<void> {
  const dialog = page.locator('.llmos-GithubConnectDialog');
  await dialog.getByText('GitHub Enterprise').click();
  await dialog.locator('input[name=server]').fill(server.url);
  await dialog.locator('input[name=token]').fill('a-wrong-token');
  await dialog.locator('input[name=token]').press('Enter');
  await expect(dialog.getByRole('alert')).toContainText('does not take the token');
  await dialog.locator('input[name=token]').fill(TOKEN);
  await dialog.locator('input[name=token]').press('Enter');
  await expect(dialog).toContainText('Signed in as ana');
  await expect(dialog.getByRole('button', { name: 'Connect' })).toBeDisabled();
  await dialog.locator('input[name=repository]').fill('ana/volume');
  await dialog.locator('input[name=repository]').press('Enter');
  await expect(dialog).toContainText('The token may read and write it.');
  await dialog.getByRole('button', { name: 'Connect' }).click();
  await expect(dialog).toBeHidden();
}

/** What the last notification said, closed so that the next one is the only one. */
async function told(page: Page, text: string | RegExp): Promise<Locator> {
  const toast = page.locator('.Toastify__toast').filter({ hasText: text });
  await expect(toast).toBeVisible();
  return toast;
}

test('a volume is pushed to GitHub, merged with what others pushed, and pushed again', async ({
  page,
  context,
  github
}) => {
  await page.goto('lab/index.html?reset');
  await commit(page, 'notes.md', 'mine, one\n');
  const git = github.repository('volume');

  // The panel's menu connects; the token is checked before anything else.
  const panel = await openSidePanel(page, 'llmos-session-panel');
  await panel.getByRole('button', { name: 'Server of "My volume"' }).click();
  await page.getByRole('menuitem', { name: 'Connect to GitHub…' }).click();
  await connect(page, github);
  const line = panel.locator('[data-volume="user"] .llmos-RemoteLine');
  await expect(line).toContainText('ana/volume');
  await expect(line).toContainText('↑1');
  await line.getByRole('button', { name: 'Push' }).click();
  await expect(line).toContainText('✓');
  expect(git.run(['show', 'main:notes.md'])).toBe('mine, one');
  git.run(['fsck', '--strict']);

  // Without a network a push waits, and goes by itself when there is one.
  await context.setOffline(true);
  await commit(page, 'notes.md', 'mine, two\n');
  await line.getByRole('button', { name: 'Push' }).click();
  await expect(line).toContainText('Push waits for the network');
  await context.setOffline(false);
  await expect(line).toContainText('✓');
  expect(git.run(['show', 'main:notes.md'])).toBe('mine, two');

  // Both sides change a file; the push asks to pull, the pull which version to keep.
  const theirs = git.commit('notes.md', 'theirs\n', 'Theirs');
  git.commit('more.md', 'more\n', 'More');
  await commit(page, 'notes.md', 'mine, three\n');
  await line.getByRole('button', { name: 'Push' }).click();
  await page.getByRole('button', { name: 'Pull, then push' }).click();
  const merge = page.locator('.llmos-MergeDialog');
  await expect(merge.locator('.llmos-Merge-diff')).toContainText('mine, three');
  await expect(merge.locator('.llmos-Merge-diff')).toContainText('theirs');
  await expect(merge.getByLabel('both', { exact: true })).toBeChecked();
  await merge.getByRole('button', { name: 'Merge' }).click();
  await expect(line).toContainText('✓');
  const names = git.run(['ls-tree', '--name-only', 'main']).split('\n');
  const beside = names.find(name => name.startsWith('notes (theirs '));
  expect(names).toContain('more.md');
  expect(git.run(['show', 'main:notes.md'])).toBe('mine, three');
  expect(git.run(['show', `main:${beside}`])).toBe('theirs');
  expect(git.run(['rev-list', '--count', 'main'])).toBe('6');
  expect(git.can(['merge-base', '--is-ancestor', theirs, 'main'])).toBe(true);
  git.run(['fsck', '--strict']);

  // A token that has expired is said to be so, and nothing here is lost.
  github.token = 'another token by now';
  await commit(page, 'notes.md', 'mine, four\n');
  await line.getByRole('button', { name: 'Push' }).click();
  await told(page, /wrong, has expired or was revoked/);
  await expect(line).toContainText('↑1');
  const kept = await page.evaluate(async () => {
    const databases = await indexedDB.databases();
    const stored = { ...localStorage, ...sessionStorage };
    return JSON.stringify([databases.map(({ name }) => name), stored]);
  });
  expect(kept).not.toContain(TOKEN);
});

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';

import { GitServer, PASSWORD, USER } from '../../extension/test/remotes/gitServer';
import { expect, test as base } from '../fixtures';
import { readBytes, writeFiles, openSkills } from '../lab';

/** The story's own server: `git http-backend`, open to pages of other sites. */
const test = base.extend<{ readonly server: GitServer }>({
  server: async ({ baseURL: _ }, use) => {
    const server = await GitServer.start();
    await use(server);
    await server.stop();
  }
});

const SKILL = '---\nname: Greeting\ndescription: Says hello.\n---\n\nSay hello.\n';

/** Runs a command of the application. */
function run(
  page: Page,
  id: string,
  args: Record<string, unknown> = {}
): Promise<void> {
  return page.evaluate(
    async ([command, given]) => {
      await globalThis.jupyterapp?.commands.execute(command, given as never);
    },
    [id, args] as const
  );
}

async function text(page: Page, path: string): Promise<string | null> {
  const bytes = await readBytes(page, path);
  return bytes && Buffer.from(bytes).toString('utf8');
}

test('a volume goes to any Git server and back; a skill is imported, promoted and taken back', async ({
  page,
  server
}) => {
  const { url, git } = server.create('volume');
  await page.goto('lab/index.html?reset');
  await writeFiles(page, [
    { path: 'user:skills/greeting.md', type: 'file', content: SKILL }
  ]);

  // A wrong password is told in the dialog, which keeps what was entered.
  const connected = run(page, 'llmos:connect-git');
  const dialog = page.locator('.llmos-GitConnect');
  await dialog.locator('input[name=git-url]').fill('not a url');
  await page.getByRole('button', { name: 'Connect', exact: true }).click();
  await expect(dialog.getByRole('alert')).toContainText('This is no address.');
  await dialog.locator('input[name=git-url]').fill(url);
  await dialog.locator('input[name=git-user]').fill(USER);
  await dialog.locator('input[name=git-password]').fill('wrong');
  await page.getByRole('button', { name: 'Connect', exact: true }).click();
  await expect(dialog.getByRole('alert')).toContainText('does not take this name');
  await dialog.locator('input[name=git-password]').fill(PASSWORD);
  await page.getByRole('button', { name: 'Connect', exact: true }).click();
  await connected;

  await run(page, 'llmos:push', { volume: 'user' });
  await expect.poll(() => git.can(['rev-parse', '--verify', 'main'])).toBe(true);
  git.run(['fsck', '--strict']);
  const clone = server.clone('volume');
  writeFileSync(join(clone.folder, 'notes.md'), 'from a clone\n');
  clone.run(['add', '.']);
  clone.run(['commit', '--quiet', '-m', 'Theirs']);
  clone.run(['push', '--quiet']);
  await run(page, 'llmos:pull', { volume: 'user' });
  await expect.poll(() => text(page, 'user:notes.md')).toBe('from a clone\n');

  // Skills of a repository that everybody may read.
  server.isPrivate = false;
  const library = server.create('library');
  const other = server.clone('library');
  writeFileSync(
    join(other.folder, 'farewell.md'),
    SKILL.replace('Greeting', 'Farewell')
  );
  other.run(['add', '.']);
  other.run(['commit', '--quiet', '-m', 'A skill']);
  other.run(['push', '--quiet', library.git.folder, 'HEAD:refs/heads/main']);
  // A mistake in the address is told where it was made, and can be mended there.
  void run(page, 'llmos:skill-import-git');
  const wanted = page.locator('.llmos-GitImport');
  await wanted.locator('input[name=import-url]').fill('not a url');
  await page.getByRole('button', { name: 'Read', exact: true }).click();
  await expect(wanted.getByRole('alert')).toContainText('This is no address.');
  await wanted.locator('input[name=import-url]').fill(`${library.url}-lost`);
  await page.getByRole('button', { name: 'Read', exact: true }).click();
  await expect(wanted.getByRole('alert')).not.toContainText(/^$|This is no address/);
  await wanted.locator('input[name=import-url]').fill(library.url);
  await page.getByRole('button', { name: 'Read', exact: true }).click();
  await expect(wanted).toContainText('Farewell');
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await expect
    .poll(() => text(page, 'user:skills/farewell.md'))
    .toContain(library.git.run(['rev-parse', 'main']));

  // To a team, with a reason, and back.
  await run(page, 'llmos:edit-profile', { id: 'ana', name: 'Ana', teams: ['optics'] });
  void run(page, 'llmos:promote-skill', { id: 'greeting' });
  const review = page.locator('.llmos-Promote');
  await expect(review).toContainText('Say hello.');
  await page.getByRole('button', { name: 'Promote', exact: true }).click();
  await expect(review.getByRole('alert')).toContainText('Say why');
  await review.locator('textarea').fill('We all greet.');
  await page.getByRole('button', { name: 'Promote', exact: true }).click();
  await expect.poll(() => text(page, 'team-optics:skills/greeting.md')).toBe(SKILL);

  // The panel shows which of the two is used.
  await openSkills(page);
  const hidden = page.locator('[data-hidden="team-optics:skills/greeting.md"]');
  await expect(hidden).toContainText('Shadowed by user:skills/greeting.md');
  await hidden.getByRole('button', { name: /Compare/ }).click();
  await expect(page.locator('.llmos-CompareSkill')).toContainText('is the same as');
  await page.locator('.jp-Dialog').getByRole('button', { name: 'Close' }).click();

  const why = { id: 'greeting', way: 'remove', reason: 'Not polite enough.' };
  await run(page, 'llmos:demote-skill', why);
  await expect.poll(() => text(page, 'team-optics:skills/greeting.md')).toBeNull();
});

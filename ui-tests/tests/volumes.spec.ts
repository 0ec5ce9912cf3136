import { runCommand, tryChange } from '../commands';
import { expect, test } from '../fixtures';
import { outputOf, runNotebook, writeFiles } from '../lab';

const COMMITS = 5;

test('two pages commit at once, and the history has all of it', async ({
  page,
  context
}) => {
  await page.goto('lab/index.html?reset');
  await runCommand(page, 'llmos:show-volume', { name: 'user' });
  const other = await context.newPage();
  await other.goto('lab/index.html?reset');
  await runCommand(other, 'llmos:show-volume', { name: 'user' });
  const pages = [
    ['one', page],
    ['two', other]
  ] as const;
  const commits = pages.map(async ([name, each]) => {
    const made: unknown[] = [];
    for (let index = 0; index < COMMITS; index++) {
      const path = `${name}-${index}.txt`;
      await writeFiles(each, [{ path: `user:${path}`, type: 'file', content: path }]);
      const args = { paths: [path], message: `Add ${path}` };
      made.push(await runCommand(each, 'llmos:commit-files', args));
    }
    return made;
  });
  const made = (await Promise.all(commits)).flat();
  expect(new Set(made).size).toBe(2 * COMMITS);
  for (const [, each] of pages) {
    await runCommand(each, 'llmos:show-history', { volume: 'user' });
    const listed = each.getByRole('listbox', { name: 'Commits' }).getByRole('option');
    await expect(listed).toHaveCount(2 * COMMITS);
    // What the other page wrote is here too, and nothing is left to commit.
    const section = each.locator('.llmos-VolumeSection[data-volume="user"]');
    await expect(section.getByText('two-4.txt')).toBeVisible();
    await expect(section.getByText('one-4.txt')).toBeVisible();
    await expect(section.locator('[data-llmos-mark]')).toHaveCount(0);
  }
});

test('a profile mounts its teams, and nobody changes what is not theirs', async ({
  page
}) => {
  await page.goto('lab/index.html?reset');
  const saved = runCommand(page, 'llmos:edit-profile');
  const dialog = page.locator('.jp-Dialog:has(.llmos-Profile)');
  await dialog.locator('input[name="name"]').fill('Ana Ruiz');
  await dialog.locator('input[name="id"]').fill('ana');
  await dialog.locator('input[name="teams"]').fill('optics');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await saved;

  // In the file browser: a skill of the system library is not renamed.
  await runCommand(page, 'llmos:show-volume', { name: 'system', folder: 'skills' });
  const library = page.locator('.llmos-VolumeSection[data-volume="system"]');
  await library.locator('.jp-DirListing-item', { hasText: 'plot-xy.md' }).click();
  await page.keyboard.press('F2');
  await library.locator('input.jp-DirListing-editor').fill('mine.md');
  await page.keyboard.press('Enter');
  const refusal = page.locator('.jp-Dialog', { hasText: 'read-only' });
  await refusal.getByRole('button').last().click();
  await expect(library.getByText('plot-xy.md')).toBeVisible();

  // By a command, and by Contents, which every panel uses.
  await runCommand(page, 'llmos:show-volume', { name: 'team-optics' });
  const team = page.locator('.llmos-VolumeSection[data-volume="team-optics"]');
  await expect(team.getByText('skills')).toBeVisible();
  await runCommand(page, 'llmos:commit-files', { message: 'All' });
  await runCommand(page, 'llmos:make-branch', { volume: 'team-optics', name: 'mine' });
  const told = page.locator('.Toastify__toast', { hasText: /promot/i });
  await expect(told.first()).toBeVisible();
  expect(await tryChange(page, 'save', 'team-optics:skills/x.md')).toMatch(/promot/i);
  expect(await tryChange(page, 'delete', 'system:skills/plot-xy.md')).toMatch(
    /read-only/
  );

  // In Python, which reads all of them.
  await writeFiles(page, [{ path: 'user:plan.md', type: 'file', content: 'Plan' }]);
  await runNotebook(page, 'try.ipynb', [
    'import os\nprint(sorted(os.listdir("/volumes")))',
    'print(open("/volumes/user/plan.md").read())',
    `for path in (
    "/volumes/system/skills/x.md",
    "/volumes/system/skills/plot-xy.md",
    "/volumes/team-optics/skills/x.md",
):
    try:
        with open(path, "w") as file:
            file.write("mine")
    except PermissionError as error:
        print("refused", error.filename)`
  ]);
  await expect(outputOf(page, 0)).toContainText("['system', 'team-optics', 'user']");
  await expect(outputOf(page, 1)).toContainText('Plan');
  await expect(outputOf(page, 2)).toContainText('refused /volumes/system/skills/x.md');
  await expect(outputOf(page, 2)).toContainText(
    'refused /volumes/system/skills/plot-xy.md'
  );
  await expect(outputOf(page, 2)).toContainText(
    'refused /volumes/team-optics/skills/x.md'
  );
});

import type { NotebookPanel } from '@jupyterlab/notebook';

import { runCommand } from '../commands';
import { expect, test } from '../fixtures';
import {
  cellDone,
  codeCell,
  notebookFile,
  notebookPanel,
  openFile,
  readBytes,
  startAll,
  writeFiles,
  openSidePanel
} from '../lab';

const HAMILTONIAN = 'h = await skill("quantum-hamiltonian")(system="h2")';
const vqe = (iterations: number): string =>
  `vqe = await skill("quantum-vqe")(hamiltonian=h.hamiltonian, iterations=${iterations})`;

test('a run is committed, compared, and brought back after a reload', async ({
  page
}) => {
  await page.goto('lab/index.html?reset');
  await writeFiles(page, [
    notebookFile('energy.ipynb', ['from llmos import skill', HAMILTONIAN, vqe(60)])
  ]);
  await openFile(page, 'energy.ipynb');
  await codeCell(page, 2).waitFor();
  await startAll(page);
  await cellDone(page, 1);
  await expect(
    page.locator('[data-mime-type="application/vnd.jupyter.error"]')
  ).toHaveCount(0);
  await cellDone(page, 2);

  // The run made a session; the toolbar commits it.
  const panel = await openSidePanel(page, 'llmos-session-panel');
  const row = panel.locator('.llmos-SessionRow');
  await expect(row).toContainText('not committed');
  await notebookPanel(page)
    .locator('.jp-Toolbar-item[data-jp-item-name="llmos-commit-session"]')
    .click();
  const dialog = page.locator('.llmos-SessionCommitDialog');
  await expect(dialog.locator('textarea[name="prompt"]')).toBeFocused();
  await dialog.locator('input[name="name"]').fill('Energy of H2');
  await dialog.getByText('Message of the commit').click();
  await expect(dialog.locator('pre')).toContainText('session: Energy of H2');
  await expect(dialog.locator('pre')).toContainText('Skill: quantum-vqe sha256:');
  // The notebook's name is no prompt.
  const prompt = dialog.locator('textarea[name="prompt"]');
  await expect(prompt).toHaveValue('');
  await prompt.fill('Try 60 iterations');
  await dialog.getByRole('button', { name: 'Commit' }).click();
  await expect(row).toContainText('Energy of H2');
  await expect(row).toContainText(/committed [0-9a-f]{7}/);

  // A change is compared cell by cell; a key in it stops the commit until it is gone.
  const editor = codeCell(page, 2).locator('.cm-content');
  await editor.click();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.insertText(`${vqe(90)}\nkey = "sk-ant-api03-${'a1'.repeat(12)}"`);
  await page.keyboard.press('Escape');
  await page.keyboard.press('g');
  await page.keyboard.press('c');
  await expect(dialog.getByRole('alert')).toContainText('looks like a secret');
  await expect(dialog.getByRole('button', { name: 'Commit' })).toBeDisabled();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await editor.click();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.insertText(vqe(90));
  await page.keyboard.press('Escape');
  await row.locator('.llmos-SessionRow-title').click();
  await row.getByRole('button', { name: 'Compare' }).click();
  const changes = page.locator('.llmos-mod-compare');
  await expect(changes).toContainText('quantum-vqe iterations 60 → 90');
  await changes.getByRole('button', { name: 'Commit…' }).click();
  await expect(prompt).toHaveValue('');
  await expect(prompt).toHaveAttribute('placeholder', 'Last time: Try 60 iterations');
  await dialog.getByRole('button', { name: 'Commit' }).click();
  await expect(dialog).toBeHidden();
  await expect(row).toContainText(/committed [0-9a-f]{7}/);
  await expect(changes).toContainText('The cells are the same.');

  // After a reload it is all there, and the first version comes back.
  await page.reload();
  await openSidePanel(page, 'llmos-session-panel');
  await openFile(page, 'energy.ipynb');
  await codeCell(page, 2).waitFor();
  await expect(row).toContainText(/committed [0-9a-f]{7}/);
  await panel.getByRole('button', { name: 'History of "My volume"' }).click();
  const commits = page.getByRole('listbox', { name: 'Commits' }).getByRole('option');
  await expect(commits).toHaveCount(2);
  // Commits of one session are told apart by what was done.
  await expect(commits.nth(0)).toContainText('· edited, not run ·');
  await expect(commits.nth(1)).toContainText(
    '· 3 runs: quantum-hamiltonian, quantum-vqe ·'
  );
  const diff = page.locator('.llmos-NotebookDiff');
  await expect(diff).toContainText('quantum-vqe iterations 60 → 90');
  await commits.nth(1).click();
  await page.getByRole('button', { name: 'Restore session…' }).click();
  await page.locator('.jp-Dialog').getByRole('button', { name: 'Restore' }).click();
  await expect(commits).toHaveCount(3);

  // An earlier state gets a name, is looked at under it, and loses it again.
  await commits.nth(1).click();
  await expect(diff).toContainText('iterations 60 → 90');
  await page.getByRole('button', { name: 'Keep as branch…' }).click();
  const asked = page.locator('.jp-Dialog');
  await asked.locator('input').fill('ninety');
  await asked.getByRole('button', { name: 'Keep' }).click();
  const branch = page.getByRole('combobox', { name: 'Branch' });
  await expect(branch).toHaveValue('ninety');
  await expect(commits).toHaveCount(2);
  await page.getByRole('button', { name: 'Delete…' }).click();
  await asked.getByRole('button', { name: 'Delete' }).click();
  await expect(branch).toHaveCount(0);
  await expect(commits).toHaveCount(3);
  await openFile(page, 'energy.ipynb');
  await expect(codeCell(page, 2)).toContainText('iterations=60');
  await expect(page.locator('#jp-main-statusbar')).toContainText(/Cell \d+\/3(?!\d)/);
});

test('a notebook that is renamed keeps its session, without a run', async ({
  page
}) => {
  await page.goto('lab/index.html?reset');
  await writeFiles(page, [notebookFile('energy.ipynb', ['x = 1'])]);
  await openFile(page, 'energy.ipynb');
  await codeCell(page, 0).waitFor();
  const commit = { ask: false, name: 'Energy' };
  const first = await runCommand(page, 'llmos:commit-session', commit);
  const panel = await openSidePanel(page, 'llmos-session-panel');
  const title = panel.locator('.llmos-SessionRow-title');
  await expect(title).toHaveAttribute('title', 'Energy · energy.ipynb');
  await runCommand(page, 'docmanager:save');
  await runCommand(page, 'application:close');
  await page.evaluate(async () => {
    const { contents } = globalThis.jupyterapp?.serviceManager ?? {};
    await contents?.rename('energy.ipynb', 'h2.ipynb');
  });
  await expect(title).toHaveAttribute('title', 'Energy · h2.ipynb');
  await title.click();
  await panel.getByRole('button', { name: 'Open', exact: true }).click();
  await expect(page.getByRole('tab', { name: 'h2.ipynb', exact: true })).toBeVisible();
  await expect(codeCell(page, 0)).toContainText('x = 1');
  expect(await readBytes(page, 'energy.ipynb')).toBeNull();

  // What it was before it was renamed comes back into the notebook that is open.
  await codeCell(page, 0).locator('.cm-content').fill('x = 2');
  const id = await page.evaluate(() => {
    const panel = globalThis.jupyterapp?.shell.currentWidget as NotebookPanel;
    return (panel.model?.getMetadata('llmos') as { session: string }).session;
  });
  await runCommand(page, 'llmos:restore-session', {
    ...{ commit: String(first), id, ask: false }
  });
  await expect(codeCell(page, 0)).toContainText('x = 1');
  await expect(title).toHaveAttribute('title', 'Energy · h2.ipynb');
  expect(await readBytes(page, 'energy.ipynb')).toBeNull();
});

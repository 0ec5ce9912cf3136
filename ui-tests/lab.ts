import type { JupyterFrontEnd } from '@jupyterlab/application';
import { expect, type Locator, type Page } from '@playwright/test';

declare global {
  /** The application, which the test site puts here for its tests. */
  var jupyterapp: JupyterFrontEnd | undefined;
}

/** Name of our kernel, as notebooks carry it. */
const KERNEL = { name: 'python-llmos', display_name: 'Python (LLMos Lab)' };

/** The notebook that is in front. */
export function notebookPanel(page: Page): Locator {
  return page.locator('.jp-NotebookPanel:not(.lm-mod-hidden)');
}

/** The n-th code cell of the notebook in front, from 0. */
export function codeCell(page: Page, index: number): Locator {
  return notebookPanel(page).locator('.jp-CodeCell').nth(index);
}

/** Everything that the n-th code cell has put out. */
export function outputOf(page: Page, index: number): Locator {
  return codeCell(page, index).locator('.jp-Cell-outputArea');
}

/** The n-th code cell's prompt, such as `[3]:`. */
export function promptOf(page: Page, index: number): Locator {
  return codeCell(page, index).locator('.jp-InputArea-prompt');
}

/** Runs a code cell as a person does, without waiting for it. */
export async function startCell(page: Page, index: number): Promise<void> {
  await codeCell(page, index).locator('.cm-content').click();
  await page.keyboard.press('Shift+Enter');
}

/** Waits until a code cell has run. */
export async function cellDone(page: Page, index: number): Promise<void> {
  // Benchmarks run outside the test runner, whose configuration would say so.
  await expect(promptOf(page, index)).toHaveText(/\[\d+\]:/, { timeout: 60_000 });
}

/** Runs all cells of the notebook in front by the Run menu, without waiting for them. */
export async function startAll(page: Page): Promise<void> {
  await page.locator('#jp-MainMenu').getByText('Run', { exact: true }).click();
  await page.locator('.lm-Menu [data-command="runmenu:run-all"]').click();
}

/** A file of the site's drives. */
export interface IFile {
  /** Path with its drive, such as `user:skills/a.md`. */
  readonly path: string;
  readonly type: 'file' | 'notebook' | 'directory';
  /** Text of a file, object of a notebook, absent for a folder. */
  readonly content?: unknown;
}

/** Puts files where the application finds them, through its own Contents service. */
export async function writeFiles(page: Page, files: readonly IFile[]): Promise<void> {
  // Before the application is there nothing would be written, and nobody told.
  await page.waitForFunction(() => globalThis.jupyterapp !== undefined);
  await page.evaluate(async wanted => {
    await globalThis.jupyterapp?.restored;
    const contents = globalThis.jupyterapp?.serviceManager.contents;
    for (const { path, type, content } of wanted) {
      const format = type === 'file' ? 'text' : 'json';
      await contents?.save(path, { type, format, content: content ?? null });
    }
  }, files);
}

/** Bytes of a file of the site's drives; null where there is none. */
export function readBytes(page: Page, path: string): Promise<number[] | null> {
  return page.evaluate(async file => {
    const contents = globalThis.jupyterapp?.serviceManager.contents;
    const model = await contents
      ?.get(file, { type: 'file', format: 'base64', content: true })
      .catch((reason: { response?: { status?: number } }) => {
        if (reason.response?.status === 404) {
          return null;
        }
        throw reason;
      });
    if (!model) {
      return null;
    }
    const { content, format } = model as { content: string; format: string };
    return format === 'base64'
      ? Array.from(atob(content), letter => letter.charCodeAt(0))
      : [...new TextEncoder().encode(content)];
  }, path);
}

/** A notebook of code cells for our kernel. */
export function notebookFile(path: string, sources: readonly string[]): IFile {
  const cells = sources.map((source, index) => ({
    ...{ cell_type: 'code', id: `cell-${index}`, metadata: {}, outputs: [] },
    ...{ execution_count: null, source }
  }));
  const metadata = { kernelspec: KERNEL, language_info: { name: 'python' } };
  const content = { cells, metadata, nbformat: 4, nbformat_minor: 5 };
  return { path, type: 'notebook', content };
}

/** Opens a file in the way its kind asks for, and waits for the document. */
export async function openFile(page: Page, path: string): Promise<void> {
  await page.evaluate(async file => {
    await globalThis.jupyterapp?.commands.execute('docmanager:open', { path: file });
  }, path);
}

/** Writes a notebook of these code cells, opens it and runs it to the end. */
export async function runNotebook(
  page: Page,
  path: string,
  sources: readonly string[]
): Promise<void> {
  await writeFiles(page, [notebookFile(path, sources)]);
  await openFile(page, path);
  await codeCell(page, sources.length - 1).waitFor();
  await startAll(page);
  for (let index = 0; index < sources.length; index++) {
    await cellDone(page, index);
  }
}

/**
 * Shows a panel of a side bar. After a reload it may be open already, and a click on its
 * tab would close it. The site as it ships does not show its application to the page.
 */
export async function openSidePanel(page: Page, id: string): Promise<Locator> {
  await page.locator('#jp-main-dock-panel').waitFor();
  await page.evaluate(async () => {
    await globalThis.jupyterapp?.restored;
  });
  const panel = page.locator(`#${id}`);
  if (!(await panel.isVisible())) {
    await page.locator(`.jp-SideBar .lm-TabBar-tab[data-id="${id}"]`).click();
  }
  return panel;
}

/** The skills panel, shown. */
export async function openSkills(page: Page): Promise<Locator> {
  const panel = await openSidePanel(page, 'llmos-skill-panel');
  await expect(panel).toBeVisible();
  return panel;
}

/** The card of a skill, after a search for its id. */
export async function findSkill(page: Page, id: string): Promise<Locator> {
  const panel = await openSkills(page);
  await panel.getByRole('searchbox').fill(id);
  const card = panel.locator(`[data-skill="${id}"]`);
  await expect(card).toBeVisible();
  return card;
}

/** What the session of the notebook in front has on record of its runs, one a line of its file. */
export function readTraces<T>(page: Page): Promise<readonly T[]> {
  return page.evaluate(async () => {
    const { serviceManager, shell } = globalThis.jupyterapp ?? {};
    const panel = shell?.currentWidget as unknown as {
      context: { model: { getMetadata(key: string): { session?: string } } };
    } | null;
    const session = panel?.context.model.getMetadata('llmos')?.session ?? '';
    const path = `user:sessions/${session}/traces.jsonl`;
    const options = { type: 'file', format: 'text', content: true } as const;
    // Before the first run there is no session, and no file.
    const file = await serviceManager?.contents.get(path, options).catch(() => null);
    return String(file?.content ?? '')
      .split('\n')
      .filter(line => line !== '')
      .map(line => JSON.parse(line) as T);
  });
}

/**
 * Runs a command by its label in the palette, without the mouse. What the application still
 * opens as it starts can take the focus, which closes the palette: the text goes to the
 * palette's field by name, as a notebook that had the focus would take its letters for keys.
 */
export async function byPalette(page: Page, label: string): Promise<void> {
  const field = page.locator('.lm-CommandPalette-input');
  const item = page.locator('.lm-CommandPalette-item.lm-mod-active');
  const timeout = 2000;
  await expect(async () => {
    await page.keyboard.press('Control+Shift+c');
    await field.fill(label, { timeout });
    await expect(item.filter({ hasText: label })).toBeVisible({ timeout });
    await field.press('Enter', { timeout });
  }).toPass();
}

/** The layout that a reload will find, as JSON. */
export function keptLayout(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const workspaces = globalThis.jupyterapp?.serviceManager.workspaces;
    const { data } = (await workspaces?.fetch('default')) ?? {};
    return JSON.stringify(data?.['layout-restorer:data']);
  });
}

import type { Locator, Page } from '@playwright/test';

import { runCommand } from '../commands';
import { expect, test } from '../fixtures';
import {
  cellDone,
  codeCell,
  findSkill,
  notebookPanel,
  openSidePanel,
  outputOf,
  startCell,
  writeFiles,
  type IFile
} from '../lab';

/** Code cells of `h2-vqe.ipynb`. */
const CELLS = 6;

/** What the kernel of the notebook in front says of itself. */
function kernelOf(page: Page): Promise<string | undefined> {
  return page.evaluate(async () => {
    const panel = globalThis.jupyterapp?.shell.currentWidget as unknown as {
      sessionContext: {
        session?: { kernel?: { info: Promise<{ implementation: string }> } };
      };
    };
    const info = await panel.sessionContext.session?.kernel?.info;
    return info?.implementation;
  });
}

/** Runs the notebook by its graph, from the toolbar, and waits for every cell. */
async function runAll(page: Page, cells: number): Promise<void> {
  await notebookPanel(page).getByRole('button', { name: 'Run', exact: true }).click();
  await page
    .locator('.llmos-RunMenu')
    .getByText('Run all by the graph', { exact: true })
    .click();
  for (let index = 0; index < cells; index++) {
    await cellDone(page, index);
    await expect(codeCell(page, index)).toHaveAttribute(
      'data-llmos-status',
      /done|cached/
    );
  }
  await expect(notebookPanel(page).locator('.jp-OutputArea-error')).toHaveCount(0);
}

/** A skill in the person's own volume. */
function javascript(id: string, body: string): IFile {
  const front = [
    ...[`skill_id: ${id}`, `name: ${id}`, `description: For a test.`, 'category: test'],
    ...['type: javascript', 'inputs:', '  - { name: x, type: number, default: 1 }'],
    ...['outputs:', '  - { name: y, type: number }']
  ].join('\n');
  const code = `function execute(inputs) { ${body} }`;
  const content = `---\n${front}\n---\n\`\`\`javascript\n${code}\n\`\`\`\n`;
  return { path: `user:skills/${id}.md`, type: 'file', content };
}

/** Complaints that are ours: what JupyterLab itself asks for in vain is not. */
function ours(errors: readonly string[]): readonly string[] {
  return errors.filter(text => /llmos/i.test(text));
}

test('runs Python skills in ipykernel, and shows them as a graph', async ({
  page,
  traffic
}) => {
  await page.goto('tree/h2-vqe.ipynb?reset');
  await codeCell(page, CELLS - 1).waitFor();
  const graph = await openSidePanel(page, 'llmos-graph-panel');
  const nodes = graph.locator('.react-flow__node-cell');
  await expect(nodes.filter({ hasText: 'VQE Optimizer' })).toBeVisible();
  await runAll(page, CELLS);
  expect(await kernelOf(page)).toBe('ipython');
  await expect(outputOf(page, 1)).toContainText(/eigenvalue.*[-\u2212]1\.13[67]/s);
  await expect(outputOf(page, 2).locator('.vega-embed').first()).toBeVisible();
  await expect(nodes.locator('[data-status="done"]').first()).toBeVisible();
  // The file stands beside the notebook, on the server's disk.
  const files = page.locator('.jp-DirListing-item');
  await openSidePanel(page, 'filebrowser');
  await expect(files.filter({ hasText: 'h2-curve.csv' })).toBeVisible();
  // What ran once is answered from the folder of results.
  await runAll(page, CELLS);
  await expect(codeCell(page, 0)).toHaveAttribute('data-llmos-status', 'cached');
  expect(ours(traffic.errors)).toEqual([]);
});

test('sweeps in ipykernel, and leaves learned skills to a review', async ({
  page,
  traffic
}) => {
  await page.goto('?reset');
  const guide = page.locator('#llmos-guide');
  await guide.waitFor();
  const run = (prompt: string): Promise<unknown> =>
    runCommand(page, 'llmos:run-prompt', { prompt });

  // What is awaited in the kernel: the points of a sweep, one by one.
  expect(await run('sweep')).toBe('done');
  await expect(guide.locator('[data-prompt="sweep"]')).toContainText('12 points');
  await expect(notebookPanel(page).locator('.jp-OutputArea tr')).toHaveCount(13);
  expect(await kernelOf(page)).toBe('ipython');

  // No workers are here to replay: that speaks neither for a skill nor against it.
  expect(await run('learn')).toBe('done');
  const learned = guide.locator('[data-prompt="learn"]');
  await expect(learned).toContainText('1 learned skill proposed');
  await expect(page.locator('#llmos-evolution-panel')).toContainText(
    'Here only the kernels of notebooks run Python.'
  );
  expect(ours(traffic.errors)).toEqual([]);
});

test('runs ngspice and JavaScript in the page, with a skill of the person', async ({
  page,
  traffic
}) => {
  await page.goto('tree/rc-filter.ipynb?reset');
  await codeCell(page, 4).waitFor();
  await runAll(page, 5);
  await expect(outputOf(page, 0).locator('.llmos-Circuit-charts')).toBeVisible();
  await expect(outputOf(page, 2)).toContainText(/corner from the simulation 33\d/);

  // A skill of the browser's own volume: the kernel learns of it as it is saved.
  await writeFiles(page, [
    javascript('add-one', 'return { y: inputs.x + 1 };'),
    javascript('endless', 'for (;;) {}')
  ]);
  await findSkill(page, 'add-one');
  const cell = codeCell(page, 4);
  await cell.locator('.cm-content').fill("(await skill('add-one')(x=41)).y");
  await startCell(page, 4);
  await expect(outputOf(page, 4)).toContainText('42');

  // Stop reaches a skill of the page that never ends by itself.
  await cell.locator('.cm-content').fill("print('began')\nawait skill('endless')()");
  await startCell(page, 4);
  await expect(outputOf(page, 4)).toContainText('began');
  await page.keyboard.press('Escape');
  await page.evaluate(() =>
    globalThis.jupyterapp?.commands.execute('notebook:interrupt-kernel')
  );
  await expect(outputOf(page, 4)).toContainText(/KeyboardInterrupt|CancelledError/);
  expect(ours(traffic.errors)).toEqual([]);
});

/** How many colours a canvas shows: a blank one has a single one. */
function coloursOf(canvas: Locator): Promise<number> {
  return canvas.evaluate((element: HTMLCanvasElement) => {
    const { width, height } = element;
    const pen = new OffscreenCanvas(width, height).getContext('2d');
    pen?.drawImage(element, 0, 0);
    const { data = [] } = pen?.getImageData(0, 0, width, height) ?? {};
    return new Set(new Uint32Array(Uint8ClampedArray.from(data).buffer)).size;
  });
}

test('draws Three.js scenes, and says so where the browser has no WebGL', async ({
  page,
  traffic
}) => {
  await page.goto('tree/three-scenes.ipynb?reset');
  await codeCell(page, 4).waitFor();
  await runAll(page, 5);
  for (const index of [0, 3]) {
    const scene = outputOf(page, index).locator('.llmos-Scene-canvas');
    await scene.scrollIntoViewIfNeeded();
    await expect.poll(() => coloursOf(scene)).toBeGreaterThan(20);
  }
  await runCommand(page, 'docmanager:save');
  expect(ours(traffic.errors)).toEqual([]);

  await page.addInitScript(() => {
    for (const { prototype } of [HTMLCanvasElement, OffscreenCanvas]) {
      const { getContext } = prototype;
      prototype.getContext = function (
        this: unknown,
        kind: string,
        ...rest: unknown[]
      ) {
        return kind.startsWith('webgl')
          ? null
          : (Reflect.apply(getContext, this, [kind, ...rest]) as unknown);
      } as typeof getContext;
    }
  });
  await page.goto('tree/three-scenes.ipynb?reset');
  await expect(outputOf(page, 0)).toContainText('This browser gives no WebGL');
});

test('loads its panels, and leaves out what belongs to the site', async ({
  page,
  traffic
}) => {
  await page.goto('?reset');
  // At a first visit it comes last, and takes the left side.
  await page.locator('#llmos-guide').waitFor();
  for (const id of [
    'llmos-skill-panel',
    'llmos-graph-panel',
    'llmos-assistant-panel'
  ]) {
    await expect(await openSidePanel(page, id)).toBeVisible();
  }
  const commands = await page.evaluate(() =>
    globalThis.jupyterapp?.commands.listCommands()
  );
  expect(commands).toContain('llmos:run-all');
  expect(commands).not.toContain('llmos:keep-offline');
  await runCommand(page, 'llmos:show-volume', { name: 'system', folder: 'skills' });
  const library = page.locator('.llmos-VolumeSection[data-volume="system"]');
  await expect(library.getByText('quantum-vqe.md')).toBeVisible();
  expect(ours(traffic.errors)).toEqual([]);
});

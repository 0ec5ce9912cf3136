import type { Locator, Page } from '@playwright/test';

import { expectAccessible } from '../axe';
import { expect, test } from '../fixtures';
import {
  codeCell,
  notebookFile,
  notebookPanel,
  openFile,
  startAll,
  writeFiles,
  openSidePanel
} from '../lab';

test.beforeEach(async ({ page }) => {
  await page.goto('lab/index.html?reset');
});

/** The graph panel, opened by its tab. */
async function openGraph(page: Page): Promise<Locator> {
  const panel = await openSidePanel(page, 'llmos-graph-panel');
  await expect(panel.getByRole('tab', { name: 'Graph' })).toBeVisible();
  return panel;
}

function node(panel: Locator, title: string): Locator {
  return panel.locator('.react-flow__node-cell', { hasText: title });
}

/** The widget that had the focus in the layout that a reload would restore. */
function keptFront(page: Page): Promise<unknown> {
  return page.evaluate(async () => {
    const workspaces = globalThis.jupyterapp?.serviceManager.workspaces;
    const { data } = (await workspaces?.fetch('default')) ?? {};
    const layout = data?.['layout-restorer:data'] as {
      main: { current: string };
    } | null;
    return layout?.main.current;
  });
}

test('says what it is for, and shows the H2 notebook as a graph', async ({ page }) => {
  const panel = await openSidePanel(page, 'llmos-graph-panel');
  await expect(panel).toContainText('Open a notebook to see it.');
  await panel.getByRole('button', { name: 'New workflow' }).click();
  await expect(codeCell(page, 0)).toContainText('from llmos import skill');
  // The new notebook takes the focus when it is ready, which may be amid this.
  const source = codeCell(page, 0).locator('.cm-content');
  await expect(async () => {
    await source.fill('');
    await expect(source).toHaveText('', { timeout: 1000 });
  }).toPass();
  await expect(panel).toContainText('This notebook has no code yet.');
  await panel.getByRole('button', { name: 'Add a skill' }).last().click();
  const search = panel.getByRole('searchbox', { name: 'Search skills' });
  await search.press('Escape');
  await expect(search).toHaveCount(0);
  await openFile(page, 'h2-vqe.ipynb');
  await expect(node(panel, 'Quantum Hamiltonian')).toBeVisible();
  await expect(node(panel, 'VQE Optimizer')).toBeInViewport();
  await expect
    .poll(async () => (await panel.boundingBox())?.width)
    .toBeGreaterThan(400);
  const edge = panel.locator('.react-flow__edge[data-id*=".hamiltonian>"]');
  await expect(edge.first()).toBeAttached();
  await edge.first().locator('.react-flow__edge-interaction').hover();
  await expect(panel.locator('.llmos-GraphEdge-label')).toContainText('hamiltonian');
  // From one Run to the other, as a fast pointer goes: the new one says what it would do.
  const optimizer = node(panel, 'VQE Optimizer');
  await notebookPanel(page).getByRole('button', { name: 'Run', exact: true }).hover();
  await expect(optimizer).toContainText('will run');
  await panel.getByRole('button', { name: 'Run all' }).hover();
  await expect(optimizer).toContainText('will run');

  await panel.getByRole('button', { name: 'Fit the graph into view' }).click();
  await node(panel, 'VQE Optimizer').locator('.llmos-GraphNode-header').click();
  await expect(
    notebookPanel(page).locator('.jp-Notebook .jp-mod-active')
  ).toContainText('quantum-vqe');
  await codeCell(page, 0).locator('.jp-InputPrompt').click();
  await expect(
    node(panel, 'Quantum Hamiltonian').locator('.llmos-mod-selected')
  ).toHaveCount(1);
});

test('draws an edge while the code is typed', async ({ page }) => {
  await writeFiles(page, [notebookFile('typed.ipynb', ['x = 1', 'y = 2'])]);
  await openFile(page, 'typed.ipynb');
  const panel = await openGraph(page);
  await expect(panel.locator('.react-flow__node-cell')).toHaveCount(2);
  await expect(panel.locator('.react-flow__edge')).toHaveCount(0);

  // A panel that a person makes narrow shows the whole graph as before.
  const { x = 0, y = 0, width = 0 } = (await panel.boundingBox()) ?? {};
  await page.mouse.move(x - 4, y + 300);
  await page.mouse.down();
  await page.mouse.move(x + 146, y + 300, { steps: 5 });
  await page.mouse.up();
  await expect
    .poll(async () => (await panel.boundingBox())?.width)
    .toBeLessThan(width - 100);
  for (const each of await panel.locator('.react-flow__node-cell').all()) {
    await expect(each).toBeInViewport({ ratio: 1 });
  }

  await codeCell(page, 1).locator('.cm-content').click();
  await page.keyboard.press('Control+End');
  await page.keyboard.type(' + x');
  await expect(panel.locator('.react-flow__edge')).toHaveCount(1);
});

test('does everything from the outline by keyboard, without a serious fault', async ({
  page
}) => {
  const sources = [
    'h = await skill("quantum-hamiltonian")()',
    'vqe = await skill("quantum-vqe")(iterations=5)'
  ];
  await writeFiles(page, [notebookFile('keys.ipynb', sources)]);
  await openFile(page, 'keys.ipynb');
  const panel = await openGraph(page);
  await panel.getByRole('tab', { name: 'Graph' }).press('ArrowRight');
  const tree = panel.getByRole('tree');
  const vqe = tree.getByRole('treeitem', { name: /VQE Optimizer/ });
  await vqe.press('ArrowRight');
  const input = tree.getByRole('treeitem', { name: /hamiltonian/ }).first();
  await vqe.press('ArrowDown');
  await expect(input).toBeFocused();
  await input.press('Enter');
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByLabel('into the input')).toContainText('hamiltonian');
  const from = dialog.getByLabel('Value of');
  const output = from.locator('option', { hasText: 'hamiltonian: object' });
  await from.selectOption((await output.first().getAttribute('value')) ?? '');
  await dialog.getByRole('button', { name: 'Connect' }).press('Enter');
  await expect(codeCell(page, 1)).toContainText('hamiltonian=h.hamiltonian');

  // The input's key cuts it; the cell's keys copy, rename, list and delete it.
  await input.press('Delete');
  await expect(codeCell(page, 1)).not.toContainText('hamiltonian=');
  await vqe.press('Control+d');
  await expect(codeCell(page, 2)).toContainText('quantum-vqe');
  const title = page.getByRole('dialog').getByRole('textbox');
  await vqe.first().press('F2');
  await title.fill('2best');
  await title.press('Enter');
  await expect(page.getByRole('dialog')).toContainText('cannot be the name');
  await title.fill('best');
  await title.press('Enter');
  await expect(codeCell(page, 1)).toContainText('best = await');
  await vqe.last().press('Shift+F10');
  await expect(page.locator('.lm-Menu')).toContainText('Delete from the graph');
  await page.keyboard.press('Escape');
  await vqe.last().press('Delete');
  await expect(codeCell(page, 2)).toHaveCount(0);

  await expectAccessible(page, { graph: '#llmos-graph-panel' });
});

test('puts a duplicate beside its original, and selects what redo brings back', async ({
  page
}) => {
  const sources = ['a = 1', 'b = a', 'c = b'];
  await writeFiles(page, [notebookFile('copy.ipynb', sources)]);
  await openFile(page, 'copy.ipynb');
  const panel = await openGraph(page);
  await node(panel, 'b = a').locator('.llmos-GraphNode-header').click();
  await page.keyboard.press('Control+d');
  const copy = node(panel, 'b_2 = a');
  await expect(copy.locator('.llmos-mod-selected')).toHaveCount(1);
  await expect
    .poll(async () => {
      const [from, to] = [node(panel, 'b = a'), copy].map(each => each.boundingBox());
      const [original, beside] = [await from, await to];
      const [x = 0, y = 0] = [original?.x, original?.y];
      return [(beside?.x ?? 0) > x, Math.abs((beside?.y ?? 0) - y) < 1];
    })
    .toEqual([true, true]);

  await page.keyboard.press('Control+z');
  await expect(copy).toHaveCount(0);
  await page.keyboard.press('Control+Shift+z');
  await expect(copy.locator('.llmos-mod-selected')).toHaveCount(1);
  await expect(copy).toBeInViewport({ ratio: 1 });
});

test('opens and pans a notebook of 320 cells, which ELK arranges', async ({ page }) => {
  const sources = Array.from({ length: 320 }, (_, at) =>
    at === 0 ? 'v0 = 1' : `v${at} = v${Math.floor((at - 1) / 2)} + 1`
  );
  await writeFiles(page, [notebookFile('large.ipynb', sources)]);
  await openFile(page, 'large.ipynb');
  const panel = await openGraph(page);
  await expect(panel.locator('.react-flow__node-cell').first()).toBeVisible();
  await expect(panel.locator('.react-flow__edge')).toHaveCount(319);
  const viewport = panel.locator('.react-flow__viewport');
  const before = await viewport.getAttribute('style');
  const box = await panel.locator('.react-flow__pane').boundingBox();
  const [x, y] = [(box?.x ?? 0) + 4, (box?.y ?? 0) + 8];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 60, y + 120, { steps: 5 });
  await page.mouse.up();
  await expect(viewport).not.toHaveAttribute('style', before ?? '');

  await panel.getByRole('searchbox', { name: 'Search nodes' }).fill('v319');
  await expect(panel.getByText('1 node', { exact: true })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(node(panel, 'v319 =')).toBeInViewport();
});

test('shows what outputs draw that nobody has scrolled to', async ({ page }) => {
  await openFile(page, 'three-scenes.ipynb');
  const panel = await openGraph(page);
  await expect(node(panel, 'Animate an object')).toBeVisible();
  await startAll(page);
  await expect(panel.locator('.llmos-GraphNode-picture img')).toHaveCount(5);
});

test('belongs to the notebook in sight after a reload too', async ({ page }) => {
  const names = ['one', 'two', 'three'];
  const files = names.map(name => notebookFile(`${name}.ipynb`, [`${name} = 1`]));
  await writeFiles(page, files);
  for (const { path } of files) {
    await openFile(page, path);
  }
  await openFile(page, 'two.ipynb');
  const panel = await openGraph(page);
  await page.evaluate(async () => {
    await globalThis.jupyterapp?.commands.execute('llmos:graph-beside');
  });
  await node(panel, 'two').locator('.llmos-GraphNode-header').click();
  await expect.poll(() => keptFront(page)).toBe('llmos-graph-panel');

  await page.reload();
  await expect(codeCell(page, 0)).toContainText('two = 1');
  await expect(node(panel, 'two')).toBeVisible();
  await expect(panel.locator('.react-flow__node-cell')).toHaveCount(1);
  await expect(page.locator('.lm-DockPanel-tabBar')).toContainText(['two', 'Graph']);
});

import type { Locator, Page } from '@playwright/test';

import { expect, test } from '../fixtures';
import { codeCell, notebookPanel } from '../lab';

test.beforeEach(async ({ page }) => {
  await page.goto('lab/index.html?reset');
});

/** The graph panel beside a new, empty workflow. */
async function openGraph(page: Page): Promise<Locator> {
  await page.evaluate(async () => {
    await globalThis.jupyterapp?.commands.execute('llmos:new-workflow');
    await globalThis.jupyterapp?.commands.execute('llmos:open-graph');
  });
  await codeCell(page, 1).waitFor();
  return page.locator('#llmos-graph-panel');
}

/** Sources of the notebook's code cells. */
const sources = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const widgets = [...(globalThis.jupyterapp?.shell.widgets('main') ?? [])];
    const found = widgets.find(
      each =>
        each.id === document.querySelector('.jp-NotebookPanel:not(.lm-mod-hidden)')?.id
    );
    const { content } = found as unknown as {
      content: { model: { sharedModel: { cells: { getSource(): string }[] } } };
    };
    return content.model.sharedModel.cells
      .map(cell => cell.getSource())
      .filter(source => source !== '');
  });

const CHAIN = [
  'from llmos import skill',
  'hamiltonian = await skill("quantum-hamiltonian")()',
  'vqe = await skill("quantum-vqe")(hamiltonian=hamiltonian.hamiltonian)',
  'convergence = await skill("plot-convergence")(trace=vqe.convergence_trace)',
  'results = await skill("export-results")(data=vqe.convergence_trace)'
];

const STEPS = [
  ['Quantum Hamiltonian', 'hamiltonian', 'VQE Optimizer', 'hamiltonian'],
  ['VQE Optimizer', 'convergence_trace', 'Plot Convergence', 'trace'],
  ['VQE Optimizer', 'convergence_trace', 'Export Results', 'data']
] as const;

test('builds a workflow by mouse, is told what cannot be, and undoes each edit', async ({
  page
}) => {
  await page.setViewportSize({ width: 1600, height: 1000 });
  const graph = await openGraph(page);
  await page.evaluate(() =>
    globalThis.jupyterapp?.commands.execute('llmos:graph-beside')
  );
  const node = (title: string): Locator =>
    graph.locator('.llmos-GraphNode').filter({ hasText: title });
  await graph.getByRole('button', { name: 'Add a skill' }).click();
  for (const title of [...new Set(STEPS.flatMap(([from, , to]) => [from, to]))]) {
    await graph.getByRole('searchbox', { name: 'Search skills' }).fill(title);
    await graph.locator('.llmos-GraphDrawer-skill').filter({ hasText: title }).click();
    await expect(node(title)).toBeVisible();
  }
  const port = (title: string, side: string, name: string): Locator =>
    node(title).locator(
      `.llmos-mod-${side} .react-flow__handle[data-handleid="${name}"]`
    );
  const drag = async (from: Locator, to: Locator): Promise<void> => {
    await from.hover();
    await page.mouse.down();
    await to.hover();
    await page.mouse.up();
  };
  for (const [from, output, to, input] of STEPS) {
    await drag(port(from, 'outputs', output), port(to, 'inputs', input));
  }
  await expect.poll(() => sources(page)).toEqual(CHAIN);

  await drag(
    port('VQE Optimizer', 'outputs', 'eigenvalue'),
    port('Quantum Hamiltonian', 'inputs', 'bond_length')
  );
  await expect(page.getByText(/This would make a cycle/)).toBeVisible();
  await expect.poll(() => sources(page)).toEqual(CHAIN);

  await graph.locator('.llmos-GraphNode').first().click();
  for (let left = CHAIN.length; left > 2; left--) {
    await page.keyboard.press('Control+z');
  }
  await expect
    .poll(() => sources(page))
    .toEqual([
      ...CHAIN.slice(0, 1),
      ...CHAIN.slice(1).map(line => line.replace(/\)\(.*/, ')()'))
    ]);
});

test('builds the same by keyboard alone, through the outline', async ({ page }) => {
  const graph = await openGraph(page);
  const add = graph.getByRole('button', { name: 'Add a skill' });
  await add.focus();
  await page.keyboard.press('Enter');
  for (const title of [
    'Quantum Hamiltonian',
    'VQE Optimizer',
    'Plot Convergence',
    'Export Results'
  ]) {
    const search = graph.getByRole('searchbox', { name: 'Search skills' });
    await search.focus();
    await search.fill(title);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect.poll(async () => (await sources(page)).length).toBeGreaterThan(1);
  }
  await graph.getByRole('tab', { name: 'Graph' }).focus();
  await page.keyboard.press('ArrowRight');
  const tree = graph.getByRole('tree');
  for (const [from, output, to, input] of STEPS) {
    const row = tree.getByRole('treeitem').filter({ hasText: from }).first();
    await row.focus();
    await page.keyboard.press('ArrowRight');
    const out = tree
      .locator('.llmos-mod-output')
      .filter({ has: page.getByText(output, { exact: true }) })
      .first();
    await out.focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    const list = dialog.getByLabel('into the input');
    await list.focus();
    const chosen = (): Promise<string> =>
      list.evaluate(each => (each as HTMLSelectElement).selectedOptions[0]?.text ?? '');
    for (let before = ''; !(await chosen()).startsWith(`${to} · ${input}`);) {
      expect(await chosen()).not.toBe(before);
      before = await chosen();
      await page.keyboard.press('ArrowDown');
    }
    await page.keyboard.press('Enter');
    await expect(dialog).toBeHidden();
    await row.focus();
    await page.keyboard.press('ArrowLeft');
  }
  await expect.poll(() => sources(page)).toEqual(CHAIN);
  await tree.getByRole('treeitem').filter({ hasText: 'VQE Optimizer' }).first().focus();
  await page.keyboard.press('Control+z');
  await expect
    .poll(async () => (await sources(page))[4])
    .toBe('results = await skill("export-results")()');
  await expect(notebookPanel(page)).toBeVisible();
});

test('opens a workflow file as a notebook, and lists what is wrong in a broken one', async ({
  page
}) => {
  const node = { id: 'h', skill: 'quantum-hamiltonian', inputs: { bond_length: 0.8 } };
  const lost = {
    id: 'g',
    skill: 'no-such-skill',
    inputs: { x: { from: ['h', 'energy'] } }
  };
  const files = {
    'good.workflow.json': { v: 1, name: 'good', nodes: [node, lost] },
    'bad.workflow.json': { v: 1, name: 'bad', nodes: [node, { id: 'h' }] }
  };
  await page.waitForFunction(() => globalThis.jupyterapp !== undefined);
  await page.evaluate(async wanted => {
    const app = globalThis.jupyterapp;
    await app?.restored;
    for (const [path, file] of Object.entries(wanted)) {
      const content = JSON.stringify(file);
      const model = { type: 'file', format: 'text', content } as const;
      await app?.serviceManager.contents.save(path, model);
    }
  }, files);
  const item = (name: string): Locator =>
    page.locator('.jp-DirListing-item').filter({ hasText: name });
  await item('good.workflow.json').dblclick();
  await expect(codeCell(page, 1)).toContainText(
    'h = await skill("quantum-hamiltonian")(bond_length=0.8)'
  );
  await expect(codeCell(page, 2)).toContainText(
    'g = await skill("no-such-skill")(x=h.energy)'
  );
  await expect(
    page.getByText(/found "no-such-skill", which no volume has/)
  ).toBeVisible();
  await item('bad.workflow.json').dblclick();
  const rows = page.locator('.llmos-WorkflowPage tbody tr');
  await expect(rows).toHaveCount(1);
  await expect(rows).toContainText('nodes[1].skill');
});

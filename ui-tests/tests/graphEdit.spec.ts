import type { Locator, Page } from '@playwright/test';

import { expectAccessible } from '../axe';
import { expect, test } from '../fixtures';
import {
  byPalette,
  codeCell,
  findSkill,
  notebookFile,
  notebookPanel,
  openFile,
  writeFiles,
  openSidePanel
} from '../lab';

test.beforeEach(async ({ page }) => {
  await page.goto('lab/index.html?reset');
});

/** Opens a new, empty workflow and its graph, by the mouse alone. */
async function openByMouse(page: Page): Promise<Locator> {
  await page
    .locator('.jp-LauncherCard[title="A new notebook that is ready for skills"]')
    .click();
  await codeCell(page, 1).waitFor();
  return openSidePanel(page, 'llmos-graph-panel');
}

/** Presses a key until something has the focus. */
async function pressUntil(page: Page, key: string, target: Locator): Promise<void> {
  await target.waitFor();
  const hasFocus = (): Promise<boolean> =>
    target.evaluate(element => element === document.activeElement);
  for (let left = 60; left > 0 && !(await hasFocus()); left--) {
    await page.keyboard.press(key);
  }
  await expect(target).toBeFocused();
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
  const graph = await openByMouse(page);
  await graph.getByRole('button', { name: 'More' }).click();
  await page.locator('.lm-Menu [data-command="llmos:graph-beside"]').click();
  const node = (title: string): Locator =>
    graph.locator('.llmos-GraphNode').filter({ hasText: title });
  /** What the notebook was before each edit. */
  const steps: string[][] = [];
  const step = async (edit: () => Promise<void>): Promise<void> => {
    const before = await sources(page);
    await edit();
    await expect.poll(() => sources(page)).not.toEqual(before);
    steps.push(before);
  };
  await graph.getByRole('button', { name: 'Add a skill' }).click();
  for (const title of [...new Set(STEPS.flatMap(([from, , to]) => [from, to]))]) {
    await graph.getByRole('searchbox', { name: 'Search skills' }).fill(title);
    await step(() =>
      graph.locator('.llmos-GraphDrawer-skill').filter({ hasText: title }).click()
    );
    // The whole of it is seen, beside the list of skills.
    const list = await graph.locator('.llmos-GraphDrawer').boundingBox();
    await expect
      .poll(async () => (await node(title).boundingBox())?.x)
      .toBeGreaterThan((list?.x ?? Infinity) + (list?.width ?? 0));
    const cell = notebookPanel(page).locator('.jp-CodeCell.jp-mod-active');
    await expect(cell).toBeInViewport();
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
    await step(() => drag(port(from, 'outputs', output), port(to, 'inputs', input)));
  }
  await expect.poll(() => sources(page)).toEqual(CHAIN);

  const refusals = [
    ['VQE Optimizer', 'eigenvalue', 'Quantum Hamiltonian', /would make a cycle/],
    ['Quantum Hamiltonian', 'n_qubits', 'Plot Convergence', /is of type integer/]
  ] as const;
  const hint = graph.locator('.llmos-GraphHint');
  for (const [from, output, to, reason] of refusals) {
    const input = node(to).locator('.llmos-mod-inputs .react-flow__handle').first();
    await port(from, 'outputs', output).hover();
    await page.mouse.down();
    await input.hover();
    await expect(hint).toHaveText(reason);
    await page.mouse.up();
    await expect(hint).toHaveCount(0);
    await expect(page.locator('.jp-toast-message', { hasText: reason })).toBeVisible();
  }
  await expect.poll(() => sources(page)).toEqual(CHAIN);

  // What a person writes into a cell is one of the edits that undo goes through.
  await step(async () => {
    await codeCell(page, 2).locator('.cm-content').click();
    await page.keyboard.press('Control+Home');
    await page.keyboard.insertText('# mine\n');
  });
  // An edge that is chosen is cut by a key; undoing brings one edit back at a time.
  await graph.locator('.llmos-GraphNode').first().click();
  await step(async () => {
    const cut = graph.locator('.react-flow__edge[data-id*=".convergence_trace>"]');
    const { x, y } = await middleOf(cut.last());
    await page.mouse.click(x, y);
    await page.keyboard.press('Delete');
  });
  for (const before of steps.reverse()) {
    await page.keyboard.press('Control+z');
    await expect.poll(() => sources(page)).toEqual(before);
  }
  expect(await sources(page)).toEqual(CHAIN.slice(0, 1));
});

test('builds the same by keyboard alone, through the outline', async ({ page }) => {
  const graph = page.locator('#llmos-graph-panel');
  await byPalette(page, 'New workflow');
  await codeCell(page, 1).waitFor();
  await byPalette(page, 'Graph of the notebook');
  const canvasTab = graph.getByRole('tab', { name: 'Graph' });
  await pressUntil(page, 'Tab', canvasTab);
  await page.keyboard.press('ArrowRight');
  const search = graph.getByRole('searchbox', { name: 'Search skills' });
  await pressUntil(page, 'Tab', graph.getByRole('button', { name: 'Add a skill' }));
  await page.keyboard.press('Enter');
  for (const title of [
    'Quantum Hamiltonian',
    'VQE Optimizer',
    'Plot Convergence',
    'Export Results'
  ]) {
    const count = (await sources(page)).length;
    await pressUntil(page, 'Shift+Tab', search);
    await page.keyboard.press('Control+a');
    await page.keyboard.type(title);
    const found = graph.locator('.llmos-GraphDrawer-skill').first();
    await expect(found).toContainText(title);
    await pressUntil(page, 'ArrowDown', found);
    await page.keyboard.press('Enter');
    await expect.poll(async () => (await sources(page)).length).toBe(count + 1);
  }
  const tree = graph.getByRole('tree');
  await pressUntil(page, 'Tab', tree.locator('[tabindex="0"]'));
  for (const [from, output, to, input] of STEPS) {
    const row = tree.getByRole('treeitem').filter({ hasText: from }).first();
    await page.keyboard.press('Home');
    await pressUntil(page, 'ArrowDown', row);
    await page.keyboard.press('ArrowRight');
    const out = tree
      .locator('.llmos-mod-output')
      .filter({ has: page.getByText(output, { exact: true }) })
      .first();
    await pressUntil(page, 'ArrowDown', out);
    await page.keyboard.press('Enter');
    await choose(page, `${to} · ${input}`);
    await expect(page.getByRole('dialog')).toBeHidden();
    await pressUntil(page, 'ArrowUp', row);
    await page.keyboard.press('ArrowLeft');
  }
  await expect.poll(() => sources(page)).toEqual(CHAIN);
  await expectAccessible(page, { graph: '#llmos-graph-panel' });

  await page.keyboard.press('ArrowRight');
  const eigenvalue = tree
    .locator('.llmos-mod-output', { hasText: 'eigenvalue' })
    .first();
  await pressUntil(page, 'ArrowDown', eigenvalue);
  await page.keyboard.press('Enter');
  await lookFor(page, 'Quantum Hamiltonian · bond_length');
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('status')).toContainText('would make a cycle');
  // However long its choices are.
  expect((await dialog.getByRole('combobox').first().boundingBox())?.width).toBe(560);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+z');
  await expect
    .poll(async () => (await sources(page))[4])
    .toBe('results = await skill("export-results")()');
  await expect(notebookPanel(page)).toBeVisible();

  // The row that comes in the place of a deleted one has the focus, so that undo goes on.
  const whole = await sources(page);
  const rowOf = (title: string): Locator =>
    tree.getByRole('treeitem').filter({ hasText: title }).first();
  await page.keyboard.press('Home');
  await pressUntil(page, 'ArrowDown', rowOf('VQE Optimizer'));
  await page.keyboard.press('Delete');
  await expect.poll(async () => (await sources(page)).length).toBe(whole.length - 1);
  await expect(rowOf('Plot Convergence')).toBeFocused();
  await page.keyboard.press('Control+z');
  await expect.poll(() => sources(page)).toEqual(whole);
});

test('connects one line after the other by keyboard on the canvas, and keeps the focus', async ({
  page
}) => {
  const calls = [
    'h = await skill("quantum-hamiltonian")()',
    'v = await skill("quantum-vqe")()',
    'p = await skill("plot-convergence")()'
  ];
  await writeFiles(page, [notebookFile('keys.ipynb', calls)]);
  await openFile(page, 'keys.ipynb');
  const graph = await openSidePanel(page, 'llmos-graph-panel');
  const node = (title: string): Locator =>
    graph.locator('.react-flow__node', { hasText: title });
  const dialog = page.getByRole('dialog');
  const from = dialog.getByLabel('Value of');
  await node('VQE Optimizer').click();
  for (let left = 5; left > 0; left--) {
    await page.keyboard.press('c');
    await expect(from).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
  }
  // What is offered first can be made, and is what a cell still needs.
  await page.keyboard.press('c');
  await expect(from).toBeFocused();
  await page.keyboard.press('Enter');
  await expect.poll(async () => (await sources(page))[2]).toContain('trace=v.');
  await page.keyboard.press('c');
  await expect(from).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(
    graph.getByLabel(/^VQE Optimizer · .* to Plot Conv.* · trace$/)
  ).toHaveCount(1);

  // A right-click selects; undo goes on where the last node has gone.
  await node('Quantum Hamiltonian').click({ button: 'right' });
  await expect(graph.locator('.react-flow__node.selected')).toHaveText(/Quantum Ham/);
  await expect(
    page.locator('.lm-Menu [data-command$="rename-variable"]')
  ).toContainText('F2');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete');
  await expect(graph.locator('.llmos-GraphPanel-empty')).toBeFocused();
  await page.keyboard.press('Control+z');
  await expect(graph.locator('.react-flow__node')).toHaveCount(3);
  await page.keyboard.press('Control+Shift+z');
  await expect(graph.locator('.llmos-GraphPanel-empty')).toBeFocused();
  await page.keyboard.press('Control+z');

  // Tab selects what it comes to: keys act on that, and then on what comes in its place.
  await node('VQE Optimizer').click();
  await graph.getByLabel('Search nodes').focus();
  await pressUntil(page, 'Tab', node('Quantum Hamiltonian'));
  await expect(graph.locator('.react-flow__node.selected')).toHaveText(/Quantum Ham/);
  await page.keyboard.press('Delete');
  await expect(node('Quantum Hamiltonian')).toHaveCount(0);
  await expect(node('VQE Optimizer')).toBeFocused();
  await expect(graph.locator('.react-flow__node.selected')).toHaveText(/VQE Opt/);
  await page.keyboard.press('Control+z');
  await expect(graph.locator('.react-flow__node:focus')).toHaveClass(/selected/);

  // A held arrow key moves it, which the notebook keeps as one step.
  const vqe = node('VQE Optimizer');
  const place = (): Promise<string> =>
    vqe.evaluate(element => getComputedStyle(element).transform);
  await vqe.click();
  await expect(vqe).toHaveAccessibleDescription(/^Press Enter to edit the cell/);
  const before = await place();
  for (let left = 3; left > 0; left--) {
    await page.keyboard.down('ArrowDown');
  }
  await page.keyboard.up('ArrowDown');
  await expect.poll(async () => (await keptPlaces(page)).length).toBe(1);
  const [kept] = await keptPlaces(page);
  await graph.getByRole('tab', { name: 'Outline' }).click();
  await graph.getByRole('tab', { name: 'Graph' }).click();
  await expect.poll(place).toBe(`matrix(1, 0, 0, 1, ${kept?.join(', ')})`);
  expect(await place()).not.toBe(before);
  await vqe.click();
  await page.keyboard.press('Control+z');
  await expect.poll(place).toBe(before);
  expect(await keptPlaces(page)).toEqual([]);

  // A text that was selected in the notebook is no matter of the graph.
  await openFile(page, 'h2-vqe.ipynb');
  const texts = page.locator('.jp-NotebookPanel:not(.lm-mod-hidden) .jp-MarkdownCell');
  await texts.first().click();
  await node('VQE Optimizer').click();
  await page.keyboard.press('c');
  await expect(from).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await page.keyboard.press('Delete');
  await expect(node('VQE Optimizer')).toHaveCount(0);
  await expect(texts.first()).toContainText('The hydrogen molecule');
});

/** Walks the inputs of the dialog in front to one of them. */
async function lookFor(page: Page, input: string): Promise<void> {
  const list = page.getByRole('dialog').getByLabel('into the input');
  await pressUntil(page, 'Tab', list);
  const chosen = (): Promise<string> =>
    list.evaluate(each => (each as HTMLSelectElement).selectedOptions[0]?.text ?? '');
  await page.keyboard.press('Home');
  for (let before = ''; !(await chosen()).startsWith(input);) {
    expect(await chosen()).not.toBe(before);
    before = await chosen();
    await page.keyboard.press('ArrowDown');
  }
}

async function choose(page: Page, input: string): Promise<void> {
  await lookFor(page, input);
  await page.keyboard.press('Enter');
}

test('takes skills that are dropped, and keeps places, direction and folded sections', async ({
  page
}) => {
  await page.setViewportSize({ width: 1600, height: 1000 });
  const heading = {
    cell_type: 'markdown',
    id: 'title',
    metadata: {},
    source: '# Energy'
  };
  const file = notebookFile('kept.ipynb', [
    'from llmos import skill',
    'h = await skill("quantum-hamiltonian")()',
    'results = await skill("export-results")(data=h.hamiltonian)'
  ]);
  const content = file.content as { readonly cells: readonly object[] };
  const cells = [heading, ...content.cells];
  await writeFiles(page, [{ ...file, content: { ...content, cells } }]);
  await openFile(page, 'kept.ipynb');
  const graph = await openSidePanel(page, 'llmos-graph-panel');
  await expect(graph.locator('.llmos-GraphNode')).toHaveCount(3);
  const carry = async (card: Locator, to: IPlace): Promise<void> => {
    const from = await card.boundingBox();
    await page.mouse.move((from?.x ?? 0) + 60, (from?.y ?? 0) + 14);
    await page.mouse.down();
    await page.mouse.move(to.x - 30, to.y - 30, { steps: 4 });
    await page.mouse.move(to.x, to.y, { steps: 4 });
  };
  const edge = graph.locator('.react-flow__edge[data-id*=".hamiltonian>"]');
  await carry(await findSkill(page, 'quantum-vqe'), await middleOf(edge));
  await expect(edge).toHaveClass(/llmos-mod-dropTarget/);
  await page.mouse.up();
  await expect
    .poll(async () => (await sources(page)).slice(3))
    .toEqual([
      'vqe = await skill("quantum-vqe")(hamiltonian=h.hamiltonian)',
      'results = await skill("export-results")(data=vqe.eigenvalue)'
    ]);

  // On the empty canvas a skill stays where it was dropped, and all nodes where they are.
  await expect(graph.locator('.llmos-GraphNode')).toHaveCount(4);
  const before = await drawnPlaces(graph);
  const pane = await graph.locator('.react-flow__pane').boundingBox();
  const corner = {
    x: (pane?.x ?? 0) + 40,
    y: (pane?.y ?? 0) + (pane?.height ?? 0) - 40
  };
  await carry(await findSkill(page, 'circuit-rc-node'), corner);
  await page.mouse.up();
  await expect(graph.locator('.llmos-GraphNode')).toHaveCount(5);
  await expect.poll(async () => (await keptPlaces(page)).length).toBe(1);
  expect(await drawnPlaces(graph)).toMatchObject(before);

  await graph.getByRole('button', { name: 'More' }).click();
  await page.locator('.lm-Menu [data-command="llmos:graph-turn"]').click();
  await expect(graph.locator('.llmos-GraphNode.llmos-mod-right')).toHaveCount(5);
  await expect.poll(() => drawnPlaces(graph)).not.toMatchObject(before);
  const turned = await drawnPlaces(graph);

  // The whole graph is in sight once its sections are folded, and their boxes can be moved.
  await graph.getByRole('button', { name: 'More' }).click();
  await page.locator('.lm-Menu [data-command="llmos:graph-fold-all"]').click();
  const folded = graph.locator('.llmos-GraphFolded');
  await expect(folded).toBeInViewport({ ratio: 1 });
  const box = await folded.boundingBox();
  const middle = {
    x: (box?.x ?? 0) + (box?.width ?? 0) / 2,
    y: (box?.y ?? 0) + (box?.height ?? 0) / 2
  };
  await page.mouse.move(middle.x, middle.y);
  await page.mouse.down();
  await page.mouse.move(middle.x + 20, middle.y + 80, { steps: 4 });
  await page.mouse.up();
  await expect.poll(async () => (await keptPlaces(page)).length).toBe(2);
  const moved = await drawnPlaces(graph);
  await page.keyboard.press('Control+s');
  await page.goto('lab/index.html');
  await page.waitForFunction(() => globalThis.jupyterapp !== undefined);
  await openFile(page, 'kept.ipynb');
  const tab = page.locator('.jp-SideBar .lm-TabBar-tab[data-id="llmos-graph-panel"]');
  await expect(tab).toBeVisible();
  if (!(await graph.isVisible())) {
    await tab.click();
  }
  await expect(graph.getByText('5 cells')).toBeVisible();
  expect(await drawnPlaces(graph)).toEqual(moved);
  await graph.getByRole('button', { name: 'Open Energy' }).click();
  // The node that was dropped leaves the others where they were, after a reload too.
  await expect.poll(() => drawnPlaces(graph)).toEqual(turned);
  await expect(graph.locator('.llmos-GraphNode.llmos-mod-right')).not.toHaveCount(0);
});

/** Where boxes stand on the canvas, however that is seen. */
function drawnPlaces(graph: Locator): Promise<Readonly<Record<string, string>>> {
  return graph
    .locator('.react-flow__node:not(.react-flow__node-frame)')
    .evaluateAll(nodes =>
      Object.fromEntries(
        nodes.map(node => [
          node.getAttribute('data-id') ?? '',
          (node as HTMLElement).style.transform
        ])
      )
    );
}

/** Where the notebook in front says that nodes stand. */
function keptPlaces(page: Page): Promise<readonly (readonly number[])[]> {
  return page.evaluate(() => {
    const panel = globalThis.jupyterapp?.shell.currentWidget as unknown as {
      content: { widgets: { model: { getMetadata(key: string): unknown } }[] };
    };
    return panel.content.widgets.flatMap(({ model }) => {
      const llmos = model.getMetadata('llmos') as
        { readonly position?: readonly number[] } | undefined;
      return llmos?.position ? [llmos.position] : [];
    });
  });
}

interface IPlace {
  readonly x: number;
  readonly y: number;
}

/** The middle of an edge's line, on the page. */
async function middleOf(edge: Locator): Promise<IPlace> {
  const path = edge.locator('path').first();
  await path.waitFor();
  return path.evaluate(element => {
    const line = element as SVGPathElement;
    const { x, y } = line.getPointAtLength(line.getTotalLength() / 2);
    const on = new DOMPoint(x, y).matrixTransform(line.getScreenCTM() ?? undefined);
    return { x: on.x, y: on.y };
  });
}

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
  // Another file would shift the list under the second click.
  for (const name of Object.keys(files)) {
    await expect(item(name)).toBeVisible();
  }
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
  await openSidePanel(page, 'llmos-graph-panel');
  await expect(page.locator('.llmos-GraphNode.llmos-mod-missing')).toContainText(
    'no-such-skill'
  );
  await expect(page.locator('.llmos-GraphNode.llmos-mod-skill')).toHaveCount(1);
  await item('bad.workflow.json').dblclick();
  const rows = page.locator('.llmos-WorkflowPage tbody tr');
  await expect(rows).toHaveCount(1);
  await expect(rows).toContainText('nodes[1].skill');
});

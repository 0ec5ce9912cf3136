import type { Locator, Page } from '@playwright/test';
import { runCommand } from '../commands';
import { expect, test } from '../fixtures';
import {
  codeCell,
  notebookFile,
  notebookPanel,
  openFile,
  openSidePanel,
  outputOf,
  writeFiles,
  type IFile
} from '../lab';

const vqe = (iterations: number): string =>
  `vqe = await skill("quantum-vqe")(hamiltonian=h["hamiltonian"], iterations=${iterations})`;

const SOURCES = [
  'from llmos import skill',
  'h = await skill("quantum-hamiltonian")(system="h2")',
  vqe(100),
  'plot = await skill("plot-convergence")(trace=vqe["convergence_trace"])'
];

/** Types another call into a cell. */
async function retype(page: Page, index: number, source: string): Promise<void> {
  await codeCell(page, index).locator('.cm-content').click();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.insertText(source);
}

/** The records of all runs in a volume, one a line. */
function tracesOf(page: Page, volume: string): Promise<string> {
  return page.evaluate(async drive => {
    const contents = globalThis.jupyterapp?.serviceManager.contents;
    const list = await contents?.get(`${drive}:sessions`).catch(() => null);
    const sessions = (list?.content ?? []) as { path: string }[];
    const texts = await Promise.all(
      sessions.map(async ({ path }) => {
        const wanted = { type: 'file', format: 'text', content: true } as const;
        const file = await contents
          ?.get(`${path}/traces.jsonl`, wanted)
          .catch(() => null);
        return String(file?.content ?? '');
      })
    );
    return texts.join('');
  }, volume);
}

/** Runs all by the graph, until the session has so many traces. */
async function runAll(page: Page, count: number): Promise<void> {
  await notebookPanel(page).getByRole('button', { name: 'Run', exact: true }).click();
  const menu = page.locator('.llmos-RunMenu');
  await menu.getByText('Run all by the graph', { exact: true }).click();
  const traces = async (): Promise<number> =>
    (await tracesOf(page, 'user')).split('\n').length - 1;
  await expect.poll(traces, { timeout: 90_000 }).toBe(count);
}

test('what was run five times becomes a skill, once it is verified and accepted', async ({
  page
}) => {
  await page.goto('lab/index.html?reset');
  const ana = { id: 'ana', name: 'Ana', teams: ['optics'] };
  await runCommand(page, 'llmos:edit-profile', ana);
  await writeFiles(page, [notebookFile('often.ipynb', SOURCES)]);
  await openFile(page, 'often.ipynb');
  await codeCell(page, 3).waitFor();
  for (const [index, iterations] of [100, 150, 120, 130, 110].entries()) {
    await retype(page, 2, vqe(iterations));
    await runAll(page, index + 1);
  }

  const panel = await openSidePanel(page, 'llmos-evolution-panel');
  const own = panel.locator('[data-volume="user"]');
  await own.getByRole('button', { name: 'Run now' }).click();
  const card = panel.locator('.llmos-Candidate');
  await expect(card).toHaveCount(1, { timeout: 120_000 });
  await expect(card).toContainText('5 runs');
  await expect(card).toContainText('3 of 3 runs agree');
  await expect(card.getByRole('row', { name: /iterations/ })).toContainText(
    '120 (middle half 110 to 130, n = 5)'
  );
  await expect(card.locator('.llmos-SubGraph')).toContainText('quantum-vqe');
  await expect(
    page.locator('.Toastify__toast', { hasText: '1 learned skill to review' })
  ).toBeVisible();
  await card.getByRole('button', { name: /^Accept/ }).click();
  await expect(card).toHaveCount(0);

  await expect(panel.locator('[data-decision="accepted"]')).toContainText(
    'accepted hamiltonian-vqe-convergence'
  );

  // It is a skill like any other: its card inserts a call, which runs.
  const told = page.locator('.Toastify__toast', { hasText: 'is in your volume' });
  await codeCell(page, 3).locator('.cm-content').click();
  await told.getByRole('button', { name: 'Insert' }).click();
  await expect(codeCell(page, 4)).toContainText('hamiltonian-vqe-convergence');
  await codeCell(page, 4).locator('.cm-content').click();
  await page.keyboard.press('Shift+Enter');
  await expect(outputOf(page, 4)).toContainText('eigenvalue', { timeout: 60_000 });

  // What told of the skill that waited is gone from the bell too.
  await runCommand(page, 'apputils:display-notifications');
  const bell = page.locator('.jp-Notification-List');
  await expect(bell).toBeAttached();
  await expect(bell).not.toContainText('to review');
  await page.keyboard.press('Escape');

  // The history of the volume has it, and a further run does not propose it again.
  await openSidePanel(page, 'llmos-session-panel');
  const sessions = page.locator('#llmos-session-panel');
  await expect(sessions).toContainText(
    'Evolution: Create skill hamiltonian-vqe-convergence from 5 traces'
  );
  await openSidePanel(page, 'llmos-evolution-panel');
  await own.getByRole('button', { name: 'Run now' }).click();
  await expect(panel.locator('.llmos-Evolution-history > [data-run]')).toHaveCount(2, {
    timeout: 60_000
  });
  await expect(card).toHaveCount(0);

  // Unfolded, it is its steps again; one undo folds it up.
  const cells = notebookPanel(page).locator('.jp-CodeCell');
  const before = await cells.count();
  const cell = await page.evaluate(() => {
    const panel = globalThis.jupyterapp?.shell.currentWidget as unknown as {
      content: { widgets: { model: { id: string } }[] };
    };
    return panel.content.widgets[4]?.model.id;
  });
  await runCommand(page, 'llmos:graph-unfold', { cell });
  await expect(cells).toHaveCount(before + 2);
  await expect(codeCell(page, 5)).toContainText('quantum-vqe');
  await runCommand(page, 'notebook:undo-cell-action');
  await expect(cells).toHaveCount(before);

  // A colleague has done the same: with consent the team learns it, and is surer.
  const mine = (await tracesOf(page, 'user')).split('\n').slice(0, 5);
  await runCommand(page, 'llmos:edit-profile', {
    id: 'ben',
    name: 'Ben',
    teams: ['optics']
  });
  const session = {
    ...{ v: 1, id: 's-ben', name: 'Of Ben', volume: 'team', volume_id: 'optics' },
    ...{ status: 'active', path: 'ben.ipynb', user: 'ben', metadata: {} },
    ...{
      created_at: '2026-11-01T10:00:00.000Z',
      updated_at: '2026-11-01T10:00:00.000Z'
    }
  };
  const lines = mine.map((line, at) =>
    JSON.stringify({
      ...(JSON.parse(line) as object),
      ...{ id: `01BEN${at}`, user: 'ben', session: 's-ben' }
    })
  );
  await writeFiles(page, [
    { path: 'team-optics:sessions/s-ben', type: 'directory' },
    {
      path: 'team-optics:sessions/s-ben/session.json',
      ...{ type: 'file', content: JSON.stringify(session) }
    },
    {
      path: 'team-optics:sessions/s-ben/traces.jsonl',
      ...{ type: 'file', content: `${lines.join('\n')}\n` }
    }
  ]);
  await runCommand(page, 'llmos:edit-profile', ana);
  await runCommand(page, 'llmos:commit-session', { ask: false, name: 'Often' });
  const team = panel.locator('[data-volume="team-optics"]');
  const shares = team.getByLabel('Share my sessions with the team');
  await team.getByText('Options: your sessions are not shared').click();
  // It is ticked once the setting is kept.
  await shares.click();
  await expect(shares).toBeChecked();
  await team.getByRole('button', { name: 'Run now' }).click();
  await expect(card).toHaveCount(1, { timeout: 120_000 });
  await expect(card).toContainText('Team optics');
  await expect(card).toContainText('2 people');
  await expect(card).toContainText('pattern confidence 86 %');
  await expect(panel.locator('.llmos-Evolution-history')).toContainText(
    '1 session copied'
  );
});

const step = (id: string, input: string, output: string, result: string): IFile => ({
  path: `user:skills/${id}.md`,
  type: 'file',
  content: [
    `---\nskill_id: ${id}\nname: ${id}\ndescription: A step.\ntype: python-wasm`,
    `inputs:\n  - { name: ${input}, type: number, required: true }`,
    `outputs:\n  - { name: ${output}, type: number }\n---\n~~~python`,
    `def execute(inputs):\n    return {"${output}": ${result}}\n~~~\n`
  ].join('\n')
});

/** A run of `twice`, then `more`; `wrong` is what it pretends to have come to. */
function runOf(x: number, number: number, wrong?: number): string {
  const value = (type: string, v: number): object => ({ type, value: v });
  const node = (
    id: string,
    skill: string,
    inputs: Readonly<Record<string, object>>,
    outputs: Readonly<Record<string, object>>
  ): object => ({
    ...{ id, skill, version: 'sha256:0', status: 'success', ms: 1, cached: false },
    ...{ inputs, outputs }
  });
  const y = 2 * x;
  return JSON.stringify({
    ...{ v: 1, id: `01RUN${String(number).padStart(3, '0')}`, session: 's-1' },
    ...{ user: 'ana', status: 'success', ms: 2, goal: '', trigger: 'all', env: {} },
    started: new Date(Date.UTC(2026, 10, 1, 10, number)).toISOString(),
    nodes: [
      node('a', 'twice', { x: value('number', x) }, { y: value('number', y) }),
      node(
        'b',
        'more',
        { y: { ...value('number', y), from: ['a', 'y'] } },
        { z: value('number', wrong ?? y + 1) }
      )
    ],
    edges: [['a', 'y', 'b', 'y']]
  });
}

/** Five runs that agree with their skills. */
const RUNS = [10, 11, 12, 13, 14].map((x, at) => runOf(x + 0.5, at));

/** Makes these all the runs of the session `s-1`. */
function keepRuns(page: Page, runs: readonly string[]): Promise<void> {
  const path = 'user:sessions/s-1/traces.jsonl';
  return writeFiles(page, [{ path, type: 'file', content: `${runs.join('\n')}\n` }]);
}

/** The skills `twice` and `more`, and runs of them in the session `s-1`. */
async function writeSteps(page: Page, runs: readonly string[]): Promise<void> {
  await writeFiles(page, [
    step('twice', 'x', 'y', '2 * inputs["x"]'),
    step('more', 'y', 'z', 'inputs["y"] + 1'),
    { path: 'user:sessions/s-1', type: 'directory' }
  ]);
  await keepRuns(page, runs);
}

test('a wrong run leads to a rejection that names it, and what a person rejected stays away', async ({
  page,
  context
}) => {
  await page.goto('lab/index.html?reset');
  const poisoned = runOf(15.5, 5, 999);
  await writeSteps(page, [...RUNS, poisoned]);

  const panel = await openSidePanel(page, 'llmos-evolution-panel');
  const own = panel.locator('[data-volume="user"]');
  const history = panel.locator('.llmos-Evolution-history > [data-run]');
  const runNow = async (count: number): Promise<void> => {
    await own.getByRole('button', { name: 'Run now' }).click();
    await expect(history).toHaveCount(count, { timeout: 120_000 });
  };
  await runNow(1);
  await expect(history).toContainText('1 rejected');
  await history.getByText('1 rejected').click();
  await expect(history).toContainText('Run 01RUN005 disagrees at more.z: it gave 999');
  const card = panel.locator('.llmos-Candidate');
  await expect(card).toHaveCount(0);

  // Newer runs bring it again; a person turns it down for good.
  const newer = [16, 17, 18].map((x, at) => runOf(x + 0.5, at + 6));
  await keepRuns(page, [...RUNS, poisoned, ...newer]);
  await runNow(2);
  await expect(card).toHaveCount(1);
  const reject = async (): Promise<void> => {
    await card.getByRole('button', { name: /^Reject/ }).click();
    const dialog = page.locator('.jp-Dialog');
    await dialog.getByRole('textbox').fill('Too simple');
    await dialog.getByRole('button', { name: 'Reject' }).click();
    await expect(card).toHaveCount(0);
  };
  await reject();
  await page
    .locator('.Toastify__toast', { hasText: 'Its workflow is not proposed until' })
    .getByRole('button', { name: 'Undo' })
    .click();
  await expect(card).toHaveCount(1);
  await reject();
  await expect(panel.locator('.llmos-Evolution-rejections')).toContainText(
    '1 turned down'
  );
  const last = [19, 20, 21].map((x, at) => runOf(x + 0.5, at + 9));
  await keepRuns(page, [...RUNS, ...newer, ...last]);
  await runNow(3);
  await expect(card).toHaveCount(0);

  // While another tab has the job, this one leaves it alone.
  const other = await context.newPage();
  await other.goto('lab/jupyter-lite.json');
  await other.evaluate(
    () =>
      new Promise<void>(resolve => {
        void navigator.locks.request('llmos:evolution:user', () => {
          resolve();
          return new Promise(() => undefined);
        });
      })
  );
  await own.getByRole('button', { name: 'Run now' }).click();
  await expect(
    page.locator('.Toastify__toast', { hasText: 'Another tab is at it already' })
  ).toBeVisible();
  await expect(history).toHaveCount(3);
  await other.close();
  await runNow(4);
});

test('what is edited while it waits has no verdict until it was replayed', async ({
  page
}) => {
  await page.goto('lab/index.html?reset');
  await writeSteps(page, RUNS);
  const panel = await openSidePanel(page, 'llmos-evolution-panel');
  await panel
    .locator('[data-volume="user"]')
    .getByRole('button', { name: 'Run now' })
    .click();
  const card = panel.locator('.llmos-Candidate');
  await expect(card).toContainText('Verified', { timeout: 120_000 });

  // Its editor is that of skills, and tries what no library has.
  await card.getByRole('button', { name: /^Edit/ }).click();
  const editor = page.locator('.llmos-SkillDocument');
  await editor.locator('.cm-line', { hasText: 'x=inputs["x"]' }).click();
  await page.keyboard.press('End');
  await page.keyboard.press('Backspace');
  await page.keyboard.insertText(' * 2,');
  await expect(editor.getByRole('region', { name: 'Problems' })).toContainText(
    'No problems'
  );
  await editor.getByRole('tab', { name: 'Test' }).click();
  await editor.getByRole('button', { name: 'Save and run' }).click();
  await expect(editor.locator('.llmos-SkillTest')).toContainText('✓ Done');
  await expect(editor.locator('.llmos-SkillTest-output')).toContainText('51');

  await expect(card).toContainText('Edited since it was verified');
  await card.getByRole('button', { name: 'Replay it now' }).click();
  await expect(card).toContainText('Disagrees', { timeout: 120_000 });
  await card.getByRole('button', { name: /^Accept/ }).click();
  await expect(card).toHaveCount(0);
  // The skill that it became has the place of its tab.
  const path = (): Promise<string | undefined> =>
    page.evaluate(() => {
      const widget = globalThis.jupyterapp?.shell.currentWidget;
      return (widget as { context?: { path: string } } | null)?.context?.path;
    });
  await expect.poll(path).toBe('user:skills/twice-more.md');
  await expect(editor).toHaveCount(1);
});

test('what is applied automatically is a draft until a person accepts it', async ({
  page
}) => {
  await page.route('**/jupyter-lite.json', async route => {
    const response = await route.fetch();
    const config = (await response.json()) as {
      'jupyter-config-data': { settingsOverrides?: Record<string, object> };
    };
    const data = config['jupyter-config-data'];
    data.settingsOverrides = {
      ...data.settingsOverrides,
      '@llmos-lab/extension:evolution': { applyAutomatically: true }
    };
    await route.fulfill({ response, json: config });
  });
  await page.goto('lab/index.html?reset');
  await writeSteps(page, RUNS);
  const panel = await openSidePanel(page, 'llmos-evolution-panel');
  const own = panel.locator('[data-volume="user"]');
  await own.getByRole('button', { name: 'Run now' }).click();
  const toast = (text: string): Locator =>
    page.locator('.Toastify__toast', { hasText: text });
  await expect(toast('Learned and applied as a draft: twice-more')).toBeVisible({
    timeout: 120_000
  });
  const card = panel.locator('.llmos-Candidate');
  await expect(card).toContainText('Draft in: Your volume');
  await expect(panel.locator('.llmos-Evolution-history')).toContainText(
    'Applied as a draft: twice-more'
  );

  // The library has it, with its mark; others get it once somebody has looked.
  await openSidePanel(page, 'llmos-skill-panel');
  const skill = page.locator('[data-skill="twice-more"]');
  await expect(skill).toContainText('draft');
  await runCommand(page, 'llmos:promote-skill', { id: 'twice-more' }).catch(
    () => undefined
  );
  await expect(toast('Nobody has reviewed "twice-more"')).toBeVisible();
  await openSidePanel(page, 'llmos-evolution-panel');
  await card.getByRole('button', { name: /^Accept/ }).click();
  await expect(card).toHaveCount(0);
  await openSidePanel(page, 'llmos-skill-panel');
  await expect(skill).not.toContainText('draft');
});

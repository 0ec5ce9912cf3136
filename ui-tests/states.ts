import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';
import { expect, type Page } from '@playwright/test';

import { runCommand } from './commands';
import {
  codeCell,
  findSkill,
  openFile,
  openSidePanel,
  openSkills,
  runNotebook,
  writeFiles
} from './lab';

/** Something of ours that a person sees, and how they come to it. */
export interface IState {
  readonly name: string;
  /** The element that holds it. */
  readonly part: string;
  /** Brings it on. */
  readonly open: (page: Page) => Promise<unknown>;
}

const DIALOG = '.jp-Dialog';

const SKILL = `---
skill_id: greeting
name: Greeting
description: Says hello.
category: text
type: python-wasm
inputs:
  - name: who
    type: string
    default: you
outputs:
  - name: words
    type: string
---

\`\`\`python
def execute(inputs):
    return {"words": "Hello " + inputs["who"]}
\`\`\`
`;

/** A workflow file in which something is wrong. */
const BROKEN = JSON.stringify({ v: 1, name: 7, nodes: [{ id: 'a' }] });

/** Its second cell, changed after the run. */
const CHANGED = 'h = await skill("quantum-hamiltonian")(system="h2", bond_length=0.8)';

/** One cell of each status that can stay: done, failed, waiting for that, not run. */
const SOURCES = [
  'from llmos import skill',
  'h = await skill("quantum-hamiltonian")(system="h2")',
  'vqe = await skill("quantum-vqe")(hamiltonian=h.hamiltonian, iterations=20)',
  'plot = await skill("plot-convergence")(trace=vqe.convergence_trace)',
  'wrong = h.nothing'
];

/** A person with a team and a skill, and a notebook that was run, committed and changed. */
export async function settle(page: Page): Promise<void> {
  await page.goto('lab/index.html?reset');
  await writeFiles(page, [
    { path: 'user:skills', type: 'directory' },
    { path: 'user:skills/greeting.md', type: 'file', content: SKILL },
    { path: 'user:notes.md', type: 'file', content: 'To be committed.' },
    { path: 'broken.workflow.json', type: 'file', content: BROKEN }
  ]);
  const ana = { id: 'ana', name: 'Ana', teams: ['optics'] };
  await runCommand(page, 'llmos:edit-profile', ana);
  await runNotebook(page, 'states.ipynb', SOURCES);
  await runCommand(page, 'llmos:commit-session', { ask: false, name: 'States' });
  await codeCell(page, 1).locator('.cm-content').click();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.insertText(CHANGED);
  await expect(codeCell(page, 2)).toHaveAttribute('data-llmos-status', 'stale');
}

/** Starts a command that asks, and does not wait for the answer. */
async function ask(
  page: Page,
  id: string,
  args: ReadonlyPartialJSONObject = {}
): Promise<void> {
  await page.evaluate(
    ([command, given]) => {
      void globalThis.jupyterapp?.commands.execute(command, given).catch(() => null);
    },
    [id, args] as const
  );
}

/** A dialog that a command opens with the notebook in front. */
function dialog(
  name: string,
  id: string,
  args: ReadonlyPartialJSONObject = {},
  part = DIALOG
): IState {
  const open = async (page: Page): Promise<void> => {
    await openFile(page, 'states.ipynb');
    await ask(page, id, args);
  };
  return { name, part, open };
}

/** A panel of a side bar. */
function panel(
  name: string,
  id: string,
  open: (page: Page) => Promise<unknown> = page => openSidePanel(page, id)
): IState {
  return { name, part: `#${id}`, open };
}

/** Leaves what was opened: a dialog by Escape, the rest stays where it is. */
export async function leave(page: Page): Promise<void> {
  const dialogs = page.locator(`${DIALOG}, dialog[open]`);
  await expect(async () => {
    if ((await dialogs.count()) > 0) {
      await page.keyboard.press('Escape');
    }
    await expect(dialogs).toHaveCount(0, { timeout: 1000 });
  }).toPass({ timeout: 10_000 });
}

/** Panels, pages and what stands in the notebook. */
export const PANELS: readonly IState[] = [
  {
    name: 'notebook',
    // Editors and the list of cells are JupyterLab's own.
    part: '.llmos-RunToolbar, .llmos-CellForm, .llmos-CellMark',
    open: page => openFile(page, 'states.ipynb')
  },
  {
    name: 'status bar',
    part: '#jp-main-statusbar',
    open: page => page.locator('#jp-main-statusbar').waitFor()
  },
  panel('skills', 'llmos-skill-panel', openSkills),
  panel('skill card', 'llmos-skill-panel', async page => {
    const card = await findSkill(page, 'quantum-vqe');
    await card.getByRole('button', { name: /^Variational|^VQE/ }).click();
  }),
  panel('graph', 'llmos-graph-panel', async page => {
    const graph = await openSidePanel(page, 'llmos-graph-panel');
    await graph.locator('.react-flow__node-cell').first().waitFor();
  }),
  panel('outline', 'llmos-graph-panel', async page => {
    const graph = await openSidePanel(page, 'llmos-graph-panel');
    await graph.getByRole('tab', { name: 'Outline' }).click();
  }),
  panel('sessions', 'llmos-session-panel'),
  panel('assistant', 'llmos-assistant-panel'),
  panel('evolution', 'llmos-evolution-panel', async page => {
    const evolution = await openSidePanel(page, 'llmos-evolution-panel');
    // What a job may do is folded.
    const options = evolution.locator('.llmos-EvolutionJob-options');
    await options.first().waitFor();
    await options.evaluateAll(all =>
      all.forEach(each => each.setAttribute('open', ''))
    );
    await expect(evolution.getByRole('switch').first()).toBeVisible();
  }),
  panel('guide', 'llmos-guide', page => runCommand(page, 'llmos:open-guide')),
  panel('history', 'llmos-history', async page => {
    await runCommand(page, 'llmos:show-history', { volume: 'user' });
    await page
      .locator('#llmos-history')
      .getByRole('option', { name: /^States / })
      .click();
  }),
  {
    name: 'compare',
    part: '[id^="llmos-compare-"]',
    open: async page => {
      await openFile(page, 'states.ipynb');
      await runCommand(page, 'llmos:compare-session');
    }
  },
  {
    name: 'skill editor',
    part: '.llmos-SkillDocument',
    open: page => runCommand(page, 'llmos:open-skill', { id: 'greeting' })
  },
  {
    name: 'test of a skill',
    part: '.llmos-SkillDocument',
    open: page =>
      page.locator('.llmos-SkillDocument').getByRole('tab', { name: 'Test' }).click()
  },
  {
    name: 'workflow problems',
    part: '.llmos-WorkflowPage',
    open: page => openFile(page, 'broken.workflow.json')
  },
  {
    name: 'launcher',
    part: '.jp-Launcher',
    open: page =>
      page.evaluate(async () => {
        await globalThis.jupyterapp?.commands.execute('launcher:create');
      })
  },
  {
    name: 'file browser',
    part: '#filebrowser',
    open: page => runCommand(page, 'llmos:show-volume', { name: 'user' })
  }
];

/** What asks, or tells in a window of its own. */
export const DIALOGS: readonly IState[] = [
  { name: 'tour', part: '.llmos-Tour', open: page => ask(page, 'llmos:start-tour') },
  dialog('keyboard map', 'llmos:show-keys'),
  dialog('preflight', 'llmos:preflight'),
  dialog('licences', 'llmos:show-licences'),
  dialog('templates', 'llmos:new-from-template'),
  dialog('model', 'llmos:choose-model'),
  dialog('skill picker', 'llmos:insert-skill'),
  dialog('new skill', 'llmos:new-skill'),
  dialog('save as skill', 'llmos:save-cell-as-skill'),
  dialog('delete a skill', 'llmos:delete-skill', { id: 'greeting' }),
  dialog('import', 'llmos:skill-import'),
  dialog('import from Git', 'llmos:skill-import-git'),
  dialog('promote', 'llmos:promote-skill', { id: 'greeting' }),
  dialog('sweep', 'llmos:graph-sweep', { cell: 'h', input: 'bond_length' }),
  dialog('connect', 'llmos:graph-choose-connection'),
  dialog('export', 'llmos:graph-export'),
  dialog('save as workflow', 'llmos:workflow-save'),
  dialog('clear cache', 'llmos:clear-cache'),
  dialog('commit session', 'llmos:commit-session'),
  dialog('commit files', 'llmos:commit-files'),
  dialog('rename session', 'llmos:session-rename'),
  dialog('delete session', 'llmos:session-delete'),
  dialog('share', 'llmos:session-share', { as: 'link' }),
  dialog('branch', 'llmos:make-branch', { volume: 'user' }),
  dialog('profile', 'llmos:edit-profile'),
  dialog('storage', 'llmos:show-storage'),
  dialog('restore a backup', 'llmos:restore-backup'),
  dialog('Git server', 'llmos:connect-git', { volume: 'user' }),
  dialog('GitHub', 'llmos:connect-github', { volume: 'user' })
];

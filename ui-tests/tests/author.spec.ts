import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Page } from '@playwright/test';
import { unzipSync, zipSync } from 'fflate';
import { expect, test } from '../fixtures';
import {
  cellDone,
  codeCell,
  findSkill,
  openSkills,
  outputOf,
  readBytes,
  runNotebook,
  startCell
} from '../lab';

const CELLS = [
  'import math',
  'radius = 2.5\nn = 4',
  'def circle(r):\n    return math.pi * r ** 2',
  'total = sum(circle(radius * k) for k in range(1, n + 1))',
  'print(round(total, 3))'
];

test('a cell becomes a skill that is edited, mended and tested', async ({ page }) => {
  await page.goto('lab/index.html?reset');
  await runNotebook(page, 'areas.ipynb', CELLS);
  await expect(outputOf(page, 4)).toContainText('589.049');

  // Save the fourth cell as a skill and let its call take the cell's place.
  await codeCell(page, 3).click({ button: 'right' });
  await page.locator('.lm-Menu [data-command="llmos:save-cell-as-skill"]').click();
  const dialog = page.locator('.llmos-SaveDialog');
  await dialog.locator('input[name="name"]').fill('Ring areas');
  await expect(dialog.getByRole('table', { name: 'Inputs' })).toBeVisible();
  await expect(dialog.locator('.llmos-SaveDialog-file')).toContainText(
    'def circle(r):'
  );
  await dialog.getByRole('button', { name: 'Save' }).click();
  // The import stands above now.
  await expect(codeCell(page, 0)).toContainText('from llmos import skill');
  await expect(codeCell(page, 4)).toContainText('await skill("ring-areas")(');
  await startCell(page, 0);
  await startCell(page, 4);
  await startCell(page, 5);
  await cellDone(page, 5);
  await expect(outputOf(page, 5)).toContainText('589.049');

  // Edit it: a mistake is marked and listed, and gone when it is mended.
  const card = await findSkill(page, 'ring-areas');
  await card.getByRole('button', { name: 'More for Ring areas' }).click();
  await page.locator('.lm-Menu [data-command="llmos:open-skill"]').click();
  const editor = page.locator('.llmos-SkillDocument');
  const problems = editor.getByRole('region', { name: 'Problems' });
  await expect(problems).toContainText('No problems');
  await editor.locator('.cm-line', { hasText: 'type: python-wasm' }).click();
  await page.keyboard.press('End');
  await page.keyboard.type('x');
  await expect(problems).toContainText('Line 5');
  // The key and its value have colours of their own.
  await expect(editor.locator('.cm-lintRange-error')).toHaveText([
    'type',
    ': python-wasmx'
  ]);
  await page.keyboard.press('Backspace');
  await expect(problems).toContainText('No problems');

  // Test it with another input.
  await editor.getByRole('tab', { name: 'Test' }).click();
  await editor.getByLabel('n', { exact: true }).fill('1');
  await editor.getByRole('button', { name: 'Save and run' }).click();
  await expect(editor.locator('.llmos-SkillTest')).toContainText('✓ Done');
  await expect(editor.locator('.llmos-SkillTest-output')).toContainText('19.63');
});

/** A folder as another tool keeps it: a Three.js skill, its texture, and a note. */
const CRATE = {
  'SKILL.md': `---
name: crate
description: Shows a crate made of bricks. Use it to try textures.
license: MIT
metadata:
  author: somebody else
type: threejs
outputs:
  - { name: scene, type: scene }
---
# Crate

~~~javascript
const map = new THREE.TextureLoader().load('bricks.png');
scene.add(new THREE.Mesh(new THREE.BoxGeometry(), new THREE.MeshBasicMaterial({ map })));
~~~
`,
  'bricks.png': Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==',
    'base64'
  ),
  'notes/where from.txt': 'From the quarry.\n'
};

/** Drops files or folders of this machine on the skills panel. */
async function dropOnPanel(page: Page, paths: string[]): Promise<void> {
  const panel = await openSkills(page);
  const box = await panel.boundingBox();
  if (!box) {
    throw new Error('The skills panel is not on the page.');
  }
  // Galata's page is a proxy of the browser's.
  const [own = page] = page.context().pages();
  const session = await page.context().newCDPSession(own);
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await session.send('Input.dispatchDragEvent', {
      ...{ type, x: box.x + box.width / 2, y: box.y + box.height / 2 },
      data: { items: [], files: paths, dragOperationsMask: 1 }
    });
  }
  await session.detach();
}

async function chooseOfCard(page: Page, id: string, command: string): Promise<void> {
  const card = await findSkill(page, id);
  await card.getByRole('button', { name: /^More for/ }).click();
  await page.locator(`.lm-Menu [data-command="${command}"]`).click();
}

test('a skill with its files comes in, goes on and comes back as it was', async ({
  page
}, info) => {
  const folder = info.outputPath('crate');
  for (const [name, content] of Object.entries(CRATE)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  await page.goto('lab/index.html?reset');
  await dropOnPanel(page, [folder]);
  await expect(await findSkill(page, 'crate')).toBeVisible();
  const texture = 'user:skills/crate/bricks.png';
  expect(await readBytes(page, texture)).toEqual([...CRATE['bricks.png']]);

  // Its texture is in the scene that the notebook keeps.
  await runNotebook(page, 'crate.ipynb', [
    'from llmos import skill',
    'await skill("crate")()',
    '%%skill square-area\nside = 3\narea = side * side\nprint(area)'
  ]);
  // A cell that begins with %%skill asks to be saved when it has run.
  const dialog = page.locator('.llmos-SaveDialog');
  await expect(dialog.locator('input[name="id"]')).toHaveValue('square-area');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(await findSkill(page, 'square-area')).toBeVisible();
  await codeCell(page, 1).scrollIntoViewIfNeeded();
  await expect(outputOf(page, 1).locator('.llmos-Scene-canvas')).toBeVisible();
  await expect(outputOf(page, 1).locator('.llmos-Mime-problem')).toHaveCount(0);
  const scene = await page.evaluate(() => {
    const panel = globalThis.jupyterapp?.shell.currentWidget as unknown as {
      content: { model: { toJSON(): unknown } };
    };
    return JSON.stringify(panel.content.model.toJSON());
  });
  expect(scene).toContain(CRATE['bricks.png'].toString('base64'));

  // Out as a zip, which holds all that came, and in again over what is there.
  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    chooseOfCard(page, 'crate', 'llmos:skill-export')
  ]);
  const zip = info.outputPath('crate.zip');
  await saved.saveAs(zip);
  const out = unzipSync(readFileSync(zip));
  expect(Buffer.from(out['crate/bricks.png'] ?? []).equals(CRATE['bricks.png'])).toBe(
    true
  );
  expect(Object.keys(out).sort()).toEqual(
    Object.keys(CRATE)
      .map(name => `crate/${name}`)
      .sort()
  );
  const before = await readBytes(page, 'user:skills/crate.md');
  writeFileSync(zip, zipSync(out));
  await dropOnPanel(page, [zip]);
  await page
    .locator('.jp-Dialog')
    .getByRole('button', { name: 'Replace', exact: true })
    .click();
  await expect(page.getByText('Imported crate.').last()).toBeVisible();
  expect(await readBytes(page, 'user:skills/crate.md')).toEqual(before);

  // A copy has files of its own; deleted, it comes back with them.
  await chooseOfCard(page, 'crate', 'llmos:duplicate-skill');
  const copy = 'user:skills/crate-copy/notes/where from.txt';
  await expect(await findSkill(page, 'crate-copy')).toBeVisible();
  const note = [...Buffer.from(CRATE['notes/where from.txt'])];
  expect(await readBytes(page, copy)).toEqual(note);
  await chooseOfCard(page, 'crate-copy', 'llmos:delete-skill');
  await page.locator('.jp-Dialog').getByRole('button', { name: 'Delete' }).click();
  const card = page.locator('#llmos-skill-panel [data-skill="crate-copy"]');
  await expect(card).toHaveCount(0);
  expect(await readBytes(page, copy)).toBeNull();
  await page.getByRole('button', { name: 'Undo', exact: true }).last().click();
  await expect(card).toBeVisible();
  expect(await readBytes(page, copy)).toEqual(note);
});

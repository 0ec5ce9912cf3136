// @ts-check
import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { documentedIds, formatCommands, readGroups } from '../scripts/commandDocs.mjs';
import { ROOT } from '../scripts/paths.mjs';

const read = (/** @type {string} */ path) => readFileSync(join(ROOT, path), 'utf8');

const SOURCE = `/** Ids. */
export const CommandIDs = {
  // Cells
  cut: 'llmos:cut',
  // Graph: look
  show: 'llmos:show',
  hide: 'llmos:hide'
} as const;
export const OTHER = 'llmos:other';
`;

test('reads headings and ids of commands in their order', () => {
  assert.deepEqual(readGroups(SOURCE), [
    { title: 'Cells', ids: ['llmos:cut'] },
    { title: 'Graph: look', ids: ['llmos:show', 'llmos:hide'] }
  ]);
});

test('describes a command with its keys and arguments', () => {
  const command = {
    id: 'llmos:cut',
    label: 'Cut',
    caption: 'Take a cell away',
    bindings: [{ keys: ['G', 'X'], selector: '.jp-Notebook', args: {} }],
    args: {
      properties: {
        cell: { type: 'string', description: 'Id of the cell | its name' },
        how: { enum: ['all', 'one'], description: 'How much' }
      },
      required: ['cell']
    }
  };
  const groups = readGroups(SOURCE);
  const page = formatCommands(groups, new Map([['llmos:cut', command]]));
  assert.match(
    page,
    /## Cells\n\n### `llmos:cut`\n\n\*\*Cut\*\* – Take a cell away\.\n/
  );
  assert.match(page, /Keys: `G` `X`, in `.jp-Notebook`/);
  assert.match(page, /\| `cell` \| string \| yes \| Id of the cell \\\| its name \|/);
  assert.match(page, /\| `how` \| `"all"`, `"one"` \| {2}\| How much \|/);
  assert.deepEqual(documentedIds(page), ['llmos:cut']);
});

test('docs/commands.md has every command, and no other', () => {
  const wanted = readGroups(read('extension/src/commands.ts')).flatMap(
    ({ ids }) => ids
  );
  const there = documentedIds(read('docs/commands.md'));
  assert.ok(wanted.length > 100);
  assert.deepEqual(
    { missing: wanted.filter(id => !there.includes(id)), left: [] },
    { missing: [], left: there.filter(id => !wanted.includes(id)) },
    'Run: npm run docs'
  );
});

/** Relative links of a Markdown file, without anchors. */
const linksOf = (/** @type {string} */ text) =>
  [...text.matchAll(/\]\((?!https?:|#|mailto:)([^)\s]+)\)/g)].map(
    ([, link = '']) => link.split('#')[0] ?? ''
  );

test('links of README and docs lead to files that are there', () => {
  const pages = [
    ...['README.md', 'CONTRIBUTING.md'],
    ...readdirSync(join(ROOT, 'docs'))
      .filter(name => name.endsWith('.md'))
      .map(name => `docs/${name}`)
  ];
  const broken = pages.flatMap(page =>
    linksOf(read(page))
      .filter(link => link && !existsSync(join(ROOT, dirname(page), link)))
      .map(link => `${page}: ${link}`)
  );
  assert.deepEqual(broken, []);
});

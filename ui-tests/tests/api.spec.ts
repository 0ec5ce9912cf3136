import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { gapsOf, listCommands } from '../commandList';
import { runCommand } from '../commands';
import { expect, test } from '../fixtures';
import { codeCell, notebookFile, openFile, writeFiles } from '../lab';
import { ROOT } from '../siteServer';

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

/** Ids in the source of the extension. */
const IDS = [...read('extension/src/commands.ts').matchAll(/'(llmos:[^']+)'/g)].map(
  ([, id = '']) => id
);

/** What `npm run docs` would write about the commands that it reads. */
const WRITE_PAGE = `
  const { readFileSync } = require('node:fs');
  import('./lite/scripts/commandDocs.mjs')
    .then(docs => docs.commandsPage(JSON.parse(readFileSync(0, 'utf8'))))
    .then(({ page }) => process.stdout.write(page));
`;

/** What the example of an extension says about `h` → `vqe` in a new profile. */
const SAID = {
  ISkillLibrary: 'quantum-vqe',
  INotebookGraphs: ['h'],
  INotebookRuns: ['run', 'run'],
  ISweeps: 0,
  IGraphPictures: 'image/svg+xml',
  IRuntimeHost: true,
  IAssistant: { kind: 'answer', text: 'You said: hello' },
  IProfile: 'user',
  IVolumes: [
    ['user', true],
    ['system', false]
  ],
  ISessions: 0,
  IRemotes: 'not connected',
  ITransfers: null,
  IGithub: 'nobody',
  ISecretStore: 'only in this tab',
  IEvolution: ['user of user', 'system of system']
};

/** Names of the tokens that the extension has, wherever they stand. */
function tokenNames(): readonly string[] {
  const folder = 'extension/src';
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter(path => path.endsWith('tokens.ts'))
    .flatMap(path => [...read(join(folder, path)).matchAll(/new Token<(\w+)>/g)])
    .map(([, name = '']) => name);
}

test('others can run every command and use every service', async ({ page }) => {
  await page.goto('lab/index.html?reset');

  const commands = await listCommands(page);
  expect(commands.map(({ id }) => id)).toEqual([...IDS].sort());
  expect(commands.flatMap(gapsOf)).toEqual([]);
  const documented = execFileSync(process.execPath, ['-e', WRITE_PAGE], {
    ...{ cwd: ROOT, encoding: 'utf8', input: JSON.stringify(commands) }
  });
  expect(read('docs/commands.md'), 'Run: npm run docs').toBe(documented);

  await writeFiles(page, [
    notebookFile('flow.ipynb', [
      'h = await skill("quantum-hamiltonian")()',
      'vqe = await skill("quantum-vqe")(hamiltonian=h.hamiltonian)'
    ])
  ]);
  await openFile(page, 'flow.ipynb');
  await codeCell(page, 1).waitFor();
  await runCommand(page, 'llmos-example:use-echo');
  const said = {
    ...((await runCommand(page, 'llmos-example:describe-notebook')) as object),
    ...((await runCommand(page, 'llmos-example:describe-volumes')) as object)
  };
  expect(said).toMatchObject(SAID);
  expect(Object.keys(said).sort()).toEqual([...tokenNames(), 'IRuntimeHost'].sort());
});

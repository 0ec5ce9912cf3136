// @ts-check
/**
 * The API of the TypeScript packages as pages, from their docstrings. TypeDoc stands in a
 * folder of its own, exact in its version: nothing else needs it, so it is fetched only by
 * those who make the pages.
 */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CACHE, ROOT } from './paths.mjs';
import { run } from './run.mjs';
import { hashInputs } from './stamp.mjs';

const FOLDER = join(CACHE, 'typedoc');
/** TypeDoc reads the sources with the compiler that builds them. */
const PACKAGES = { typedoc: '0.28.20', typescript: '5.9.3' };

/** What other extensions import: tokens with their services, the host, and the core. */
const ENTRIES = [
  'extension/src/index.ts',
  'kernel/src/host/index.ts',
  'skills/src/index.ts'
];

/** All of them in one project, as those who read the pages meet them. */
const PROJECT = {
  extends: join(ROOT, 'tsconfig.base.json'),
  compilerOptions: {
    ...{ noEmit: true, composite: false, incremental: false, rootDir: ROOT },
    ...{ lib: ['ES2022', 'DOM', 'DOM.Iterable', 'WebWorker.ImportScripts'] },
    ...{ types: [], allowArbitraryExtensions: true }
  },
  files: [
    ...ENTRIES.map(entry => join(ROOT, entry)),
    join(ROOT, 'extension/package.d.json.ts')
  ]
};

export const API = join(ROOT, 'dist/docs');

async function installTypeDoc() {
  const hash = hashInputs([], JSON.stringify(PACKAGES));
  const stamp = join(FOLDER, '.hash');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) {
    return;
  }
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  const manifest = { name: 'api-docs', private: true, dependencies: PACKAGES };
  writeFileSync(join(FOLDER, 'package.json'), JSON.stringify(manifest));
  await run('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: FOLDER,
    hint: 'The npm registry could not serve TypeDoc. The rest of the documentation is made.'
  });
  writeFileSync(stamp, hash);
}

/**
 * Writes the pages into `dist/docs`.
 * @returns {Promise<string>} How many there are.
 */
export async function writeApi() {
  await installTypeDoc();
  const project = join(FOLDER, 'tsconfig.json');
  writeFileSync(project, JSON.stringify(PROJECT));
  rmSync(API, { recursive: true, force: true });
  await run(process.execPath, [
    join(FOLDER, 'node_modules/typedoc/bin/typedoc'),
    ...ENTRIES.flatMap(entry => ['--entryPoints', join(ROOT, entry)]),
    ...['--tsconfig', project],
    ...['--name', 'LLMos Lab', '--readme', 'none', '--out', API],
    // The build has checked the types.
    ...['--skipErrorChecking', '--excludeInternal', '--excludePrivate'],
    ...['--disableSources', '--logLevel', 'Error']
  ]);
  return 'in dist/docs/index.html';
}

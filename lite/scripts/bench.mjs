// @ts-check
/**
 * `npm run bench [-- NAME …] [--json FILE]`: runs one benchmark, or all, and ends with one
 * table of what all of them found.
 */
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync
} from 'node:fs';
import { join } from 'node:path';
import { formatMachine, formatTable } from './benchTable.mjs';
import { ensureBrowser } from './browser.mjs';
import { buildAll } from './build.mjs';
import { SetupError, runMain, say, step } from './log.mjs';
import { CACHE, ROOT } from './paths.mjs';
import { runProgram } from './program.mjs';
import { run } from './run.mjs';
import { setUpTests } from './setup.mjs';
import { buildTestSite } from './testSite.mjs';

const FOLDERS = ['skills/bench', 'kernel/bench', 'extension/bench', 'ui-tests/bench'];
/** Modules that benchmarks share. */
const SHARED = new Set([
  ...[
    'probe',
    'report',
    'sent',
    'soak',
    'volumes-page',
    'volumes-soak-page',
    'volumes-git-page'
  ]
]);

/** @param {string} file firstResult.ts → first-result */
const nameOf = file =>
  file.replace(/\.ts$/, '').replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`);

/**
 * Benchmarks by name: `NAME.ts`, or a folder `NAME` with `main.ts` or `index.ts`.
 * @returns {Map<string, string>} Name → path.
 */
function findBenchmarks() {
  const found = new Map();
  for (const folder of FOLDERS.map(name => join(ROOT, name)).filter(existsSync)) {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const inner = ['main.ts', 'index.ts']
        .map(file => join(folder, entry.name, file))
        .find(existsSync);
      const path = entry.isDirectory() ? inner : join(folder, entry.name);
      if (path?.endsWith('.ts') && !SHARED.has(nameOf(entry.name))) {
        found.set(nameOf(entry.name), path);
      }
    }
  }
  return found;
}

/** @param {string[]} args */
function readArguments(args) {
  const at = args.indexOf('--json');
  const json = at < 0 ? undefined : args[at + 1];
  const rest = at < 0 ? args : [...args.slice(0, at), ...args.slice(at + 2)];
  const first = rest.findIndex(arg => arg.startsWith('-'));
  const names = first < 0 ? rest : rest.slice(0, first);
  return { json, names, more: first < 0 ? [] : rest.slice(first) };
}

/**
 * Those benchmarks which open the site need it built, and a browser.
 * @param {readonly string[]} paths
 */
async function prepare(paths) {
  if (paths.some(path => !path.startsWith(join(ROOT, 'skills')))) {
    await buildAll();
    await setUpTests();
    await step('Browser', ensureBrowser);
    await step('Test site', buildTestSite);
    await run(process.execPath, [join(ROOT, 'ui-tests/bench/baseline.mjs')], {
      show: true
    });
  } else {
    await setUpTests(); // `native` runs notebooks on Dask
  }
}

/**
 * @param {[string, string][]} chosen
 * @param {string | undefined} json
 * @param {readonly string[]} more
 */
async function runAll(chosen, json, more) {
  const folder = join(CACHE, 'bench');
  mkdirSync(folder, { recursive: true });
  /** @type {import('./benchTable.mjs').Report[]} */
  const reports = [];
  /** @type {string[]} */
  const failed = [];
  for (const [name, path] of chosen) {
    say(`\n${name}`);
    const file = join(folder, `${name}.json`);
    rmSync(file, { force: true });
    const code = await runProgram(path, ['--json', file, ...more]);
    if (code !== 0) {
      process.exitCode = 1;
      failed.push(name);
    } else if (existsSync(file)) {
      reports.push(JSON.parse(readFileSync(file, 'utf8')));
    }
  }
  if (reports.length) {
    say(`\n${formatTable(reports)}\n\n${formatMachine(reports)}`);
  }
  if (failed.length) {
    say(`Without a result: ${failed.join(', ')}.`);
  }
  if (json) {
    const whole = chosen.length === 1 ? reports[0] : reports;
    writeFileSync(json, `${JSON.stringify(whole ?? null, null, 2)}\n`);
  }
}

await runMain(async () => {
  const { json, names, more } = readArguments(process.argv.slice(2));
  const benchmarks = findBenchmarks();
  const unknown = names.filter(name => !benchmarks.has(name));
  if (unknown.length) {
    throw new SetupError(
      `There is no benchmark "${unknown.join('", "')}".`,
      `Choose from: ${[...benchmarks.keys()].sort().join(', ')}.`
    );
  }
  const chosen = [...benchmarks].filter(
    ([name]) => names.length === 0 || names.includes(name)
  );
  await prepare(chosen.map(([, path]) => path));
  await runAll(chosen, json, more);
});

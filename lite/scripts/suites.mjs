// @ts-check
/** Runs test programs, shows what they say, and reads how many tests passed and failed. */
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { say } from './log.mjs';
import { CACHE, PYTHON, ROOT } from './paths.mjs';
import { readJest, readJunit, readPlaywright, readTap } from './reports.mjs';
import { tryRun } from './run.mjs';

/** @typedef {import('./reports.mjs').Counts} Counts */

const REPORTS = join(CACHE, 'reports');

/** @type {Counts} What a program without a report has run. */
const NOTHING = { passed: 0, failed: 0, failures: [] };

/** Specs that need an independent program: in a folder `oracle`, or so named. */
export const ORACLE = '/test/.*[oO]racle';

/** @param {string} name */
function reportPath(name) {
  mkdirSync(REPORTS, { recursive: true });
  const path = join(REPORTS, name);
  rmSync(path, { force: true });
  return path;
}

/**
 * A program that ended badly without any failed test has failed as a whole.
 * @param {string} name
 * @param {Counts} counts
 * @param {number} code
 * @returns {Counts}
 */
export function settle(name, counts, code) {
  const { passed, failures } = counts;
  const isBad = code !== 0 && counts.failed === 0;
  const failed = isBad ? 1 : counts.failed;
  say(`  ${name}: ${passed} passed, ${failed} failed`);
  const told = isBad ? [`ended with code ${code}`] : failures;
  return { passed, failed, failures: told.map(each => `${name}: ${each}`) };
}

/**
 * @param {string} path
 * @param {(text: string) => Counts} read
 * @returns {Counts}
 */
function readReport(path, read) {
  return existsSync(path) ? read(readFileSync(path, 'utf8')) : NOTHING;
}

/**
 * @param {string} name
 * @param {readonly string[]} args
 * @param {Record<string, string>} [env]
 */
export async function runJest(name, args, env) {
  const report = reportPath(`${name}.json`);
  const { code } = await tryRun(
    process.execPath,
    [
      join(ROOT, 'node_modules/jest/bin/jest.js'),
      ...['--json', `--outputFile=${report}`, '--passWithNoTests'],
      // It would leave one core to whoever works there; here nobody does.
      ...['--maxWorkers=100%', ...args]
    ],
    { show: 'errors', env }
  );
  return settle(name, readReport(report, readJest), code);
}

/** pytest says so when it found no test: no fault. */
const NO_TESTS = 5;

/**
 * @param {string} name
 * @param {readonly string[]} args
 * @param {string} [python]
 */
export async function runPytest(name, args, python = PYTHON) {
  const report = reportPath(`${name}.xml`);
  const { code } = await tryRun(
    python,
    ['-m', 'pytest', '-q', '-ra', `--junitxml=${report}`, ...args],
    { show: true, cwd: join(ROOT, 'kernel/py') }
  );
  const ended = code === NO_TESTS ? 0 : code;
  return settle(name, readReport(report, readJunit), ended);
}

/**
 * Stories in the browser.
 * @param {string} [name]
 * @param {string} [config] Folder of Playwright's configuration.
 * @param {Record<string, string>} [env]
 */
export async function runStories(name = 'stories', config = 'ui-tests', env = {}) {
  const report = reportPath(`${name}.json`);
  const { code } = await tryRun(
    process.execPath,
    [
      join(ROOT, 'node_modules/@playwright/test/cli.js'),
      ...['test', '-c', config, '--reporter=list,json']
    ],
    { show: true, env: { ...env, PLAYWRIGHT_JSON_OUTPUT_NAME: report, CI: '1' } }
  );
  return settle(name, readReport(report, readPlaywright), code);
}

/**
 * Tests of the site's own scripts, by Node's test runner.
 * @param {readonly string[]} files
 */
export async function runNode(files) {
  const { code, output } = await tryRun(process.execPath, [
    ...['--test', '--test-reporter=tap', ...files]
  ]);
  if (code !== 0) {
    say(output);
  }
  return settle('site scripts', readTap(output), code);
}

/**
 * What failed, by name, and the line that everything ends with.
 * @param {readonly Counts[]} all
 */
export function finish(all) {
  const passed = all.reduce((sum, counts) => sum + counts.passed, 0);
  const failed = all.reduce((sum, counts) => sum + counts.failed, 0);
  for (const failure of all.flatMap(counts => counts.failures)) {
    say(`  failed: ${failure}`);
  }
  say(`${passed} passed, ${failed} failed`);
  if (failed > 0) {
    process.exitCode = 1;
  }
}

/**
 * Runs a whole test command: a fault before the tests counts as one failure, so that
 * the last line is always the same.
 * @param {() => Promise<Counts[]>} main
 */
export async function runTests(main) {
  try {
    finish(await main());
  } catch (error) {
    const { runMain } = await import('./log.mjs');
    await runMain(() => Promise.reject(error));
    finish([{ passed: 0, failed: 1, failures: ['before the tests, see above'] }]);
  }
}

// @ts-check
/**
 * `npm run test:oracle`: compares with independent programs (Qiskit, PySCF, ngspice,
 * CPython). They live in an environment of their own, so that the ordinary tests never
 * find a real Qiskit.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { buildAll } from './build.mjs';
import { say, step } from './log.mjs';
import { CACHE, LITE, PYTHON, VENV } from './paths.mjs';
import { installRequirements, makeVenv, setUpTests } from './setup.mjs';
import { ORACLE, runJest, runPytest, runTests } from './suites.mjs';

const ORACLES = join(CACHE, 'oracle-venv');
const FILE = 'requirements-oracle.txt';

/** pytest itself, in the version of the ordinary tests. */
function pytestPin() {
  const pins = readFileSync(join(LITE, 'requirements-test.txt'), 'utf8');
  return /^pytest==.+$/m.exec(pins)?.[0] ?? 'pytest';
}

await runTests(async () => {
  say('Setting up the oracles of LLMos Lab');
  await setUpTests();
  await buildAll();
  const counts = [];
  const python = join(ORACLES, relative(VENV, PYTHON));
  if (existsSync(join(LITE, FILE))) {
    await step('Python environment for oracles', () => makeVenv(ORACLES));
    await step('Oracles', () =>
      installRequirements(FILE, { venv: ORACLES, also: [pytestPin()] })
    );
    counts.push(await runPytest('pytest-oracle', ['-m', 'oracle'], python));
  }
  counts.push(
    await runJest('jest-oracle', ['--testPathPatterns', ORACLE], {
      LLMOS_PYTHON: existsSync(python) ? python : PYTHON
    })
  );
  return counts;
});

// @ts-check
/**
 * `npm run test:oracle`: compares with independent programs (Qiskit, PySCF, ngspice,
 * CPython), runs the demo notebook in another browser, and tries the wheels in a real
 * JupyterLab. What is Python lives in environments of its own, so that the ordinary tests
 * never find a real Qiskit.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { ensureBrowser } from './browser.mjs';
import { buildAll } from './build.mjs';
import { findFirefox, smokeFirefox } from './firefox.mjs';
import { say, step } from './log.mjs';
import { CACHE, LITE, PYTHON, VENV } from './paths.mjs';
import { setUpOrdinary } from './ordinary.mjs';
import { installRequirements, makeVenv, setUpTests } from './setup.mjs';
import { ORACLE, runJest, runPytest, runStories, runTests, settle } from './suites.mjs';

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
  const firefox = findFirefox();
  if (firefox) {
    const code = await smokeFirefox(firefox);
    const ran = { passed: code === 0 ? 1 : 0, failed: 0, failures: [] };
    counts.push(settle('Firefox', ran, code));
  } else {
    say('  Firefox: not installed, so not tried (npm run smoke:firefox says how)');
  }
  await step('Browser', ensureBrowser);
  const jupyter = await setUpOrdinary();
  const installed = join(LITE, 'test/ordinary');
  counts.push(await runPytest('pytest-ordinary', [installed], jupyter.python));
  const env = { LLMOS_JUPYTER_BIN: jupyter.bin };
  counts.push(await runStories('stories-ordinary', 'ui-tests/ordinary', env));
  return counts;
});

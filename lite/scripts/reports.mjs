// @ts-check
/** Reads what test programs report: how many tests passed, and which failed. */

/**
 * `failures` has the names of those that failed, as far as the report tells them.
 * @typedef {{ passed: number, failed: number, failures: string[] }} Counts
 */

/**
 * @param {string} text jest's JSON.
 * @returns {Counts}
 */
export function readJest(text) {
  const report = JSON.parse(text);
  const failures = report.testResults.flatMap(
    (
      /** @type {{ name: string, status: string, assertionResults: any[] }} */ suite
    ) => {
      const failed = suite.assertionResults.filter(({ status }) => status === 'failed');
      // A file that could not be run has no tests.
      return failed.length === 0 && suite.status === 'failed'
        ? [suite.name]
        : failed.map(({ fullName }) => `${suite.name}: ${fullName}`);
    }
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + report.numRuntimeErrorTestSuites,
    failures
  };
}

/**
 * @param {string} text pytest's JUnit XML.
 * @returns {Counts}
 */
export function readJunit(text) {
  const suite = /<testsuite\b[^>]*>/.exec(text)?.[0] ?? '';
  const count = (/** @type {string} */ name) =>
    Number(new RegExp(`\\b${name}="(\\d+)"`).exec(suite)?.[1] ?? 0);
  const failed = count('failures') + count('errors');
  const cases = text.matchAll(
    /<testcase classname="([^"]*)" name="([^"]*)"[^>]*><(?:failure|error)\b/g
  );
  const failures = [...cases].map(([, place, name]) => `${place}: ${name}`);
  const passed = Math.max(0, count('tests') - failed - count('skipped'));
  return { passed, failed, failures };
}

/**
 * @param {string} text Playwright's JSON.
 * @returns {Counts}
 */
export function readPlaywright(text) {
  const { stats, errors, suites } = JSON.parse(text);
  if (stats.flaky > 0) {
    console.log(`${stats.flaky} of these stories passed only when run again.`);
  }
  const isBroken = stats.unexpected === 0;
  return {
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected + (isBroken ? errors.length : 0),
    failures: isBroken
      ? errors.map((/** @type {{ message: string }} */ { message }) => message)
      : failedStories(suites)
  };
}

/**
 * @param {any[]} suites
 * @returns {string[]}
 */
function failedStories(suites) {
  return suites.flatMap(({ file, specs = [], suites: inner = [] }) => [
    ...specs
      .filter((/** @type {{ ok: boolean }} */ { ok }) => !ok)
      .map((/** @type {{ title: string }} */ { title }) => `${file}: ${title}`),
    ...failedStories(inner)
  ]);
}

/**
 * @param {string} text Node's TAP.
 * @returns {Counts}
 */
export function readTap(text) {
  const count = (/** @type {string} */ name) =>
    Number(new RegExp(`^# ${name} (\\d+)$`, 'm').exec(text)?.[1] ?? 0);
  const failures = [...text.matchAll(/^not ok \d+ - (.*)$/gm)].map(
    ([, name = '']) => name
  );
  return {
    passed: count('pass'),
    failed: count('fail') + count('cancelled'),
    failures
  };
}

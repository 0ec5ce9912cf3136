// @ts-check
import assert from 'node:assert/strict';
import test from 'node:test';
import { readJest, readJunit, readPlaywright, readTap } from '../scripts/reports.mjs';

test('counts and names what failed in jest, also a file that could not run', () => {
  const report = JSON.stringify({
    ...{ numPassedTests: 3, numFailedTests: 1, numRuntimeErrorTestSuites: 1 },
    testResults: [
      {
        ...{ name: 'a.spec.ts', status: 'failed' },
        assertionResults: [
          { status: 'passed', fullName: 'a holds' },
          { status: 'failed', fullName: 'a breaks' }
        ]
      },
      { name: 'b.spec.ts', status: 'failed', assertionResults: [] },
      { name: 'c.spec.ts', status: 'passed', assertionResults: [] }
    ]
  });
  const failures = ['a.spec.ts: a breaks', 'b.spec.ts'];
  assert.deepEqual(readJest(report), { passed: 3, failed: 2, failures });
});

test('counts and names what failed in pytest', () => {
  const report =
    '<testsuites><testsuite name="pytest" errors="0" failures="1" skipped="3" tests="10">' +
    '<testcase classname="tests.test_a" name="test_one" time="0.1" />' +
    '<testcase classname="tests.test_a" name="test_two" time="0.1"><failure message="m">' +
    'text</failure></testcase></testsuite></testsuites>';
  const failures = ['tests.test_a: test_two'];
  assert.deepEqual(readJunit(report), { passed: 6, failed: 1, failures });
});

test('counts and names the stories that failed, and what kept them from running', () => {
  const specs = [
    { title: 'runs', ok: true },
    { title: 'stops', ok: false }
  ];
  const report = JSON.stringify({
    stats: { expected: 5, flaky: 0, unexpected: 1 },
    errors: [],
    suites: [{ file: 'a.spec.ts', suites: [{ file: 'a.spec.ts', specs }] }]
  });
  const failures = ['a.spec.ts: stops'];
  assert.deepEqual(readPlaywright(report), { passed: 5, failed: 1, failures });
  const broken =
    '{"stats":{"expected":0,"flaky":0,"unexpected":0},"errors":[{"message":"no site"}],"suites":[]}';
  const none = { passed: 0, failed: 1, failures: ['no site'] };
  assert.deepEqual(readPlaywright(broken), none);
});

test("counts and names what failed in the site's own scripts", () => {
  const tap =
    'ok 1 - holds\nnot ok 2 - breaks\n# tests 4\n# pass 3\n# fail 1\n# cancelled 0\n';
  assert.deepEqual(readTap(tap), { passed: 3, failed: 1, failures: ['breaks'] });
});

// @ts-check
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SECTIONS, formatMachine, formatTable } from '../scripts/benchTable.mjs';

const MACHINE = '2 cores Some CPU, Linux 6, Node 20.1.0, load 1.5';

/**
 * @param {string} name
 * @param {import('../scripts/benchTable.mjs').Result[]} results
 */
const report = (name, ...results) => ({ name, machine: MACHINE, results });

/**
 * The texts of a row's cells.
 * @param {string} table
 * @param {string} metric
 */
const rowOf = (table, metric) =>
  table
    .split('\n')
    .find(line => line.startsWith(`| ${metric}`))
    ?.split('|')
    .slice(2, -1)
    .map(text => text.trim());

test('shows results beside what they are compared with, and whether aims are met', () => {
  const table = formatTable([
    report(
      'first-result',
      {
        metric: 'first visit, against plain JupyterLite',
        ...{ value: 10_699.2, unit: 'ms', baseline: 20_621.3, ratio: 0.5188 }
      },
      {
        metric: 'first visit, against the bare page',
        ...{ value: 10_699.2, unit: 'ms', baseline: 7253.8, ratio: 1.475 }
      },
      {
        metric: 'second visit, against plain JupyterLite',
        ...{ value: 5000, unit: 'ms', baseline: 20_000, ratio: 0.25 }
      },
      {
        metric: 'second visit, against the bare page',
        ...{ value: 5000, unit: 'ms', baseline: 4000, ratio: 1.25 }
      }
    )
  ]);
  assert.deepEqual(rowOf(table, 'first visit, against plain'), [
    ...['10,699 ms', '20,621 ms', '0.519', '≤ 0.4 ×', '**no**']
  ]);
  assert.deepEqual(rowOf(table, 'first visit, against the bare'), [
    ...['10,699 ms', '7,254 ms', '1.48', '≤ 1.6 ×', 'yes']
  ]);
  assert.deepEqual(rowOf(table, 'second visit, against the bare')?.slice(3), ['', '']);
  assert.doesNotMatch(table, /Volumes/, 'what did not run has no heading');
});

test('knows aims from below, and how much more something may be', () => {
  const table = formatTable([
    report('pool', { metric: 'times faster', value: 1.72, unit: '' }),
    report('volumes', {
      metric: 'opening the site with 10000 commits, without beside it',
      ...{ value: 5640, unit: 'ms', baseline: 5534, ratio: 1.02 }
    })
  ]);
  assert.deepEqual(rowOf(table, 'two branches, times faster'), [
    '1.72',
    '',
    '',
    '≥ 1.7',
    'yes'
  ]);
  assert.deepEqual(rowOf(table, 'opening the site')?.slice(3), [
    ...['≤ 100 ms more', '**no**']
  ]);
});

test('says where a report lacks what the table wants', () => {
  const table = formatTable([report('chat')]);
  assert.match(table, /chat: nothing fits .*script time.* \*\*no\*\*/);
});

test('lines up in a terminal, every row with six cells', () => {
  const results = [{ metric: 'query, median', value: 16.9, unit: 'ms' }];
  const lines = formatTable([report('search', ...results)]).split('\n');
  assert.equal(new Set(lines.map(line => line.length)).size, 1);
  assert.ok(lines.every(line => line.match(/ \|/g)?.length === 6));
});

test('names the machine once, with the loads of all', () => {
  const other = { ...report('graph'), machine: `${MACHINE}, Chromium 156` };
  assert.equal(
    formatMachine([{ ...report('pool'), machine: MACHINE.replace('1.5', '3') }, other]),
    '2 cores Some CPU, Linux 6, Node 20.1.0, Chromium 156, load 1.5 to 3 at the ends of the benchmarks'
  );
});

test('wants of each benchmark what it reports', () => {
  const benches = Object.values(SECTIONS).flatMap(rows =>
    rows.map(({ bench }) => bench)
  );
  assert.deepEqual(
    [...new Set(benches)].sort(),
    [
      ...['chat', 'evolution', 'first-result', 'graph', 'graph-panel', 'graph-run'],
      ...['native', 'pool', 'runtimes', 'search', 'skill-call', 'volumes']
    ].sort()
  );
});

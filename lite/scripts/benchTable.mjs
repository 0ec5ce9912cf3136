// @ts-check
/**
 * The one table that `npm run bench` ends with: what matters of each benchmark beside
 * what it is compared with, its aim, and whether that is met.
 */

/**
 * One line of a benchmark's report, as `ui-tests/bench/report.ts` writes it.
 * @typedef {object} Result
 * @property {string} metric
 * @property {number} value
 * @property {string} unit
 * @property {number} [baseline]
 * @property {number} [ratio] `value / baseline`.
 */

/** @typedef {{ name: string, machine?: string, date?: string, results: readonly Result[] }} Report */

/**
 * @typedef {object} Row
 * @property {string} bench Name of the benchmark.
 * @property {RegExp} metric Its metric; the first that fits.
 * @property {string} [called] What the table calls it, where its own name says too little.
 * @property {{ of: 'value' | 'ratio' | 'difference', most?: number, least?: number }} [aim]
 */

/** @typedef {NonNullable<Row['aim']>} Aim */

/** @type {(most: number) => Aim} */
const value = most => ({ of: 'value', most });
/** @type {(least: number) => Aim} */
const atLeast = least => ({ of: 'value', least });
/** @type {(most: number) => Aim} */
const ratio = most => ({ of: 'ratio', most });
/** @type {(most: number) => Aim} Of what it is more than what it is compared with. */
const more = most => ({ of: 'difference', most });

/**
 * What the table shows, by its headings; the aims stand here and nowhere else.
 * @type {Readonly<Record<string, readonly Row[]>>}
 */
export const SECTIONS = {
  'First result': [
    { bench: 'first-result', metric: /^first visit, .*plain/, aim: ratio(0.4) },
    { bench: 'first-result', metric: /^first visit, .*bare/, aim: ratio(1.6) },
    { bench: 'first-result', metric: /^second visit, .*plain/, aim: ratio(0.3) },
    { bench: 'first-result', metric: /^second visit, .*bare/ },
    { bench: 'first-result', metric: /^sent for the first/ }
  ],
  Runtimes: [
    {
      bench: 'skill-call',
      metric: /^above the function/,
      called: 'await skill(…)(…), above the function itself',
      aim: value(3)
    },
    { bench: 'runtimes', metric: /^Python, warm/, aim: value(3) },
    { bench: 'runtimes', metric: /^JavaScript, warm/, aim: value(5) },
    { bench: 'runtimes', metric: /^ngspice, warm/, aim: value(20) },
    { bench: 'runtimes', metric: /^Three.js, warm/, aim: value(50) },
    { bench: 'runtimes', metric: /^animation, script/, aim: value(4) },
    { bench: 'runtimes', metric: /^runaway skill, .*frame/, aim: value(200) },
    { bench: 'runtimes', metric: /^runaway skill, from Stop/, aim: value(200) }
  ],
  Graph: [
    { bench: 'graph', metric: /^1,000 cells from scratch/, aim: value(150) },
    { bench: 'graph', metric: /^faster than marimo$/, aim: atLeast(10) },
    { bench: 'graph', metric: /^update after an edit/, aim: value(5) },
    { bench: 'graph-panel', metric: /^first drawing/, aim: ratio(1.5) },
    { bench: 'graph-panel', metric: /^frame while panning$/ },
    { bench: 'graph-run', metric: /^beyond .*, isolated/, aim: value(60) },
    { bench: 'graph-run', metric: /^beyond .*without/, aim: value(60) },
    { bench: 'graph-run', metric: /^cached re-run, isolated/, aim: value(100) },
    { bench: 'graph-run', metric: /^cached re-run, page without/, aim: value(100) },
    { bench: 'pool', metric: /^two branches .*by hand/ },
    { bench: 'pool', metric: /^two branches .*bare/ },
    {
      bench: 'pool',
      metric: /^times faster/,
      called: 'two branches, times faster',
      aim: atLeast(1.7)
    },
    { bench: 'pool', metric: /^bare workers/ },
    { bench: 'native', metric: /^two .*processes, cells/, aim: ratio(0.59) },
    { bench: 'native', metric: /^two .*dask, cells/, aim: ratio(0.59) }
  ],
  Volumes: [
    { bench: 'volumes', metric: /^8 KB commit, git/, aim: value(10) },
    { bench: 'volumes', metric: /^8 KB commit, isomorphic/ },
    { bench: 'volumes', metric: /^last tenth/, aim: ratio(1.2) },
    { bench: 'volumes', metric: /^1 MB notebook .*git beside/, aim: value(150) },
    { bench: 'volumes', metric: /^log of .*git beside/, aim: value(150) },
    { bench: 'volumes', metric: /^opening the site/, aim: more(100) },
    { bench: 'volumes', metric: /^memory after/, aim: ratio(1.2) }
  ],
  Evolution: [
    { bench: 'evolution', metric: /^intact: exact recall/, aim: atLeast(0.99) },
    { bench: 'evolution', metric: /^intact: precision$/, aim: atLeast(0.99) },
    { bench: 'evolution', metric: /^intact: worst learned/, aim: value(0.05) },
    { bench: 'evolution', metric: /ν = 0\.1: exact recall/, aim: atLeast(0.95) },
    { bench: 'evolution', metric: /ν = 0\.2: exact recall/, aim: atLeast(0.85) },
    { bench: 'evolution', metric: /ν = 0\.3: recall at J/, aim: atLeast(0.65) },
    { bench: 'evolution', metric: /^intact: decoys/, aim: value(1.5) },
    { bench: 'evolution', metric: /^damaged .*0\.3: decoys/, aim: value(1.5) },
    { bench: 'evolution', metric: /^shuffled traces/ },
    { bench: 'evolution', metric: /^growth: 10000 traces$/, aim: value(3000) },
    { bench: 'evolution', metric: /^growth: 100000 traces$/, aim: value(30_000) },
    {
      bench: 'evolution',
      metric: /^growth: 10000 traces, heap/,
      called: 'heap in use after 10,000 traces',
      aim: value(250)
    },
    { bench: 'evolution', metric: /^one more .* 10000 .*mined/, aim: value(10) },
    { bench: 'evolution', metric: /^command line/ }
  ],
  Chat: [
    { bench: 'chat', metric: /^script time an event/, aim: value(2) },
    { bench: 'chat', metric: /^key to frame, median/ },
    { bench: 'chat', metric: /^key to frame, 95/ },
    { bench: 'chat', metric: /^key to frame, slowest/, aim: value(50) },
    { bench: 'chat', metric: /^slowest key once/, aim: value(50) }
  ],
  Search: [
    { bench: 'search', metric: /^query, median/ },
    { bench: 'search', metric: /^query, 95/ }
  ]
};

const HEAD = ['metric', 'ours', 'against', 'ratio', 'aim', 'met'];

/**
 * A number in as many digits as say something.
 * @param {number | undefined} number
 * @param {string} [unit]
 */
function number(number, unit = '') {
  if (number === undefined) {
    return '';
  }
  const digits = Math.abs(number) < 10 ? 2 : Math.abs(number) < 100 ? 1 : 0;
  const text = number.toLocaleString('en', {
    maximumFractionDigits: Math.abs(number) < 1 ? 3 : digits
  });
  return `${text} ${unit}`.trim();
}

/**
 * @param {Aim} aim
 * @param {Result} result
 */
function isMet(aim, result) {
  const measured = {
    value: result.value,
    ratio: result.ratio ?? NaN,
    difference: result.value - (result.baseline ?? NaN)
  }[aim.of];
  return measured <= (aim.most ?? Infinity) && measured >= (aim.least ?? -Infinity);
}

/**
 * An aim in words.
 * @param {Aim} aim
 * @param {string} unit
 */
function formatAim({ of, most, least }, unit) {
  const sign = least === undefined ? '≤' : '≥';
  const bound = number(least ?? most, of === 'ratio' ? '×' : unit);
  return of === 'difference' ? `${sign} ${bound} more` : `${sign} ${bound}`;
}

/**
 * @param {Row} row
 * @param {Result} result
 * @returns {string[]}
 */
function cells({ aim, called }, result) {
  return [
    called ?? result.metric,
    number(result.value, result.unit),
    number(result.baseline, result.unit),
    number(result.ratio),
    aim ? formatAim(aim, result.unit) : '',
    aim ? (isMet(aim, result) ? 'yes' : '**no**') : ''
  ];
}

/**
 * Rows of a section; those of benchmarks that did not run are left out, and a metric that
 * a report lacks says so.
 * @param {readonly Row[]} rows
 * @param {ReadonlyMap<string, Report>} reports
 * @returns {string[][]}
 */
function sectionRows(rows, reports) {
  return rows.flatMap(row => {
    const report = reports.get(row.bench);
    if (!report) {
      return [];
    }
    const result = report.results.find(({ metric }) => row.metric.test(metric));
    return [
      result
        ? cells(row, result)
        : [`${row.bench}: nothing fits ${row.metric.source}`, '', '', '', '', '**no**']
    ];
  });
}

/**
 * The whole table, in Markdown with columns that line up in a terminal too.
 * @param {readonly Report[]} all
 * @returns {string}
 */
export function formatTable(all) {
  const reports = new Map(all.map(report => [report.name, report]));
  const body = Object.entries(SECTIONS).flatMap(([title, rows]) => {
    const found = sectionRows(rows, reports);
    return found.length ? [[`**${title}**`, '', '', '', '', ''], ...found] : [];
  });
  const table = [HEAD, ...body].map(row =>
    row.map(text => text.replaceAll('|', '\\|'))
  );
  const widths = HEAD.map((_, column) =>
    Math.max(3, ...table.map(row => row[column]?.length ?? 0))
  );
  const line = (/** @type {readonly string[]} */ row) =>
    `| ${row.map((text, at) => text.padEnd(widths[at] ?? 0)).join(' | ')} |`;
  const rule = `| ${widths.map(width => '-'.repeat(width)).join(' | ')} |`;
  const [head = HEAD, ...rest] = table;
  return [line(head), rule, ...rest.map(line)].join('\n');
}

/**
 * Machine and versions, once: those of the report that says most.
 * @param {readonly Report[]} all
 */
export function formatMachine(all) {
  const machines = all.map(({ machine = '' }) => machine.replace(/, load [\d.]+/, ''));
  const fullest = machines.sort((a, b) => b.length - a.length)[0] ?? '';
  const loads = all.flatMap(({ machine = '' }) => {
    const load = /load ([\d.]+)/.exec(machine)?.[1];
    return load ? [Number(load)] : [];
  });
  const spread = loads.length
    ? `, load ${Math.min(...loads)} to ${Math.max(...loads)} at the ends of the benchmarks`
    : '';
  return `${fullest}${spread}`;
}

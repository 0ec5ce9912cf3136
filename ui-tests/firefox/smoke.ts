import { writeFileSync } from 'node:fs';

import { option } from '../bench/report';
import { FOLDERS, serveFolder } from '../siteServer';
import { FirefoxTab } from './tab';

/**
 * Opens the site as it ships in the system's Firefox, runs the notebook on which it opens,
 * and looks at its first cells. Fails with what was missing, what the page complained of, or
 * what its content security policy refused. What the cells' outputs must say; the last
 * one's is a chart.
 */
const CELLS: readonly (RegExp | null)[] = [
  /[-\u2212]1\.137/,
  /eigenvalue[^]*[-\u2212]1\.13[67]/,
  null
];

/** Runs in the page before anything else; the page's root keeps what the policy refused. */
const NOTE_REFUSALS = `() => {
  document.addEventListener('securitypolicyviolation', event => {
    const { dataset } = document.documentElement;
    dataset.refused = (dataset.refused ?? '') + event.effectiveDirective + ' ' +
      event.blockedURI + ' (' + event.sourceFile + ':' + event.lineNumber + ')\\n';
  });
}`;

/** The n-th code cell of the notebook in front, from 0. */
const cell = (index: number): string =>
  `document.querySelectorAll('.jp-NotebookPanel:not(.lm-mod-hidden) .jp-CodeCell')[${index}]`;

const within = (index: number, selector: string): string =>
  `${cell(index)}?.querySelector('${selector}')`;

/**
 * Runs all cells from the menu. A window that nobody looks at hears of no focus, without
 * which keys, and JupyterLab's own "Run All", do nothing.
 */
async function runAll(tab: FirefoxTab): Promise<void> {
  const titles = `[...document.querySelectorAll('#jp-MainMenu .lm-MenuBar-item')]`;
  await tab.click(`${titles}.find(each => each.textContent === 'Run')`);
  await tab.click(`document.querySelector('.lm-Menu [data-command="llmos:run-all"]')`);
}

/** What a cell has put out, once it has run. */
async function outputOf(tab: FirefoxTab, index: number): Promise<string> {
  const prompt = within(index, '.jp-InputArea-prompt');
  await tab.waitFor(`/\\[\\d+\\]:/.test(${prompt}?.textContent ?? '')`);
  return tab.text(`${within(index, '.jp-Cell-outputArea')}?.textContent`);
}

async function smoke(tab: FirefoxTab, url: string): Promise<void> {
  await tab.addScript(NOTE_REFUSALS);
  await tab.goto(`${url}lab/index.html?path=h2-vqe.ipynb`);
  await tab.waitFor(`${within(CELLS.length - 1, '.cm-content')} != null`);
  await tab.waitFor(`document.querySelector('#jupyterlab-splash') === null`);
  await runAll(tab);
  for (const [index, wanted] of CELLS.entries()) {
    const output = await outputOf(tab, index);
    if (wanted && !wanted.test(output)) {
      throw new Error(`Cell ${index + 1} gave: ${output}`);
    }
  }
  await tab.waitFor(
    `${within(CELLS.length - 1, '.vega-embed canvas, .vega-embed svg')} != null`
  );
  const errors = await tab.text(
    `[...document.querySelectorAll('.jp-OutputArea-error')].map(each => each.textContent).join()`
  );
  const refused = await tab.text(`document.documentElement.dataset.refused ?? ''`);
  const faults = [errors, refused, ...tab.heard].filter(fault => fault !== '');
  if (faults.length > 0) {
    throw new Error(faults.join('\n'));
  }
}

async function main(): Promise<void> {
  const server = await serveFolder(FOLDERS.site, {
    isolated: process.argv.includes('--isolated')
  });
  const tab = await FirefoxTab.open(option('firefox') ?? 'firefox');
  try {
    await smoke(tab, server.url);
    console.log(`Firefox ${tab.version}: the first cells of the notebook run.`);
  } finally {
    const picture = option('picture');
    if (picture) {
      writeFileSync(picture, await tab.picture());
    }
    await tab.close();
    await server.close();
  }
}

await main();

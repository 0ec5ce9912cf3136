import { expect, test } from '../fixtures';
import { cellDone, codeCell, notebookPanel, outputOf, startAll } from '../lab';

const CIRCUIT = '.llmos-Circuit-charts';
const SCENE = '.llmos-Scene-canvas';
const QUANTUM = '.llmos-Quantum';
const PLOT = '.vega-embed';

/**
 * What must appear under the code cells of a notebook: an element, or a text. The story
 * `firstRun` looks at `h2-vqe`.
 */
const NOTEBOOKS: Readonly<Record<string, readonly (string | RegExp)[]>> = {
  'rc-filter': [
    CIRCUIT,
    CIRCUIT,
    /corner from the simulation 33\d\.\d Hz/,
    /v\(/,
    CIRCUIT
  ],
  'three-scenes': [SCENE, SCENE, SCENE, SCENE, SCENE],
  'quantum-tour': [
    ...[QUANTUM, QUANTUM, QUANTUM, QUANTUM],
    ...[/┤ H ├/, /ground_state_energy/, /eigenvalue/, PLOT]
  ]
};

for (const [name, previews] of Object.entries(NOTEBOOKS)) {
  test(`runs ${name} from top to bottom, with a preview under each cell`, async ({
    page,
    traffic
  }) => {
    test.slow(); // A whole notebook, and Python starts first.
    await page.goto(`lab/index.html?path=${name}.ipynb`);
    await codeCell(page, previews.length - 1).waitFor();
    await expect(notebookPanel(page).locator('.jp-CodeCell')).toHaveCount(
      previews.length
    );
    await startAll(page);
    for (const index of previews.keys()) {
      await cellDone(page, index);
    }
    await expect(notebookPanel(page).locator('.jp-OutputArea-error')).toHaveCount(0);
    for (const [index, preview] of previews.entries()) {
      await codeCell(page, index).scrollIntoViewIfNeeded();
      await (typeof preview === 'string'
        ? expect(outputOf(page, index).locator(preview).first()).toBeVisible()
        : expect(outputOf(page, index)).toContainText(preview));
    }
    expect(traffic.errors).toEqual([]);
  });
}

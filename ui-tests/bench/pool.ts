import { chromium, type Page } from '@playwright/test';
import { LAUNCH } from '../browser';
import {
  codeCell,
  findSkill,
  notebookFile,
  openFile,
  outputOf,
  writeFiles
} from '../lab';
import { FOLDERS, serveFolder } from '../siteServer';
import { compared, median, option, report } from './report';
import { WORK_CODE, WORK_SKILL } from './work';

/**
 * `pool`: two independent calls of a Python skill, each some three seconds of computing,
 * by the graph (side by side in warm workers) and by hand (one after the other in the
 * kernel). The work is counted, not clocked: on one core both take the same time. Two
 * bare workers with Pyodide do the same work in turns with them: what they gain by working
 * side by side is what the machine has to give.
 */
const ROUNDS = Number(option('rounds') ?? 5);

const NOTEBOOK = 'branches.ipynb';

/** The same work by another name: what no run has timed yet is worth the workers' start. */
const WARM_UP = 'warm-up';

/** Finds out how many steps take three seconds, in the kernel. */
const CALIBRATE = `
import time
from llmos import skill
times = []
for turn in range(4):
    start = time.perf_counter()
    await skill("work")(steps=1_000_000, seed=time.time_ns() % 10**9)
    times.append(time.perf_counter() - start)
print(round(3 * 1_000_000 / min(times)))
`;

/** Cells whose two calls have inputs of their own each time: nothing is cached. */
function cells(steps: number, skill: string): readonly string[] {
  const call = (name: string, seed: string): string =>
    `${name} = await skill("${skill}")(steps=${steps}, seed=${seed})`;
  return [
    'import time\nfrom llmos import skill\nseed = time.time_ns() % 10**9',
    call('a', 'seed'),
    call('b', 'seed + 1')
  ];
}

/** Milliseconds that a command takes until all it started is done. */
async function timed(page: Page, command: string, args: object): Promise<number> {
  return page.evaluate(
    async ([id, given]) => {
      const start = performance.now();
      await globalThis.jupyterapp?.commands.execute(id, given as { notebook?: string });
      return performance.now() - start;
    },
    [command, args] as const
  );
}

/** Opens a notebook and waits for its kernel; earlier, running cells asks for one. */
async function openNotebook(page: Page, path: string, last: number): Promise<void> {
  await openFile(page, path);
  await codeCell(page, last).waitFor();
  await page.evaluate(async () => {
    const panel = globalThis.jupyterapp?.shell.currentWidget as INotebook | null;
    await panel?.sessionContext.ready;
  });
}

/** Milliseconds that two calls in bare workers take side by side, and in turn. */
async function bare(page: Page, steps: number): Promise<readonly [number, number]> {
  return page.evaluate<readonly [number, number]>(`pair(${steps})`);
}

/** What of a notebook's panel is needed here. */
interface INotebook {
  readonly sessionContext: { readonly ready: Promise<void> };
}

async function main(): Promise<void> {
  const server = await serveFolder(FOLDERS.testSite);
  const floor = await serveFolder(FOLDERS.floor);
  const browser = await chromium.launch(LAUNCH);
  try {
    const page = await browser.newPage();
    await page.goto(`${server.url}lab/index.html?reset`);
    await writeFiles(page, [
      { path: 'user:skills', type: 'directory' },
      { path: 'user:skills/work.md', type: 'file', content: WORK_SKILL },
      {
        path: `user:skills/${WARM_UP}.md`,
        type: 'file',
        content: WORK_SKILL.replace('skill_id: work', `skill_id: ${WARM_UP}`)
      },
      notebookFile('calibrate.ipynb', [CALIBRATE])
    ]);
    await findSkill(page, 'work');
    await openNotebook(page, 'calibrate.ipynb', 0);
    await timed(page, 'notebook:run-all-cells', {});
    const said = await outputOf(page, 0).innerText();
    const steps = Number(/(\d+)\s*$/.exec(said)?.[1]);
    if (!(steps > 0)) {
      throw new Error(`The work could not be measured:\n${said}`);
    }
    await writeFiles(page, [
      notebookFile(`${WARM_UP}.ipynb`, cells(1000, WARM_UP)),
      notebookFile(NOTEBOOK, cells(steps, 'work'))
    ]);
    await openNotebook(page, `${WARM_UP}.ipynb`, 2);
    await timed(page, 'llmos:run-all', { notebook: `${WARM_UP}.ipynb` });
    await openNotebook(page, NOTEBOOK, 2);
    const floorPage = await browser.newPage();
    await floorPage.goto(`${floor.url}workers.html`);
    await floorPage.evaluate(`start(${JSON.stringify(WORK_CODE)})`);
    await page.bringToFront();
    const byGraph: number[] = [];
    const byHand: number[] = [];
    const sideBySide: number[] = [];
    const inTurn: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const graph = await timed(page, 'llmos:run-all', { notebook: NOTEBOOK });
      const hand = await timed(page, 'notebook:run-all-cells', {});
      const [both, turns] = await bare(floorPage, steps);
      byGraph.push(graph);
      byHand.push(hand);
      sideBySide.push(both);
      inTurn.push(turns);
      const [g, h, b, t] = [graph, hand, both, turns].map(time => time.toFixed(0));
      console.log(
        `round ${round + 1}: ${g} ms, by hand ${h} ms; bare ${b} ms, in turn ${t} ms`
      );
    }
    const [graph, hand] = [median(byGraph), median(byHand)];
    const [both, turns] = [median(sideBySide), median(inTurn)];
    report('pool', browser.version(), [
      compared('two branches by the graph, against by hand', 'ms', graph, hand),
      compared('two branches by the graph, against bare workers', 'ms', graph, both),
      { metric: 'times faster', unit: '', value: hand / graph },
      { metric: 'bare workers, times faster', unit: '', value: turns / both }
    ]);
  } finally {
    await browser.close();
    await server.close();
    await floor.close();
  }
}

await main();

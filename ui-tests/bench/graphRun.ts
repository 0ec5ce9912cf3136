import { chromium, type Page } from '@playwright/test';
import { LAUNCH } from '../browser';
import { codeCell, notebookFile, openFile, outputOf, writeFiles } from '../lab';
import { FOLDERS, serveFolder } from '../siteServer';
import { median, option, report } from './report';

/**
 * `graph-run`: what running by the graph costs beyond the skills' own work, in the
 * example Hamiltonian → VQE → Plot → Export with a warm kernel, and how long the same run
 * takes when the cache answers it. The skills' own work is timed in Python, around the
 * one function that calls their code.
 */
const ROUNDS = Number(option('rounds') ?? 15);

const PATH = 'graph-run.ipynb';

const TIMING = `
import time
from llmos import skill, _python

own = [0.0]
if not hasattr(_python, "untimed"):
    _python.untimed = _python.execute

async def timed(entry, inputs):
    start = time.perf_counter()
    try:
        return await _python.untimed(entry, inputs)
    finally:
        own[0] += (time.perf_counter() - start) * 1000

_python.execute = timed
`;

const CELLS = [
  TIMING,
  'h = await skill("quantum-hamiltonian")(bond_length=0.735)',
  'vqe = await skill("quantum-vqe")(hamiltonian=h.hamiltonian, iterations=30)',
  'plot = await skill("plot-convergence")(trace=vqe.convergence_trace)',
  'export = await skill("export-results")(plot_image=plot.plot_image, format="png", filename="energy")',
  'print(own[0]); own[0] = 0.0'
];

/** Runs a choice by its command and gives the milliseconds that its trace says. */
async function run(page: Page, command: string, cells?: string[]): Promise<number> {
  return page.evaluate(
    async ([id, chosen, path]) => {
      const app = globalThis.jupyterapp;
      const options = { type: 'file', format: 'text', content: true } as const;
      const panel = app?.shell.currentWidget as unknown as {
        context: {
          model: { getMetadata(key: string): { session?: string } | undefined };
        };
      };
      const read = async (): Promise<string[]> => {
        const session = panel.context.model.getMetadata('llmos')?.session;
        const file = `user:sessions/${session}/traces.jsonl`;
        const model = await app?.serviceManager.contents
          .get(file, options)
          .catch(() => null);
        return String(model?.content ?? '')
          .split('\n')
          .filter(line => line !== '');
      };
      const before = (await read()).length;
      await app?.commands.execute(id, {
        notebook: path,
        ...(chosen && { cells: chosen })
      });
      // The trace is written behind the run.
      for (;;) {
        const lines = await read();
        if (lines.length > before) {
          const trace = JSON.parse(lines.at(-1) ?? '') as {
            ms: number;
            status: string;
          };
          if (trace.status !== 'success') {
            throw new Error(`The run has failed: ${lines.at(-1)}`);
          }
          return trace.ms;
        }
        await new Promise(resolve => requestAnimationFrame(resolve));
      }
    },
    [command, cells, PATH] as const
  );
}

/** Another bond length: every call of the chain is then a new one. */
async function edit(page: Page, round: number): Promise<void> {
  await page.evaluate(
    ([source]) => {
      const panel = globalThis.jupyterapp?.shell.currentWidget as unknown as {
        content: {
          widgets: { model: { sharedModel: { setSource(text: string): void } } }[];
        };
      };
      panel.content.widgets[1]?.model.sharedModel.setSource(source ?? '');
    },
    [`h = await skill("quantum-hamiltonian")(bond_length=${0.7 + round / 1000})`]
  );
}

const CHAIN = ['cell-1', 'cell-2', 'cell-3', 'cell-4'];

async function main(): Promise<void> {
  const server = await serveFolder(FOLDERS.testSite);
  const browser = await chromium.launch(LAUNCH);
  try {
    const page = await browser.newPage();
    await page.goto(`${server.url}lab/index.html?reset`);
    await page.waitForFunction(() => globalThis.jupyterapp !== undefined);
    await writeFiles(page, [notebookFile(PATH, CELLS)]);
    await openFile(page, PATH);
    await codeCell(page, CELLS.length - 1).waitFor();
    await run(page, 'llmos:run-all');
    const beyond: number[] = [];
    const cached: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      await edit(page, round);
      const whole = await run(page, 'llmos:run-selection', CHAIN);
      await run(page, 'llmos:run-selection', ['cell-5']);
      const own = Number(await outputOf(page, 5).innerText());
      beyond.push(whole - own);
      cached.push(await run(page, 'llmos:run-selection', CHAIN));
    }
    report('graph-run', browser.version(), [
      {
        metric: 'beyond the skills’ own work, 4 cells',
        unit: 'ms',
        value: median(beyond)
      },
      { metric: 'cached re-run, 4 cells', unit: 'ms', value: median(cached) }
    ]);
  } finally {
    await browser.close();
    await server.close();
  }
}

await main();

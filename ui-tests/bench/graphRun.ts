import { chromium, type Browser, type Page } from '@playwright/test';
import { codeCell, notebookFile, openFile, writeFiles } from '../lab';
import { LAUNCH } from '../browser';
import { FOLDERS, serveFolder } from '../siteServer';
import { median, option, report } from './report';

/**
 * `graph-run`: what running by the graph costs beyond the skills' own work, in the
 * example Hamiltonian → VQE → Plot → Export with a warm kernel, and how long the same run
 * takes when the cache answers it. The run's time is that of its trace. The skills' own
 * work is timed in Python, around the one function that runs their code, and asked for
 * beside the notebook: a cell that did it would be part of the graph. Python writes files
 * by another way on an isolated page, so both kinds are measured.
 */
const ROUNDS = Number(option('rounds') ?? 15);

/** Rounds that are run first and do not count: what is first used is loaded then. */
const WARM_UP = 2;

const PATH = 'graph-run.ipynb';

const CHAIN = [
  'h = await skill("quantum-hamiltonian")(bond_length=0.735)',
  'vqe = await skill("quantum-vqe")(hamiltonian=h.hamiltonian, iterations=30)',
  'plot = await skill("plot-convergence")(trace=vqe.convergence_trace)',
  'export = await skill("export-results")(plot_image=plot.plot_image, format="png", filename="energy")'
];

/** Adds up the time of outermost skills; those that they call are part of them. */
const TIMING = `
def _time_skills():
    import time
    from llmos import _python
    inner, state = _python.execute, {"depth": 0}
    _python.own_ms = 0.0

    async def timed(entry, inputs):
        start = time.perf_counter()
        state["depth"] += 1
        try:
            return await inner(entry, inputs)
        finally:
            state["depth"] -= 1
            if state["depth"] == 0:
                _python.own_ms += (time.perf_counter() - start) * 1000

    _python.execute = timed

_time_skills()
del _time_skills
`;

/** What of a notebook's panel is needed here. */
interface INotebook {
  readonly content: {
    readonly widgets: readonly {
      readonly model: { readonly sharedModel: { setSource(text: string): void } };
    }[];
  };
  readonly context: {
    readonly model: { getMetadata(key: string): { session?: string } | undefined };
  };
  readonly sessionContext: {
    readonly ready: Promise<void>;
    readonly session: {
      readonly kernel: { requestExecute(content: object): { done: Promise<IReply> } };
    };
  };
}

interface IReply {
  readonly content: {
    readonly status: string;
    readonly user_expressions?: {
      readonly value?: { readonly data?: { readonly [mime: string]: string } };
    };
  };
}

/** One node of a run's trace. */
interface INode {
  readonly id: string;
  readonly ms: number;
  readonly cached?: boolean;
}

interface IRun {
  readonly ms: number;
  readonly nodes: readonly INode[];
}

/** Runs a choice by its command and gives the trace, once the page is at rest again. */
async function run(page: Page, command: string, cells?: string[]): Promise<IRun> {
  return page.evaluate(
    async ([id, chosen, path]) => {
      const app = globalThis.jupyterapp;
      const options = { type: 'file', format: 'text', content: true } as const;
      const panel = app?.shell.currentWidget as unknown as INotebook;
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
      // The trace is written behind the run, and charts are drawn after it.
      for (;;) {
        await new Promise(resolve => requestIdleCallback(resolve));
        const lines = await read();
        if (lines.length > before) {
          const trace = JSON.parse(lines.at(-1) ?? '') as IRun & { status: string };
          if (trace.status !== 'success') {
            throw new Error(`The run has failed: ${lines.at(-1)}`);
          }
          return trace;
        }
      }
    },
    [command, cells, PATH] as const
  );
}

/** Runs code in the notebook's kernel, but not as a cell; gives the expression's text. */
async function ask(page: Page, code: string, expression = 'None'): Promise<string> {
  return page.evaluate(
    async ([source, value]) => {
      const panel = globalThis.jupyterapp?.shell.currentWidget as unknown as INotebook;
      await panel.sessionContext.ready;
      const future = panel.sessionContext.session.kernel.requestExecute({
        ...{ code: source, silent: true, store_history: false },
        user_expressions: { value }
      });
      const { content } = await future.done;
      const text = content.user_expressions?.value?.data?.['text/plain'];
      if (content.status !== 'ok' || text === undefined) {
        throw new Error(`The kernel gave no answer to ${value}.`);
      }
      return text;
    },
    [code, expression] as const
  );
}

const OWN = '__import__("llmos")._python';

/** Milliseconds of the skills' own work since this was last asked. */
async function ownWork(page: Page): Promise<number> {
  const ms = Number(await ask(page, '', `${OWN}.own_ms`));
  await ask(page, `${OWN}.own_ms = 0.0`);
  return ms;
}

/** Another bond length: every call of the chain is then a new one. */
async function edit(page: Page, round: number): Promise<void> {
  await page.evaluate(
    ([source]) => {
      const panel = globalThis.jupyterapp?.shell.currentWidget as unknown as INotebook;
      panel.content.widgets[1]?.model.sharedModel.setSource(source ?? '');
    },
    [`h = await skill("quantum-hamiltonian")(bond_length=${0.7 + round / 1000})`]
  );
}

/** Throws where the cache answered another number of cells than it should. */
function checkCached({ nodes }: IRun, expected: number): void {
  const cached = nodes.filter(node => node.cached === true).length;
  if (cached !== expected) {
    throw new Error(`The cache answered ${cached} cells, not ${expected}.`);
  }
}

/** Times of the rounds, in ms. */
interface ITimes {
  /** Of a run, less the skills' own work. */
  readonly beyond: number[];
  /** Of the same run again. */
  readonly cached: number[];
  /** Of that, less the own work of the skill that writes its file again. */
  readonly cachedBeyond: number[];
}

async function measure(page: Page): Promise<ITimes> {
  const ids = CHAIN.map((_, at) => `cell-${at + 1}`);
  const times: ITimes = { beyond: [], cached: [], cachedBeyond: [] };
  for (let round = -WARM_UP; round < ROUNDS; round++) {
    await edit(page, round + WARM_UP);
    await ownWork(page);
    const fresh = await run(page, 'llmos:run-selection', ids);
    const own = await ownWork(page);
    const again = await run(page, 'llmos:run-selection', ids);
    const written = await ownWork(page);
    checkCached(fresh, 0);
    // A file has to be written again each time: exporting is never answered.
    checkCached(again, ids.length - 1);
    if (round >= 0) {
      times.beyond.push(fresh.ms - own);
      times.cached.push(again.ms);
      times.cachedBeyond.push(again.ms - written);
      console.log(
        `round ${round + 1}: ${fresh.ms} ms, own work ${own.toFixed(0)} ms; ` +
          `cached ${again.ms} ms, own work ${written.toFixed(0)} ms`
      );
    }
  }
  return times;
}

/** Opens the example on a page of its own, warms it up and measures. */
async function visit(browser: Browser, isolated: boolean): Promise<ITimes> {
  const server = await serveFolder(FOLDERS.testSite, { isolated });
  const page = await browser.newPage();
  try {
    console.log(isolated ? 'isolated page' : 'page without isolation');
    await page.goto(`${server.url}lab/index.html?reset`);
    await page.waitForFunction(() => globalThis.jupyterapp !== undefined);
    await writeFiles(page, [notebookFile(PATH, ['from llmos import skill', ...CHAIN])]);
    await openFile(page, PATH);
    await codeCell(page, CHAIN.length).waitFor();
    await run(page, 'llmos:run-all');
    await ask(page, TIMING);
    return await measure(page);
  } finally {
    await page.close();
    await server.close();
  }
}

async function main(): Promise<void> {
  const browser = await chromium.launch(LAUNCH);
  try {
    const results = [];
    // As `npm run lab` serves it, and as hosts do that cannot send its headers.
    for (const isolated of [true, false]) {
      const times = await visit(browser, isolated);
      const where = isolated ? 'isolated page' : 'page without isolation';
      const row = (metric: string, values: number[]) => ({
        ...{ metric: `${metric}, ${where}`, unit: 'ms', value: median(values) }
      });
      results.push(
        row('beyond the skills’ own work', times.beyond),
        row('cached re-run', times.cached),
        row('cached re-run less the file written', times.cachedBeyond)
      );
    }
    report('graph-run', browser.version(), results);
  } finally {
    await browser.close();
  }
}

await main();

// @ts-check
/* global requestAnimationFrame */
/**
 * Twenty random notebooks in one page and one kernel, each run as a whole, again, after an
 * edit, and in part: what the ghost run foretells is what the trace says, and the values
 * in the kernel are those of running the cells from top to bottom without the graph.
 */

const GRAPHS = 20;
const PATH = 'graphs.ipynb';
const NAMES = ['a', 'b', 'c', 'd', 'e'];

const SKILL = `---
skill_id: mix
name: Mix
description: Mixes two numbers.
type: python-wasm
category: other
inputs:
  - { name: left, type: integer }
  - { name: right, type: integer }
  - { name: salt, type: integer }
outputs:
  - { name: value, type: integer }
---
~~~python
def execute(inputs):
    left, right, salt = inputs["left"], inputs["right"], inputs["salt"]
    return {"value": (left * 31 + right * 17 + salt * 101) % 1000003}
~~~
`;

/** The same formula without skill, cache or graph, cell after cell in a namespace. */
const REFERENCE = `
async def _reference(sources):
    import ast, inspect

    class Result:
        def __init__(self, left, right, salt):
            self.value = (left * 31 + right * 17 + salt * 101) % 1000003

    async def mix(**inputs):
        return Result(**inputs)

    space = {"skill": lambda id: mix}
    for source in sources:
        code = compile(source, "<cell>", "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
        waiting = eval(code, space)
        if inspect.isawaitable(waiting):
            await waiting
    return space

def _values(space):
    return [getattr(space[name], "value", space[name]) for name in ${JSON.stringify(NAMES)}]
`;

/** @param {number} seed A generator that gives the same numbers each time (mulberry32). */
function generator(seed) {
  let state = seed;
  /** @param {number} below */
  return below => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

/**
 * Cells of which each may read any value above it. No two calls or literals are equal, so
 * that no call is answered by chance.
 * @param {(below: number) => number} random
 * @param {() => number} fresh A number that was never given before.
 */
function randomCells(random, fresh) {
  const isResult = new Map(NAMES.map(name => [name, false]));
  const pick = () => NAMES[random(NAMES.length)] ?? 'a';
  const read = () => {
    const name = pick();
    return isResult.get(name) ? `${name}.value` : name;
  };
  // A cell a name: an edit of one value must not leave another of its cell as it was, as
  // the cache would answer what reads that, and only running tells.
  const cells = NAMES.map(name => `${name} = ${fresh()}`);
  for (let count = 5 + random(5); count > 0; count--) {
    const kind = random(6);
    const name = pick();
    if (kind < 4) {
      cells.push(
        `${name} = await skill("mix")(left=${read()}, right=${read()}, salt=${fresh()})`
      );
      isResult.set(name, true);
    } else if (kind === 4) {
      cells.push(`${name} = ${read()} * 7 + ${fresh()}`);
      isResult.set(name, false);
    } else {
      cells.push(
        isResult.get(name)
          ? `print(${name}.value, ${fresh()})`
          : `${name} += ${fresh()}`
      );
    }
  }
  return cells;
}

/**
 * Puts the skill and an empty notebook in place, opens it, and readies its kernel.
 * @param {import('@playwright/test').Page} page
 */
async function open(page) {
  await page.evaluate(
    async ([path, skill, code]) => {
      const app = Reflect.get(globalThis, 'jupyterapp');
      await app.restored;
      const { contents } = app.serviceManager;
      await contents.save('user:skills', { type: 'directory' });
      await contents.save('user:skills/mix.md', {
        ...{ type: 'file', format: 'text', content: skill }
      });
      const kernelspec = { name: 'python-llmos', display_name: 'Python (LLMos Lab)' };
      await contents.save(path, {
        ...{ type: 'notebook', format: 'json' },
        content: { cells: [], metadata: { kernelspec }, nbformat: 4, nbformat_minor: 5 }
      });
      await app.commands.execute('docmanager:open', { path });
      const panel = app.shell.currentWidget;
      await panel.context.ready;
      await panel.sessionContext.ready;
      const { kernel } = panel.sessionContext.session;
      await kernel.requestExecute({
        ...{ code: `${code}\nfrom llmos import skill`, silent: true },
        store_history: false
      }).done;
    },
    [PATH, SKILL, REFERENCE]
  );
}

/**
 * Replaces all cells, or the source of one.
 * @param {import('@playwright/test').Page} page
 * @param {readonly string[]} cells
 * @param {number} [only]
 * @param {string} [prefix] What the ids of new cells begin with.
 */
async function write(page, cells, only, prefix) {
  await page.evaluate(
    ([sources, at, start]) => {
      const app = Reflect.get(globalThis, 'jupyterapp');
      const { sharedModel } = app.shell.currentWidget.content.model;
      const texts = /** @type {string[]} */ (sources);
      if (typeof at === 'number') {
        sharedModel.getCell(at).setSource(texts[at]);
        return;
      }
      sharedModel.transact(() => {
        sharedModel.deleteCellRange(0, sharedModel.cells.length);
        sharedModel.insertCells(
          0,
          texts.map((source, index) => ({
            ...{ cell_type: 'code', id: `${String(start)}-${index}`, source }
          }))
        );
      });
    },
    [cells, only ?? null, prefix ?? '']
  );
}

/**
 * Foretells a run, does it, and gives both, with the values that the kernel then has and
 * those that it should have.
 * @param {import('@playwright/test').Page} page
 * @param {string} command
 * @param {object} choice
 * @param {readonly string[]} cells
 */
async function run(page, command, choice, cells) {
  return page.evaluate(
    async ([id, wanted, path, sources]) => {
      const app = Reflect.get(globalThis, 'jupyterapp');
      const panel = app.shell.currentWidget;
      // The service's token is an object of the extension's own: found by its name.
      const registry = Reflect.get(app, 'pluginRegistry') ?? app;
      const tokens = [...Reflect.get(registry, '_services').keys()];
      const token = tokens.find(
        each => each.name === '@llmos-lab/extension:INotebookRuns'
      );
      const runs = (await app.resolveRequiredService(token)).of(panel);
      const traces = async () => {
        const session = panel.context.model.getMetadata('llmos')?.session;
        const file = `user:sessions/${session}/traces.jsonl`;
        const found = await app.serviceManager.contents
          .get(file, { type: 'file', format: 'text', content: true })
          .catch(() => null);
        return String(found?.content ?? '')
          .split('\n')
          .filter(line => line !== '');
      };
      const before = (await traces()).length;
      const { cells: planned } = await runs.plan(wanted);
      const foretold = [...planned]
        .filter(([, { action }]) => action !== 'keep')
        .map(([cell, { action }]) => `${cell} ${action}`)
        .sort();
      await app.commands.execute(id, { notebook: path, ...Object(wanted) });
      let ran = [];
      let status = 'nothing ran';
      for (let lines = await traces(); foretold.length > 0; lines = await traces()) {
        if (lines.length > before) {
          const trace = JSON.parse(lines.at(-1) ?? '');
          status = trace.status;
          ran = trace.nodes
            .map((/** @type {{ id: string, cached?: boolean }} */ node) => {
              return `${node.id} ${node.cached ? 'cached' : 'run'}`;
            })
            .sort();
          break;
        }
        await new Promise(resolve => requestAnimationFrame(resolve));
      }
      const { kernel } = panel.sessionContext.session;
      const text = JSON.stringify(JSON.stringify(sources));
      const reply = await kernel.requestExecute({
        code: `_space = await _reference(__import__("json").loads(${text}))`,
        ...{ silent: true, store_history: false },
        user_expressions: { is: '_values(globals())', must: '_values(_space)' }
      }).done;
      const { is, must } = reply.content.user_expressions;
      const textOf = (/** @type {any} */ value) =>
        value.data?.['text/plain'] ?? value.evalue;
      return { foretold, ran, status, is: textOf(is), must: textOf(must) };
    },
    [command, choice, PATH, [...cells]]
  );
}

/**
 * @param {{ page: import('@playwright/test').Page, url: string, log: (text: string) => void }} given
 */
export default async function graphs({ page, url, log }) {
  const random = generator(20261121);
  let last = 1000;
  const fresh = () => (last += 1 + random(50));
  const counts = { graphs: 0, runs: 0, ran: 0, cached: 0 };
  await page.goto(`${url}lab/index.html?reset`);
  await page.waitForFunction(() => Reflect.get(globalThis, 'jupyterapp') !== undefined);
  await open(page);
  for (let graph = 0; graph < GRAPHS; graph++) {
    const cells = randomCells(random, fresh);
    const prefix = `g${graph}`;
    await write(page, cells, undefined, prefix);
    /** @param {string} command @param {object} choice */
    const check = async (command, choice) => {
      const { foretold, ran, status, is, must } = await run(
        page,
        command,
        choice,
        cells
      );
      const isRight = String(foretold) === String(ran) && is === must;
      if (!isRight || (status !== 'success' && status !== 'nothing ran')) {
        const shown = { graph, choice, status, cells, foretold, ran, is, must };
        throw new Error(`Not as foretold: ${JSON.stringify(shown, null, 1)}`);
      }
      counts.runs += 1;
      counts.ran += ran.filter(text => text.endsWith(' run')).length;
      counts.cached += ran.filter(text => text.endsWith(' cached')).length;
    };
    await check('llmos:run-all', { kind: 'all' });
    await check('llmos:run-all', { kind: 'all' });
    const edited = random(cells.length);
    cells[edited] = (cells[edited] ?? '').replace(/\d{4,}/, () => String(fresh()));
    await write(page, cells, edited);
    await check('llmos:run-stale', { kind: 'stale' });
    const chosen = `${prefix}-${random(cells.length)}`;
    await check('llmos:run-selection', { kind: 'selection', cells: [chosen] });
    counts.graphs += 1;
    log(`graph ${graph + 1} of ${GRAPHS}: ${cells.length} cells`);
  }
  return counts;
}

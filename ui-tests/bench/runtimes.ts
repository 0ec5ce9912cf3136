import { chromium, type Page } from '@playwright/test';
import { LAUNCH } from '../browser';
import {
  codeCell,
  findSkill,
  notebookFile,
  openFile,
  outputOf,
  promptOf,
  startCell,
  writeFiles
} from '../lab';
import { FOLDERS, serveFolder } from '../siteServer';
import { installProbe, readFrames, readProbe } from './probe';
import { median, option, report, type IResult } from './report';

/**
 * `runtimes`: what a call of each runtime costs when its skill does next to nothing:
 * the first one of a page, and the median of those after it. Three.js counts until the
 * first frame is on the page. A skill that never ends runs while somebody types, and is
 * stopped.
 */
const ROUNDS = Number(option('rounds') ?? 30);
/** How often an endless skill is stopped. */
const STOPS = 5;

const PORTS = `inputs:
  - { name: x, type: number, default: 1 }
outputs:
  - { name: y, type: number }`;

function skillFile(id: string, type: string, ports: string, code: string): string {
  const fence = { 'python-wasm': 'python', ngspice: 'spice' }[type] ?? 'javascript';
  return `---
skill_id: ${id}
name: ${id}
description: Does next to nothing, to time a call.
type: ${type}
category: other
pure: false
${ports}
---
~~~${fence}
${code}
~~~
`;
}

const SKILLS: Readonly<Record<string, string>> = {
  'bench-javascript': skillFile(
    'bench-javascript',
    'javascript',
    PORTS,
    'function execute({ x }) {\n  return { y: x };\n}'
  ),
  'bench-threejs': skillFile(
    'bench-threejs',
    'threejs',
    PORTS.replace('{ name: y, type: number }', '{ name: y, type: scene }'),
    'function execute({ x }) {\n' +
      '  const scene = new THREE.Scene();\n' +
      '  scene.add(new THREE.Mesh(new THREE.BoxGeometry(x, 1, 1), new THREE.MeshNormalMaterial()));\n' +
      '  return { y: scene };\n}'
  ),
  'bench-ngspice': skillFile(
    'bench-ngspice',
    'ngspice',
    PORTS.replace('name: y', 'name: v_out'),
    'Divider\nV1 in 0 {x}\nR1 in out 1k\nR2 out 0 1k\n.op\n.end'
  ),
  'bench-python': skillFile(
    'bench-python',
    'python-wasm',
    PORTS,
    'def execute(inputs):\n    return {"y": inputs["x"]}'
  ),
  'bench-endless': skillFile(
    'bench-endless',
    'javascript',
    PORTS,
    'function execute() {\n  while (true) {}\n}'
  )
};

/** Ids and names. */
const CALLED = [
  ['bench-python', 'Python'],
  ['bench-javascript', 'JavaScript'],
  ['bench-ngspice', 'ngspice']
] as const;

/** Times one call, then many; the call is awaited, its preview is not shown. */
function timingOf(id: string): string {
  return `
import asyncio, json, time
from llmos import skill

async def ms_of_call(x):
    start = time.perf_counter()
    _ = await skill("${id}")(x=x)
    return (time.perf_counter() - start) * 1000

async def measured():
    return [await ms_of_call(1 + i / 1000) for i in range(${ROUNDS + 1})]

print(json.dumps(await asyncio.ensure_future(measured())))
`;
}

/** One scene; what is printed is when the call began, in milliseconds of the epoch. */
const SCENE = `
import time
from llmos import skill
print(time.time() * 1000)
await skill("bench-threejs")(x=1)
`;

/** Waits as long as the page's own timeout; assertions outside tests give up early. */
async function hasRun(page: Page, cell: number): Promise<void> {
  await promptOf(page, cell)
    .filter({ hasText: /\[\d+\]:/ })
    .waitFor();
}

async function callsOf(page: Page, cell: number): Promise<readonly number[]> {
  await startCell(page, cell);
  await hasRun(page, cell);
  const text = await outputOf(page, cell).innerText();
  const line = text.split('\n').find(each => each.startsWith('['));
  if (line === undefined) {
    throw new Error(`The timing cell failed:\n${text}`);
  }
  return JSON.parse(line) as number[];
}

/** Milliseconds from the call to the first picture on the page, run after run. */
async function scenes(page: Page, cell: number): Promise<readonly number[]> {
  const times: number[] = [];
  for (let round = 0; round <= Math.min(ROUNDS, 10); round++) {
    await page.evaluate(() => {
      globalThis.llmosProbe.firstPicture = 0;
    });
    await startCell(page, cell);
    await page.waitForFunction(() => globalThis.llmosProbe.firstPicture > 0);
    const { firstPicture } = await readProbe(page);
    await hasRun(page, cell);
    const text = await outputOf(page, cell).innerText();
    times.push(firstPicture - Number(/[\d.]+/.exec(text)?.[0]));
  }
  return times;
}

/** Milliseconds from a click on the notebook's Stop button to the end of the cell. */
async function stopCell(page: Page, cell: number): Promise<number> {
  return promptOf(page, cell).evaluate(
    prompt =>
      new Promise<number>((resolve, reject) => {
        const panel = prompt.closest('.jp-NotebookPanel');
        const buttons = panel?.querySelectorAll<HTMLButtonElement>(
          '.llmos-RunToolbar button'
        );
        const button = [...(buttons ?? [])].find(each => each.textContent === 'Stop');
        if (!button || button.disabled || /\d/.test(prompt.textContent ?? '')) {
          reject(new Error('Nothing runs, or there is no button to stop it.'));
          return;
        }
        const watch = new MutationObserver(() => {
          if (/\d/.test(prompt.textContent ?? '')) {
            watch.disconnect();
            resolve(performance.now() - start);
          }
        });
        watch.observe(prompt, { childList: true, characterData: true, subtree: true });
        const start = performance.now();
        button.click();
      })
  );
}

/** What is typed into the search while a skill runs away: it filters at each key. */
const TYPED = 'spice-netlist';

/**
 * Types into the library's search while an endless skill runs, and then stops it; a few
 * times. Every key's answer is counted, of the rest the median.
 */
async function stopped(page: Page, cell: number): Promise<readonly IResult[]> {
  const [answers, pauses, ends]: [number[], number[], number[]] = [[], [], []];
  for (let round = 0; round < STOPS; round++) {
    await startCell(page, cell);
    await outputOf(page, cell).getByText('started').waitFor();
    const search = page.locator('#llmos-skill-panel').getByRole('searchbox');
    await search.fill('');
    await page.evaluate(() => {
      globalThis.llmosProbe.longestPause = 0;
      globalThis.llmosProbe.answers.length = 0;
    });
    await search.pressSequentially(TYPED);
    await page.waitForFunction(
      wanted => globalThis.llmosProbe.answers.length >= wanted,
      TYPED.length
    );
    ends.push(await stopCell(page, cell));
    const seen = await readProbe(page);
    answers.push(...seen.answers);
    pauses.push(seen.longestPause);
  }
  const ms = (metric: string, value: number): IResult => ({
    metric,
    unit: 'ms',
    value
  });
  return [
    ms('runaway skill, from a key to its frame', median(answers)),
    ms('runaway skill, slowest of these keys', Math.max(...answers)),
    ms('runaway skill, longest pause of the page', median(pauses)),
    ms('runaway skill, from Stop to the end of the cell', median(ends))
  ];
}

/** Median script time of a frame while an animation plays. */
async function frames(page: Page, cell: number): Promise<readonly IResult[]> {
  await startCell(page, cell);
  await hasRun(page, cell);
  await codeCell(page, cell).locator('.llmos-Scene-canvas').scrollIntoViewIfNeeded();
  const { script, waited, rate } = await readFrames(page, 60);
  return [
    { metric: 'animation, script of a frame', unit: 'ms', value: median(script) },
    { metric: 'animation, wait for its picture', unit: 'ms', value: median(waited) },
    { metric: 'animation, frames a second on this machine', unit: 'fps', value: rate }
  ];
}

async function main(): Promise<void> {
  const server = await serveFolder(FOLDERS.testSite);
  const browser = await chromium.launch({
    ...LAUNCH,
    args: [...(LAUNCH.args ?? []), '--enable-unsafe-swiftshader']
  });
  try {
    const page = await browser.newPage();
    page.setDefaultTimeout(120_000);
    await installProbe(page);
    await page.goto(`${server.url}lab/index.html?reset`);
    await page.waitForFunction(() => globalThis.jupyterapp !== undefined);
    await writeFiles(page, [
      { path: 'user:skills', type: 'directory' },
      ...Object.entries(SKILLS).map(([id, content]) => ({
        ...{ path: `user:skills/${id}.md`, type: 'file' as const, content }
      }))
    ]);
    await findSkill(page, 'bench-endless');
    const cells = [
      'from llmos import skill',
      ...CALLED.map(([id]) => timingOf(id)),
      'print("started")\nawait skill("bench-endless")(x=1)',
      SCENE,
      'await skill("threejs-animation")(motion="orbit", duration=2)'
    ];
    await writeFiles(page, [notebookFile('runtimes.ipynb', cells)]);
    await openFile(page, 'runtimes.ipynb');
    await startCell(page, 0);
    await hasRun(page, 0);
    const results: IResult[] = [];
    for (const [at, [, name]] of CALLED.entries()) {
      const [cold = NaN, ...warm] = await callsOf(page, at + 1);
      results.push({ metric: `${name}, first call`, unit: 'ms', value: cold });
      const metric = `${name}, warm call`;
      results.push({ metric, unit: 'ms', value: median(warm) });
    }
    // Before anything moves, which would take its share of the time.
    const stops = await stopped(page, 4);
    const [cold = NaN, ...warm] = await scenes(page, 5);
    results.push({ metric: 'Three.js, first scene', unit: 'ms', value: cold });
    const metric = 'Three.js, warm call to first frame';
    results.push({ metric, unit: 'ms', value: median(warm) });
    results.push(...(await frames(page, 6)), ...stops);
    report('runtimes', browser.version(), results);
  } finally {
    await browser.close();
    await server.close();
  }
}

await main();

import { chromium } from '@playwright/test';
import { LAUNCH } from '../browser';
import { findSkill, outputOf, runNotebook, writeFiles } from '../lab';
import { FOLDERS, serveFolder } from '../siteServer';
import { median, option, report } from './report';

/**
 * `skill-call`: what `await skill(...)(...)` of a skill that does nothing costs above a
 * call of its function, in the site's own kernel. Calls are timed in batches, because a
 * page that is not isolated has a clock of 0.1 ms; the two kinds of batch take turns.
 */
const SKILL = `---
skill_id: nothing
name: Nothing
description: Gives back what it is given, to time a call.
type: python-wasm
category: other
inputs:
  - { name: x, type: number, default: 1 }
outputs:
  - { name: y, type: number }
---
~~~python
def execute(inputs):
    return {"y": inputs["x"]}
~~~
`;

/** Calls in a batch; batches of each kind. */
const CALLS = 20;
const BATCHES = Number(option('rounds') ?? 200);

const TIMING = `
import itertools, json, time
from llmos import skill

def execute(inputs):
    return {"y": inputs["x"]}

# Each call has an input of its own: nothing is answered from the cache.
new_input = itertools.count(time.time_ns() % 10**9)

async def by_skill():
    for _ in range(${CALLS}):
        await skill("nothing")(x=next(new_input))

async def by_hand():
    for _ in range(${CALLS}):
        execute({"x": 2})

async def ms_of(batch):
    start = time.perf_counter()
    await batch()
    return (time.perf_counter() - start) * 1000 / ${CALLS}

await by_skill()
rounds = [[await ms_of(by_skill), await ms_of(by_hand)] for _ in range(${BATCHES})]
print(json.dumps(rounds))
`;

async function main(): Promise<void> {
  const server = await serveFolder(FOLDERS.testSite);
  const browser = await chromium.launch(LAUNCH);
  try {
    const page = await browser.newPage();
    await page.goto(`${server.url}lab/index.html?reset`);
    await page.waitForFunction(() => globalThis.jupyterapp !== undefined);
    await writeFiles(page, [
      { path: 'user:skills', type: 'directory' },
      { path: 'user:skills/nothing.md', type: 'file', content: SKILL }
    ]);
    await findSkill(page, 'nothing');
    await runNotebook(page, 'timing.ipynb', [TIMING]);
    const text = await outputOf(page, 0).innerText();
    if (!text.startsWith('[')) {
      throw new Error(`The timing cell failed:\n${text}`);
    }
    const rounds = JSON.parse(text) as (readonly [number, number])[];
    const bySkill = median(rounds.map(([skill]) => skill));
    const byHand = median(rounds.map(([, hand]) => hand));
    const differences = rounds.map(([skill, hand]) => skill - hand);
    report('skill-call', browser.version(), [
      { metric: 'await skill(...)(...)', unit: 'ms', value: bySkill, baseline: byHand },
      { metric: 'above the function itself', unit: 'ms', value: median(differences) }
    ]);
  } finally {
    await browser.close();
    await server.close();
  }
}

await main();

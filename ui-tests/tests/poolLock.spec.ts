import { expect, test } from '../fixtures';
import {
  codeCell,
  findSkill,
  notebookFile,
  openFile,
  outputOf,
  writeFiles
} from '../lab';

/** Looks for storage and further contexts from inside a skill. */
const ATTACK = `---
skill_id: attack
name: Attack
description: Tries to reach storage.
type: python-wasm
category: other
inputs:
  - { name: n, type: integer, default: 0 }
outputs:
  - { name: reached, type: string }
  - { name: script, type: string }
---
~~~python
import js
from pyodide.code import run_js

NAMES = ["indexedDB", "caches", "BroadcastChannel", "Worker", "SharedWorker", "localStorage",
         "sessionStorage", "cookieStore", "webkitRequestFileSystemSync"]
WAYS = ["globalThis.NAME", "new Function('return this.NAME')()", "(0, eval)('NAME')",
        "(delete globalThis.NAME, globalThis.NAME)",
        "Object.getOwnPropertyDescriptor(Object.getPrototypeOf(globalThis), 'NAME')?.get?.call(globalThis)"]

def execute(inputs):
    found = []
    codes = [way.replace("NAME", name) for name in NAMES for way in WAYS]
    codes += [f"navigator.{name}" for name in ["storage", "locks", "serviceWorker", "storageBuckets"]]
    for code in codes:
        try:
            value = run_js(code)
        except Exception:
            value = None
        if value is not None:
            found.append(code)
    return {"reached": ", ".join(found) or "nothing", "script": js.location.pathname}
~~~
`;

test('skills in workers of the pool reach neither storage nor further contexts', async ({
  page
}) => {
  await page.goto('lab/index.html?reset');
  await writeFiles(page, [
    { path: 'user:skills', type: 'directory' },
    { path: 'user:skills/attack.md', type: 'file', content: ATTACK },
    notebookFile('pool.ipynb', [
      'from llmos import skill',
      'a = await skill("attack")(n=1)',
      'b = await skill("attack")(n=2)'
    ])
  ]);
  await findSkill(page, 'attack');
  await openFile(page, 'pool.ipynb');
  await codeCell(page, 2).waitFor();
  await page.evaluate(async () => {
    await globalThis.jupyterapp?.commands.execute('llmos:run-all', {
      notebook: 'pool.ipynb'
    });
  });
  // Where one of the two ran in the kernel, the other shows what a worker sees.
  const texts = await Promise.all([1, 2].map(at => outputOf(page, at).innerText()));
  expect(texts.join('\n')).toContain('pool.worker.js');
  for (const text of texts) {
    expect(text).toMatch(/reached\s+nothing/);
  }
});

import { expect } from '@playwright/test';
import { run, test, type IArena } from '../arena';

/* Attacks on the sandbox; all but the last on one page, which must outlive them. */

/** What the page must still be able to do after an attack. */
async function expectAlive({ page, heard }: IArena): Promise<void> {
  const after = await run(page, {
    id: 'after',
    code: 'return { value: 6 * inputs.x };',
    inputs: { x: 7 }
  });
  expect(after.outputs).toEqual({ value: 42 });
  expect(heard).toEqual([]);
}

test('runs JavaScript with data in and out', async ({ arena }) => {
  const { page } = arena;
  const report = await run(page, {
    code: 'console.log("hello", inputs.list); return { value: inputs.list.map(x => x * 2) };',
    inputs: { list: [1, 2, 3] }
  });
  expect(report).toMatchObject({
    outputs: { value: [2, 4, 6] },
    logs: ['hello [1, 2, 3]']
  });
  expect(report.mimeTypes).toEqual([]);
});

test('moves typed arrays both ways', async ({ arena }) => {
  const { page } = arena;
  const sum = await page.evaluate(async () => {
    const { skills } = window as unknown as {
      skills: { run(c: unknown): Promise<{ outputs: { value: Float64Array } }> };
    };
    const { outputs } = await skills.run({
      code: 'return { value: inputs.x.map(v => v + 0.5) };',
      inputs: { x: Float64Array.of(1, 2, 3) }
    });
    return [outputs.value.constructor.name, ...outputs.value];
  });
  expect(sum).toEqual(['Float64Array', 1.5, 2.5, 3.5]);
});

const refused: readonly (readonly [string, string, RegExp])[] = [
  [
    'fetch',
    'await fetch(URL); return { value: 1 };',
    /fetch is not available: skills have no network/
  ],
  [
    'XMLHttpRequest',
    'const r = new XMLHttpRequest(); r.open("GET", URL, false); r.send();',
    /no network/
  ],
  ['WebSocket', 'new WebSocket(URL.replace("http", "ws"));', /no network/],
  ['EventSource', 'new EventSource(URL);', /no network/],
  ['importScripts', 'importScripts(URL);', /no network/],
  ['import()', 'await import(URL); return { value: 1 };', /import|module|fetch/i],
  [
    'import() of data',
    'await import("data:text/javascript,export default 1"); return { value: 1 };',
    /import|module|fetch/i
  ],
  ['indexedDB', 'indexedDB.open("x");', /no storage/],
  ['caches', 'await caches.open("x");', /no storage/],
  ['BroadcastChannel', 'new BroadcastChannel("x");', /cannot reach the page/],
  ['postMessage', 'postMessage({ kind: "done", id: 1 });', /cannot reach the page/],
  [
    'another worker',
    'new Worker(globalThis.URL.createObjectURL(new Blob(["1"])));',
    /cannot reach/
  ],
  ['parent', 'parent.document.title = "mine";', /parent is not defined/],
  ['document', 'document.cookie = "a=b";', /document is not defined/],
  ['localStorage', 'localStorage.x = 1;', /localStorage is not defined/],
  ['undeclared globals', 'leak = 1; return { value: 1 };', /leak is not defined/]
];
test('refuses network, storage, the page and other workers', async ({ arena }) => {
  const { page, foreignUrl } = arena;
  for (const [name, code, message] of refused) {
    await test.step(name, async () => {
      const url = `const URL = ${JSON.stringify(foreignUrl + encodeURIComponent(name))};`;
      const own = name === 'another worker' ? code : `${url}\n${code}`;
      const report = await run(page, { code: own });
      expect(report.outputs).toBeUndefined();
      expect(report.message).toMatch(message);
      await expectAlive(arena);
    });
  }
});

test('finds no way round through prototypes and made functions', async ({ arena }) => {
  const { page, foreignUrl } = arena;
  const code = `
    const found = [];
    const attempt = (name, work) => { try { const got = work(); if (got) found.push(name); } catch {} };
    const all = object => object ? [object, ...all(Object.getPrototypeOf(object))] : [];
    for (const name of ['fetch', 'postMessage', 'indexedDB', 'importScripts', 'XMLHttpRequest', 'WebSocket']) {
      for (const holder of all(globalThis)) {
        attempt(name, () => {
          const own = Object.getOwnPropertyDescriptor(holder, name);
          const value = own && (own.value ?? own.get?.call(globalThis));
          return value && Object.getPrototypeOf(value) !== Function.prototype ? 1 : value && value('${foreignUrl}p');
        });
      }
      attempt(name + ' by delete', () => { delete globalThis[name]; return globalThis[name]('${foreignUrl}d'); });
      attempt(name + ' by Function', () => new Function('return ' + name)()('${foreignUrl}f'));
      attempt(name + ' by eval', () => (0, eval)(name)('${foreignUrl}e'));
    }
    return { value: found };`;
  const report = await run(page, { code });
  expect(report).toMatchObject({ outputs: { value: [] } });
  await expectAlive(arena);
});

test('sends nothing out even when the original functions are had', async ({
  arena
}) => {
  const { page, foreignUrl, heard } = arena;
  // Without the guard, by the policy of the frame alone.
  const leaked = await page.evaluate(async url => {
    const frame = document.createElement('iframe');
    frame.setAttribute('sandbox', 'allow-scripts');
    frame.src = new URL('sandbox/frame.html', document.baseURI).href;
    document.body.append(frame);
    await new Promise(resolve => (frame.onload = resolve));
    const { port1, port2 } = new MessageChannel();
    frame.contentWindow?.postMessage('open', '*', [port2]);
    await new Promise(resolve => (port1.onmessage = resolve));
    const attack = `
      onmessage = async ({ data }) => {
        const tried = [];
        const t = async (name, work) => { try { await work(); tried.push(name); } catch {} };
        await t('fetch', () => fetch('${url}raw-fetch'));
        await t('no-cors', () => fetch('${url}raw-nocors', { mode: 'no-cors' }));
        await t('same origin', () => fetch('${document.baseURI}'));
        await t('xhr', () => { const x = new XMLHttpRequest(); x.open('GET', '${url}raw-xhr', false); x.send(); });
        await t('script', () => importScripts('${url}raw-script'));
        await t('own script', () => importScripts('${document.baseURI}page.js'));
        await t('blob script', () => importScripts(URL.createObjectURL(new Blob(['1']))));
        await t('socket', () => new Promise((yes, no) => { const s = new WebSocket('${url.replace('http', 'ws')}'); s.onopen = yes; s.onerror = no; }));
        await t('indexedDB', () => new Promise((yes, no) => { const r = indexedDB.open('x'); r.onsuccess = yes; r.onerror = no; }));
        await t('caches', () => caches.open('x'));
        postMessage({ kind: 'done', id: data.call.id, outcome: { outputs: { tried }, bundle: {}, logs: [] } });
      };`;
    port1.postMessage({ kind: 'load', runtime: 'javascript', code: attack });
    const answer = new Promise<string[]>(resolve => {
      port1.onmessage = ({
        data
      }: MessageEvent<{
        kind: string;
        outcome?: { outputs: { tried: string[] } };
      }>) => {
        if (data.kind === 'done' && data.outcome) {
          resolve(data.outcome.outputs.tried);
        }
      };
    });
    port1.postMessage({
      kind: 'run',
      call: {
        files: {},
        id: 1,
        runtime: 'javascript',
        key: 'a',
        skill: {},
        inputs: {},
        limits: { outputBytes: 1e6 }
      }
    });
    return answer;
  }, foreignUrl);
  expect(leaked).toEqual([]);
  expect(heard).toEqual([]);
});

test('does not let one skill tamper with the next', async ({ arena }) => {
  const { page } = arena;
  await run(page, {
    id: 'first',
    code: 'Array.prototype.map = () => ["stolen"]; globalThis.x = 1; return { value: 1 };'
  });
  const report = await run(page, {
    id: 'second',
    code: 'return { value: [1].map(v => v + 1), x: typeof x };'
  });
  expect(report.outputs).toMatchObject({ value: [2], x: 'undefined' });
});

test('lets no forged preview through', async ({ arena }) => {
  const { page } = arena;
  const code = `
    const entries = Object.entries;
    Object.fromEntries = () => ({ 'text/html': '<img src=x onerror=alert(1)>' });
    return { value: 1 };`;
  const report = await run(page, { type: 'threejs', code, outputs: ['value'] });
  expect(report.mimeTypes ?? []).not.toContain('text/html');
  await expectAlive(arena);
});

test('ends an endless loop at the time limit, and the page goes on', async ({
  arena
}) => {
  const { page } = arena;
  const report = await run(page, {
    code: 'console.log("in"); while (true) {}',
    seconds: 1
  });
  expect(report).toMatchObject({ code: 'timeout', logs: ['in'] });
  expect(report.message).toMatch(/stopped after 1 s, the time limit/);
  expect(report.ticks).toBeGreaterThan(20);
  await expectAlive(arena);
});

test('ends an endless wait and an endless print likewise', async ({ arena }) => {
  const { page } = arena;
  const wait = await run(page, { code: 'await new Promise(() => {});', seconds: 1 });
  expect(wait.code).toBe('timeout');
  const print = await run(page, { code: 'for (;;) console.log("again");', seconds: 1 });
  expect(print.code).toBe('timeout');
  expect(print.logs.length).toBeLessThanOrEqual(10_001);
  await expectAlive(arena);
});

test('stops when the person stops it', async ({ arena }) => {
  const { page } = arena;
  const report = await run(page, { code: 'while (true) {}', stopAfter: 200 });
  expect(report).toMatchObject({
    code: 'stopped',
    message: 'Skill "page-skill" was stopped.'
  });
  await expectAlive(arena);
});

test('refuses an allocation of 4 GB', async ({ arena }) => {
  const { page } = arena;
  const report = await run(page, {
    code: 'return { value: new Uint8Array(4 * 2 ** 30).length };'
  });
  expect(report).toMatchObject({ code: 'out-of-memory' });
  expect(report.message).toMatch(/asked for 4096 MB of arrays; it may hold 1024 MB/);
  await expectAlive(arena);
});

test('refuses 4 GB in small parts, by any constructor', async ({ arena }) => {
  const { page } = arena;
  const code = `
    const kept = [];
    const { constructor } = Object.getPrototypeOf(new Float64Array(1));
    for (;;) kept.push(new constructor(2 ** 23).fill(1));`;
  expect(await run(page, { code })).toMatchObject({ code: 'out-of-memory' });
  await expectAlive(arena);
});

test('refuses a huge output', async ({ arena }) => {
  const { page } = arena;
  const report = await run(page, {
    code: 'return { value: new Float64Array(2 ** 21) };',
    outputBytes: 2 ** 20
  });
  expect(report).toMatchObject({ code: 'output-too-large' });
  const text = await run(page, {
    code: 'return { value: "x".repeat(2 ** 28) };',
    outputBytes: 2 ** 20
  });
  expect(text).toMatchObject({ code: 'output-too-large' });
  await expectAlive(arena);
});

test('runs Three.js and gives a scene', async ({ arena }) => {
  const { page } = arena;
  const report = await run(page, {
    type: 'threejs',
    code: 'scene.add(new THREE.Mesh(new THREE.BoxGeometry(), new THREE.MeshNormalMaterial()));',
    outputs: ['scene']
  });
  expect(report.message).toBeUndefined();
  expect(report.outputs).toMatchObject({ scene: { object: { type: 'Scene' } } });
  expect(report.mimeTypes).toEqual([
    'application/vnd.llmos.scene.v1+json',
    'text/plain'
  ]);
  await expectAlive(arena);
});

test('names the line of an error', async ({ arena }) => {
  const { page } = arena;
  const report = await run(page, { code: 'const a = 1;\nnull.x;' });
  expect(report).toMatchObject({ code: 'skill-error', line: 2 });
});

const DIVIDER = 'divider\nv1 a 0 {{v}}\nr1 a b 1k\nr2 b 0 1k\n.op';

test('runs ngspice, names its errors, and stops it', async ({ arena }) => {
  const { page } = arena;
  const spice = { type: 'ngspice', outputs: ['v_b', 'analysis', 'axis'] };
  const first = await run(page, { ...spice, code: DIVIDER, inputs: { v: '2k5' } });
  expect(first.message).toBeUndefined();
  expect(first.outputs).toMatchObject({ analysis: 'op', axis: null });
  const failed = await run(page, {
    ...spice,
    code: `${DIVIDER}\nr3 b 0 1 bogus=3`,
    inputs: { v: 1 }
  });
  expect(failed).toMatchObject({ code: 'ngspice-error', line: 6 });
  expect(failed.message).toContain('unknown parameter (bogus)');
  const undefinedParameter = await run(page, {
    ...spice,
    code: `t\n.param x={nothing*2}\n${DIVIDER.slice(8)}`,
    inputs: { v: 1 }
  });
  expect(undefinedParameter.message).toContain('Undefined parameter [nothing]');
  const long = 't\nv1 a 0 sin(0 1 1k)\nr1 a b 1k\nc1 b 0 1u\n.tran 1n 1000';
  const stopped = await run(page, {
    type: 'ngspice',
    outputs: [],
    code: long,
    stopAfter: 500
  });
  expect(stopped).toMatchObject({ code: 'stopped' });
  const late = await run(page, {
    type: 'ngspice',
    outputs: [],
    code: long,
    seconds: 1
  });
  expect(late).toMatchObject({ code: 'timeout' });
  const again = await run(page, { ...spice, code: DIVIDER, inputs: { v: 8 } });
  expect(again.message).toBeUndefined();
});

test('finds included files beside the skill', async ({ arena }) => {
  const { page } = arena;
  const code = 't\n.include parts.lib\nv1 a 0 1\nr1 a b 1k\nd1 b 0 dm\n.op';
  const report = await run(page, { type: 'ngspice', code, outputs: ['v_b'] });
  expect(report.message).toBeUndefined();
  const missing = await run(page, {
    type: 'ngspice',
    code: code.replace('parts', 'none'),
    outputs: []
  });
  expect(missing.message).toContain('There is no file none.lib beside the skill');
});

test('hands files beside the skill to JavaScript and Three.js', async ({ arena }) => {
  const { page } = arena;
  const size = await run(page, {
    code: 'return { value: files["red.png"].length };'
  });
  expect(size.outputs).toEqual({ value: 70 });
  const textured = await run(page, {
    type: 'threejs',
    code:
      'const map = new THREE.TextureLoader().load("red.png");\n' +
      'scene.add(new THREE.Mesh(new THREE.BoxGeometry(), new THREE.MeshBasicMaterial({ map })));',
    outputs: ['scene']
  });
  expect(textured.message).toBeUndefined();
  expect(textured.outputs).toMatchObject({
    scene: { images: [{ url: expect.stringMatching(/^data:image\/png;base64,/) }] }
  });
  await expectAlive(arena);
});

test('outlives a heap that brings the frame down', async ({ arena }) => {
  test.slow(); // Filling what the browser grants takes a busy machine its time.
  // Playwright counts a page as crashed when one of its frames is, so this one is of its
  // own and tells the server how it went on.
  const page = await arena.open();
  const reports = arena.nextReports();
  await page.evaluate(() => {
    const { skills } = window as unknown as {
      skills: { run(call: unknown): Promise<unknown> };
    };
    const bomb = 'const kept = []; for (;;) kept.push(new Array(2 ** 25).fill(1.5));';
    const after = { id: 'after', code: 'return { value: 42 };' };
    const attack = async (): Promise<void> => {
      const made = [
        await skills.run({ code: bomb, seconds: 90 }),
        await skills.run(after)
      ];
      await fetch('report', { method: 'POST', body: JSON.stringify(made) });
    };
    void attack();
  });
  const [first, second] = await reports;
  expect(first).toMatchObject({ code: 'out-of-memory' });
  expect(first?.message).toMatch(/stopped answering, most likely because a skill used/);
  expect(first?.ticks).toBeGreaterThan(100);
  expect(second).toMatchObject({ outputs: { value: 42 } });
  await page.close();
});

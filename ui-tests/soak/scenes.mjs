// @ts-check
/* global OffscreenCanvas, requestAnimationFrame */
/**
 * Three.js outputs made and dropped two hundred times, half of them with their cell,
 * then fifty that are alive at once: nothing may be left on the GPU, no context, no
 * listener, and every scene must have been drawn.
 */

const ROUNDS = 200;
const SCENES = 50;
/** Listeners and nodes that come and go with what the page does meanwhile. */
const SLACK = 200;
/** Deleted cells from which it is learned what JupyterLab itself keeps of each. */
const PLAIN_ROUNDS = 10;
const MIME = 'application/vnd.llmos.scene.v1+json';
const TEXTURE =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

/** A cube with a texture that turns for two seconds, as a skill sends it. */
const BUNDLE = {
  v: 1,
  view: { duration: 2, shadows: false, background: null },
  scene: {
    metadata: { version: 4.6, type: 'Object' },
    geometries: [{ uuid: 'g', type: 'BoxGeometry', width: 1, height: 1, depth: 1 }],
    images: [{ uuid: 'i', url: TEXTURE }],
    textures: [{ uuid: 't', image: 'i' }],
    materials: [{ uuid: 'm', type: 'MeshStandardMaterial', map: 't' }],
    animations: [
      {
        name: 'turn',
        duration: 2,
        tracks: [
          {
            name: 'cube.rotation[y]',
            type: 'number',
            times: [0, 2],
            values: [0, 6.283]
          }
        ],
        uuid: 'c',
        blendMode: 2500
      }
    ],
    object: {
      uuid: 's',
      type: 'Scene',
      animations: ['c'],
      children: [
        { uuid: 'o', type: 'Mesh', name: 'cube', geometry: 'g', material: 'm' }
      ]
    }
  }
};

/** Counts WebGL contexts, before the page's own scripts run. */
function countContexts() {
  const counts = { made: 0, lost: 0 };
  Reflect.set(globalThis, 'llmosContexts', counts);
  const { getContext } = OffscreenCanvas.prototype;
  const known = new WeakSet();
  /** @param {any[]} given */
  OffscreenCanvas.prototype.getContext = function (...given) {
    const context = Reflect.apply(getContext, this, given);
    if (String(given[0]).startsWith('webgl') && context && !known.has(context)) {
      known.add(context);
      counts.made += 1;
      this.addEventListener('webglcontextlost', () => (counts.lost += 1));
    }
    return context;
  };
}

/**
 * Opens a notebook of `cells` empty code cells; no kernel is needed.
 * @param {import('@playwright/test').Page} page
 * @param {string} path
 * @param {number} cells
 */
async function openNotebook(page, path, cells) {
  await page.evaluate(
    async ([file, count]) => {
      const app = Reflect.get(globalThis, 'jupyterapp');
      await app.restored;
      const content = {
        cells: Array.from({ length: Number(count) }, (_, at) => ({
          ...{ cell_type: 'code', id: `scene-${at}`, metadata: {}, outputs: [] },
          ...{ execution_count: null, source: '' }
        })),
        metadata: { kernelspec: { name: 'python-llmos', display_name: 'Python' } },
        nbformat: 4,
        nbformat_minor: 5
      };
      await app.serviceManager.contents.save(file, {
        ...{ type: 'notebook', format: 'json', content }
      });
      await app.commands.execute('docmanager:open', {
        path: file,
        kernelPreference: { shouldStart: false }
      });
    },
    [path, cells]
  );
  await page
    .locator('.jp-NotebookPanel:not(.lm-mod-hidden) .jp-CodeCell')
    .first()
    .waitFor();
}

/**
 * How many canvases of scenes are in memory, in the page or not; collects garbage.
 * @param {import('@playwright/test').CDPSession} session
 */
async function countCanvases(session) {
  const objectGroup = 'canvases';
  const { result } = await session.send('Runtime.evaluate', {
    ...{ expression: 'HTMLCanvasElement.prototype', objectGroup }
  });
  const { objects } = await session.send('Runtime.queryObjects', {
    ...{ prototypeObjectId: result.objectId ?? '', objectGroup }
  });
  const counted = await session.send('Runtime.callFunctionOn', {
    objectId: objects.objectId,
    functionDeclaration: `function () {
      return this.filter(each => each.className === 'llmos-Scene-canvas').length;
    }`,
    returnByValue: true
  });
  await session.send('Runtime.releaseObjectGroup', { objectGroup });
  return Number(counted.result.value);
}

/** @param {import('@playwright/test').Page} page */
async function measure(page) {
  const session = await page.context().newCDPSession(page);
  const canvases = await countCanvases(session);
  const { metrics } = await session
    .send('Performance.enable')
    .then(() => session.send('Performance.getMetrics'));
  await session.detach();
  /** @param {string} name */
  const metric = name => metrics.find(each => each.name === name)?.value ?? NaN;
  const page_ = await page.evaluate(async () => {
    const app = Reflect.get(globalThis, 'jupyterapp');
    const memory = await app.commands.execute('llmos:scene-memory', { silent: true });
    const { made, lost } = Reflect.get(globalThis, 'llmosContexts');
    return { ...memory, contexts: made - lost };
  });
  return {
    ...page_,
    canvases,
    listeners: metric('JSEventListeners'),
    nodes: metric('Nodes'),
    heapMegabytes: Math.round(metric('JSHeapUsedSize') / 2 ** 20)
  };
}

/**
 * Shows the scene in the first cell, waits for its picture, and drops it.
 * @param {import('@playwright/test').Page} page
 * @param {{ withCell: boolean }} how
 */
async function round(page, { withCell }) {
  await page.evaluate(
    async ([mime, bundle, isCellToo]) => {
      const app = Reflect.get(globalThis, 'jupyterapp');
      const { content } = app.shell.currentWidget;
      const { sharedModel } = content.model;
      const cell = content.widgets[0];
      const data = { [String(mime)]: bundle, 'text/plain': 'a scene' };
      cell.model.outputs.add({ output_type: 'display_data', data, metadata: {} });
      await new Promise(resolve => {
        const look = () => {
          const output = cell.model.outputs.get(0);
          // The picture joins the output once the scene has been drawn.
          if (output?.data['image/png']) {
            resolve(null);
          } else {
            requestAnimationFrame(look);
          }
        };
        look();
      });
      cell.model.outputs.clear();
      if (isCellToo) {
        sharedModel.insertCell(1, { cell_type: 'code', source: '' });
        sharedModel.deleteCell(0);
      }
    },
    [MIME, BUNDLE, withCell]
  );
}

/**
 * Listeners that stay of a deleted cell that had a text under it: JupyterLab's toolbar
 * elements are never let go by their toolkit, and with them stays the cell's node.
 * @param {import('@playwright/test').Page} page
 */
async function listenersOfPlainCell(page) {
  const before = await measure(page);
  for (let made = 0; made < PLAIN_ROUNDS; made++) {
    await page.evaluate(async () => {
      const { content } = Reflect.get(globalThis, 'jupyterapp').shell.currentWidget;
      const { sharedModel } = content.model;
      const { outputs } = content.widgets[0].model;
      const data = { 'text/plain': 'no scene' };
      outputs.add({ output_type: 'display_data', data, metadata: {} });
      await new Promise(requestAnimationFrame);
      outputs.clear();
      sharedModel.insertCell(1, { cell_type: 'code', source: '' });
      sharedModel.deleteCell(0);
      await new Promise(requestAnimationFrame);
    });
  }
  const after = await measure(page);
  return (after.listeners - before.listeners) / PLAIN_ROUNDS;
}

/**
 * Shows fifty scenes and scrolls to each.
 * @param {import('@playwright/test').Page} page
 */
async function showAll(page) {
  await openNotebook(page, 'many-scenes.ipynb', SCENES);
  return page.evaluate(
    async ([mime, bundle]) => {
      const app = Reflect.get(globalThis, 'jupyterapp');
      const { content } = app.shell.currentWidget;
      let drawn = 0;
      for (const cell of content.widgets) {
        const data = { [String(mime)]: bundle, 'text/plain': 'a scene' };
        cell.model.outputs.add({ output_type: 'display_data', data, metadata: {} });
        await new Promise(resolve => {
          const look = () => {
            if (cell.model.outputs.get(0)?.data['image/png']) {
              drawn += 1;
              resolve(null);
            } else {
              // Only what is on screen is drawn.
              cell.node.querySelector('.llmos-Scene-canvas')?.scrollIntoView();
              requestAnimationFrame(look);
            }
          };
          look();
        });
      }
      return drawn;
    },
    [MIME, BUNDLE]
  );
}

/**
 * @param {{ page: import('@playwright/test').Page, url: string, log: (text: string) => void }} soak
 */
export default async function soakScenes({ page, url, log }) {
  await page.addInitScript(countContexts);
  await page.goto(new URL('lab/index.html?reset', url).href);
  await page.waitForFunction(() => Reflect.has(globalThis, 'jupyterapp'));
  await openNotebook(page, 'scenes.ipynb', 1);
  // What is loaded once and kept is not counted.
  await round(page, { withCell: false });
  await round(page, { withCell: true });
  const plain = await listenersOfPlainCell(page);
  const before = await measure(page);
  for (let made = 1; made <= ROUNDS; made++) {
    await round(page, { withCell: made % 2 === 0 });
    if (made % 50 === 0) {
      log(`${made} scenes: ${JSON.stringify(await measure(page))}`);
    }
  }
  const after = await measure(page);
  const drawn = await showAll(page);
  const many = await measure(page);
  const cells = ROUNDS / 2;
  const keptListeners = Math.round(after.listeners - before.listeners - plain * cells);
  const counts = { before, after, keptListeners, alive: { drawn, ...many } };
  const leaks = [
    after.scenes > 0 && 'scenes stay',
    after.geometries > before.geometries && 'geometries stay on the GPU',
    after.textures > before.textures && 'textures stay on the GPU',
    after.contexts > 1 && 'WebGL contexts stay',
    keptListeners > SLACK && 'listeners stay',
    after.canvases > before.canvases && 'canvases stay',
    many.scenes !== SCENES && 'not every scene is alive',
    drawn < SCENES && 'not every scene was drawn',
    many.contexts !== 1 && 'scenes do not share one context'
  ].filter(Boolean);
  if (leaks.length > 0) {
    throw new Error(`${leaks.join(', ')}: ${JSON.stringify(counts)}`);
  }
  return counts;
}

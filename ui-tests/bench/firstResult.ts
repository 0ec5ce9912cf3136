import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import type { BrowserContext, Page } from '@playwright/test';
import { LAUNCH } from '../browser';
import { FOLDERS, serveFolder } from '../siteServer';
import { compared, median, option, report } from './report';
import { countSent } from './sent';

/**
 * `first-result`: from navigation in a fresh profile until the first numpy result is on
 * the page. Times are read inside the page by a mutation observer, so they hold nothing
 * of the driver. Sites take turns, and the turn's order changes every round.
 */
interface ISite {
  readonly name: 'site' | 'baseline' | 'floor';
  readonly folder: string;
  readonly path: string;
}

/** Both visits of one round, in milliseconds. */
interface IVisits {
  readonly first: number;
  readonly second: number;
}

declare global {
  /** Milliseconds from navigation to the result; set by `watchForResult`. */
  var llmosFirstResult: number | undefined;
}

const LAB = 'lab/index.html?path=h2-vqe.ipynb';
const SITE: ISite = { name: 'site', folder: FOLDERS.site, path: LAB };
const BASELINE: ISite = { name: 'baseline', folder: FOLDERS.baseline, path: LAB };
const FLOOR: ISite = { name: 'floor', folder: FOLDERS.floor, path: '' };
const SITES = [SITE, BASELINE, FLOOR];

/** The energy of hydrogen that every one of the sites computes; either minus sign. */
const RESULT = '[-\u2212]1\\.137';

/** Runs in the page before anything else: notes when the result is there. */
function watchForResult(result: string): void {
  const pattern = new RegExp(result);
  const observer = new MutationObserver(() => {
    const outputs = document.querySelectorAll('.jp-OutputArea-output, #output');
    const there = [...outputs].some(node => pattern.test(node.textContent ?? ''));
    if (there) {
      observer.disconnect();
      // The frame that shows it.
      requestAnimationFrame(() => {
        globalThis.llmosFirstResult = performance.now();
      });
    }
  });
  observer.observe(document, { childList: true, subtree: true, characterData: true });
}

const CELL = '.jp-Notebook .jp-CodeCell';

/** Milliseconds after which a person who sees no sign of a run starts it again. */
const PATIENCE_MS = 500;

/**
 * Runs the first code cell as soon as a person could: a click and Shift+Enter in the first
 * frame in which a click reaches its editor and the notebook has a kernel, without which
 * JupyterLab would ask for one. The driver's own clicks look for that after 20, 50, 100
 * and 500 ms, which is a good part of a second visit.
 */
async function runFirstCell(page: Page): Promise<void> {
  for (let hasBegun = false; !hasBegun;) {
    const { x, y } = await reachable(page);
    await page.mouse.click(x, y);
    if (await page.evaluate(() => globalThis.llmosFirstResult !== undefined)) {
      throw new Error(
        'The result was on the page before the cell ran: nothing to time.'
      );
    }
    await page.keyboard.press('Shift+Enter');
    hasBegun = await begins(page);
  }
}

/** Where a click reaches the first code cell's editor, once there is such a place. */
async function reachable(page: Page): Promise<{ x: number; y: number }> {
  const found = await page.waitForFunction(
    editor => {
      const box = document.querySelector(editor)?.getBoundingClientRect();
      const kernel = document.querySelector('.jp-NotebookPanel .jp-KernelName');
      const name = kernel?.textContent ?? '';
      if (!box || name === '' || name === 'No Kernel') {
        return null;
      }
      const place = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
      const hit = document.elementFromPoint(place.x, place.y);
      return hit?.closest(editor) ? place : null;
    },
    `${CELL} .cm-content`,
    { polling: 'raf', timeout: 120_000 }
  );
  return (await found.jsonValue()) ?? { x: NaN, y: NaN };
}

/** Whether the first code cell soon shows that it runs, or has run. */
function begins(page: Page): Promise<boolean> {
  return page.evaluate(
    ([cell, patience]) =>
      new Promise<boolean>(done => {
        const end = performance.now() + patience;
        const look = (): void => {
          const prompt = document.querySelector(`${cell} .jp-InputPrompt`);
          const isRun = /[*0-9]/.test(prompt?.textContent ?? '');
          if (isRun || performance.now() > end) {
            done(isRun);
          } else {
            requestAnimationFrame(look);
          }
        };
        look();
      }),
    [CELL, PATIENCE_MS] as const
  );
}

async function visit(
  context: BrowserContext,
  url: string,
  site: ISite,
  stayMs = 0
): Promise<number> {
  const page = await context.newPage();
  try {
    await page.addInitScript(watchForResult, RESULT);
    await page.goto(url + site.path, { waitUntil: 'commit' });
    if (site.name !== 'floor') {
      await runFirstCell(page);
    }
    await page.waitForFunction(
      () => globalThis.llmosFirstResult !== undefined,
      undefined,
      {
        timeout: 120_000
      }
    );
    await page.waitForTimeout(stayMs);
    return await page.evaluate(() => globalThis.llmosFirstResult ?? NaN);
  } finally {
    await page.close();
  }
}

/**
 * A person stays on a page longer than its first result takes; meanwhile the site keeps
 * itself, and browsers compile for the next visit what they have read.
 */
const STAY_MS = 20_000;

/** One round of one site: a fresh profile, a first visit, a second one. */
async function round(url: string, site: ISite): Promise<IVisits & { version: string }> {
  const profile = mkdtempSync(join(tmpdir(), 'llmos-bench-'));
  const context = await chromium.launchPersistentContext(profile, LAUNCH);
  try {
    const first = await visit(context, url, site, STAY_MS);
    const second = await visit(context, url, site);
    return { first, second, version: context.browser()?.version() ?? 'unknown' };
  } finally {
    await context.close();
    rmSync(profile, { recursive: true, force: true });
  }
}

/** Megabytes that a first visit is sent until its result is there. */
async function sentFor(site: ISite): Promise<number> {
  const server = await serveFolder(site.folder);
  const counter = await countSent(server.url);
  const browser = await chromium.launch(LAUNCH);
  try {
    await visit(await browser.newContext(), counter.url, site);
    return counter.bytes() / 1e6;
  } finally {
    await browser.close();
    await counter.close();
    await server.close();
  }
}

async function main(): Promise<void> {
  const rounds = Number(option('rounds') ?? 5);
  const missing = SITES.find(site => !existsSync(site.folder));
  if (missing) {
    throw new Error(
      `There is no ${missing.folder}. Run "npm run build" and "node ui-tests/bench/baseline.mjs" first.`
    );
  }
  const times = new Map<string, IVisits[]>(SITES.map(site => [site.name, []]));
  let version = '';
  for (let turn = 0; turn < rounds; turn++) {
    const order = SITES.map((_, at) => SITES[(at + turn) % SITES.length]);
    for (const site of order) {
      if (!site) {
        continue;
      }
      const server = await serveFolder(site.folder);
      try {
        const visits = await round(server.url, site);
        version = visits.version;
        times.get(site.name)?.push(visits);
        console.log(
          `round ${turn + 1} of ${rounds}: ${site.name} ${visits.first.toFixed(0)} ms, ` +
            `again ${visits.second.toFixed(0)} ms`
        );
      } finally {
        await server.close();
      }
    }
  }
  const of = (name: ISite['name'], which: keyof IVisits): number =>
    median((times.get(name) ?? []).map(visits => visits[which]));
  const sent = await sentFor(SITE);
  const baselineSent = await sentFor(BASELINE);
  report('first-result', version, [
    ...(['first', 'second'] as const).flatMap(which => [
      compared(
        `${which} visit, against plain JupyterLite`,
        'ms',
        of('site', which),
        of('baseline', which)
      ),
      compared(
        `${which} visit, against the bare page`,
        'ms',
        of('site', which),
        of('floor', which)
      )
    ]),
    compared('sent for the first result', 'MB', sent, baselineSent)
  ]);
}

await main();

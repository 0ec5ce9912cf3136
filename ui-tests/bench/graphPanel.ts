import { chromium, type Page } from '@playwright/test';
import { build } from 'esbuild';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { LAUNCH } from '../browser';
import { ROOT } from '../siteServer';
import { compared, median, option, report, slow } from './report';

type Kind = 'panel' | 'bare';

/** What the page in `extension/test/graph/benchPage.tsx` offers. */
interface IBenchPage {
  draw(kind: Kind, count: number): Promise<{ shown: number; whole: number }>;
  frames(count: number): Promise<readonly number[]>;
}

/**
 * `graph-panel`: the panel's canvas with 2,000 nodes against bare React Flow with the same
 * nodes, edges, sizes and view, in one page of its own. The two take turns.
 */
const NODES = Number(option('nodes') ?? 2000);
const ROUNDS = Number(option('rounds') ?? 9);

/** Frames of one drag that are timed. */
const FRAMES = 90;

/** Script and style of the page. */
async function bundle(): Promise<{ readonly script: string; readonly style: string }> {
  const { outputFiles } = await build({
    entryPoints: [join(ROOT, 'extension/test/graph/benchPage.tsx')],
    ...{ bundle: true, write: false, outdir: '/', format: 'iife', target: 'es2022' },
    alias: {
      '@llmos-lab/skills': join(ROOT, 'skills/src/index.ts'),
      path: join(ROOT, 'node_modules/path-browserify')
    },
    define: { 'process.env.NODE_ENV': '"production"', 'process.env': '{}' },
    loader: { '.svg': 'text' },
    logLevel: 'error',
    minify: true
  });
  const textOf = (end: string): string =>
    outputFiles.find(({ path }) => path.endsWith(end))?.text ?? '';
  const own = ['category', 'status', 'graph'].map(name =>
    readFileSync(join(ROOT, `extension/style/${name}.css`), 'utf8')
  );
  return { script: textOf('.js'), style: [textOf('.css'), ...own].join('\n') };
}

function call<T>(
  page: Page,
  run: (bench: IBenchPage, value: { kind: Kind; count: number }) => Promise<T>,
  value: { kind: Kind; count: number }
): Promise<T> {
  const body = `(${run.toString()})(globalThis.benchPage, ${JSON.stringify(value)})`;
  return page.evaluate<T>(body);
}

/** Frame times while the pointer drags the canvas. */
async function pan(page: Page): Promise<readonly number[]> {
  await page.mouse.move(700, 20);
  await page.mouse.down();
  const timing = call(page, (bench, { count }) => bench.frames(count), {
    kind: 'panel',
    count: FRAMES
  });
  let isDone = false;
  const times = timing.finally(() => {
    isDone = true;
  });
  for (let step = 0; !isDone; step++) {
    await page.mouse.move(700 - (step % 400), 20 + (step % 300));
  }
  await page.mouse.up();
  return times;
}

async function main(): Promise<void> {
  const { script, style } = await bundle();
  const browser = await chromium.launch(LAUNCH);
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    await page.setContent('<!doctype html><body></body>');
    await page.addStyleTag({ content: style });
    await page.addScriptTag({ content: script });
    const drawn: Record<Kind, number[]> = { panel: [], bare: [] };
    const whole: Record<Kind, number[]> = { panel: [], bare: [] };
    const frames: Record<Kind, number[]> = { panel: [], bare: [] };
    for (let round = 0; round <= ROUNDS; round++) {
      for (const kind of ['bare', 'panel'] as const) {
        const times = await call(
          page,
          (bench, each) => bench.draw(each.kind, each.count),
          {
            kind,
            count: NODES
          }
        );
        const panned = await pan(page);
        // The first round warms the browser up.
        if (round > 0) {
          drawn[kind].push(times.shown);
          whole[kind].push(times.whole);
          frames[kind].push(...panned);
        }
      }
    }
    report('graph-panel', browser.version(), [
      compared(
        `first drawing of ${NODES} nodes`,
        'ms',
        median(drawn.panel),
        median(drawn.bare)
      ),
      compared('until nodes are whole', 'ms', median(whole.panel), median(whole.bare)),
      compared('frame while panning', 'ms', median(frames.panel), median(frames.bare)),
      compared('frame while panning, 95 %', 'ms', slow(frames.panel), slow(frames.bare))
    ]);
  } finally {
    await browser.close();
  }
}

await main();

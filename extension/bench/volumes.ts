/**
 * `volumes`: commits of notebooks into a volume in the browser, beside isomorphic-git on
 * lightning-fs in the same browser and the `git` command on this machine's disk; what
 * stays in memory; and what a volume of many commits adds to the opening of the site.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext, type Page } from '@playwright/test';
import { build } from 'esbuild';
import { LAUNCH } from '../../ui-tests/browser';
import { FOLDERS, serveFolder } from '../../ui-tests/siteServer';
import {
  compared,
  median,
  option,
  report,
  type IResult
} from '../../ui-tests/bench/report';
import type { IDurabilityTimes, IVolumeTimes } from './volumesPage';

const COUNT = Number(option('rounds') ?? 10_000);
/** isomorphic-git slows with each file; more would take all day. */
const THEIR_COUNT = Math.min(COUNT, 500);
/** Commits between two looks at the memory. */
const MEMORY_COMMITS = 500;
/** Commits of each durability. */
const DURABILITY_COMMITS = 300;
const OPENINGS = Number(option('openings') ?? 5);
const PROFILES = mkdtempSync(join(tmpdir(), 'llmos-profiles-'));
const PAGE = 'bench-volumes.html';

interface IBenchPage {
  readonly volumeBench: {
    ours(count: number): Promise<IVolumeTimes>;
    grow(name: string, count: number): Promise<void>;
    durability(count: number): Promise<IDurabilityTimes>;
  };
  readonly gitBench: { theirs(count: number): Promise<IVolumeTimes> };
}

/** A page with a program made of the extension's own sources, at the site's address. */
async function bundle(name: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join('extension', 'bench', `${name}.ts`)],
    ...{ bundle: true, write: false, format: 'iife', target: 'es2022' },
    alias: {
      '@llmos-lab/skills': join(process.cwd(), 'skills/src/index.ts'),
      'isomorphic-git': join(
        process.cwd(),
        'node_modules/isomorphic-git/index.umd.min.js'
      )
    }
  });
  const program = (outputFiles[0]?.text ?? '').replaceAll('</script', '<\\/script');
  return `<!doctype html><script>${program}</script>`;
}

async function openPage(
  context: BrowserContext,
  url: string,
  body: string
): Promise<Page> {
  const page = await context.newPage();
  page.setDefaultTimeout(0);
  const contentType = 'text/html; charset=utf-8';
  await page.route(`${url}${PAGE}`, route => route.fulfill({ contentType, body }));
  await page.goto(url + PAGE);
  return page;
}

/** A browser with a profile on disk, as people have it: a context alone writes nothing. */
const openProfile = (name: string): Promise<BrowserContext> =>
  chromium.launchPersistentContext(join(PROFILES, name), LAUNCH);

/** Bytes of JavaScript after a collection, before and after commits. */
async function memory(page: Page): Promise<readonly [number, number]> {
  const session = await page.context().newCDPSession(page);
  const used = async (): Promise<number> => {
    await session.send('HeapProfiler.collectGarbage');
    await session.send('HeapProfiler.collectGarbage');
    return (await session.send('Runtime.getHeapUsage')).usedSize;
  };
  const grow = (count: number): Promise<void> =>
    page.evaluate(
      wanted =>
        (globalThis as unknown as IBenchPage).volumeBench.grow('bench-memory', wanted),
      count
    );
  // What is compiled and cached at first is no leak.
  await grow(100);
  const before = await used();
  await grow(MEMORY_COMMITS);
  return [before, await used()];
}

/** Milliseconds from navigation until the lab is restored, by turns with and without. */
async function openings(
  url: string,
  body: string
): Promise<{ readonly empty: readonly number[]; readonly full: readonly number[] }> {
  const name = `llmos-volume-user:${new URL(url).pathname}`;
  const filled = await openProfile('full');
  const filler = await openPage(filled, url, body);
  await filler.evaluate(
    ([volume, count]) =>
      (globalThis as unknown as IBenchPage).volumeBench.grow(volume, count),
    [name, COUNT] as const
  );
  // A browser that has just written so much is still at work on it.
  await filled.close();
  const contexts = {
    empty: await openProfile('empty'),
    full: await openProfile('full')
  };
  const times = { empty: [] as number[], full: [] as number[] };
  for (let round = 0; round <= OPENINGS; round++) {
    const kinds =
      round % 2 === 0 ? (['empty', 'full'] as const) : (['full', 'empty'] as const);
    for (const kind of kinds) {
      const page = await contexts[kind].newPage();
      page.setDefaultTimeout(120_000);
      await page.goto(`${url}lab/index.html`);
      await page.waitForFunction(() => globalThis.jupyterapp !== undefined);
      const time = await page.evaluate(async () => {
        await globalThis.jupyterapp?.restored;
        return performance.now();
      });
      // The first visit fills the browser's caches.
      if (round > 0) {
        times[kind].push(time);
      }
      await page.close();
    }
  }
  await Promise.all(Object.values(contexts).map(context => context.close()));
  return times;
}

/** The `git` command, on a notebook of the same size, one commit after another. */
function native(size: number, count: number): readonly number[] {
  const folder = mkdtempSync(join(tmpdir(), 'llmos-bench-'));
  const git = (...args: string[]): void => {
    execFileSync('git', args, { cwd: folder, stdio: 'ignore' });
  };
  try {
    git('init', '-q');
    git('config', 'user.name', 'Ana');
    git('config', 'user.email', 'ana@example.org');
    return Array.from({ length: count }, (_, at) => {
      const text = `{"cells": [], "n": ${at}}`.padEnd(size, ' ');
      const start = performance.now();
      writeFileSync(join(folder, `n-${at % 100}.ipynb`), text);
      git('add', '.');
      git('commit', '-q', '-m', `Change ${at}`);
      return performance.now() - start;
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** `git log` of as many commits. */
function nativeLog(count: number): readonly number[] {
  const folder = mkdtempSync(join(tmpdir(), 'llmos-bench-'));
  try {
    const commits = Array.from({ length: count }, (_, at) => {
      const message = `Change ${at}`;
      const head = `commit refs/heads/main\ncommitter Ana <ana@example.org> ${at} +0000\n`;
      return `${head}data ${message.length}\n${message}\nM 644 inline n-${at % 100}\ndata 1\nx\n`;
    });
    execFileSync('git', ['init', '-q', '--bare', folder]);
    const git = ['-C', folder];
    execFileSync('git', [...git, 'fast-import', '--quiet'], {
      input: commits.join('')
    });
    return Array.from({ length: 5 }, () => {
      const start = performance.now();
      execFileSync('git', [...git, 'log', 'main'], { maxBuffer: 1 << 28 });
      return performance.now() - start;
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function measure(
  context: BrowserContext,
  url: string
): Promise<readonly IResult[]> {
  const ours = await bundle('volumesPage');
  const page = await openPage(context, url, ours);
  const own = await page.evaluate(
    count => (globalThis as unknown as IBenchPage).volumeBench.ours(count),
    COUNT
  );
  const { strict, relaxed } = await page.evaluate(
    count => (globalThis as unknown as IBenchPage).volumeBench.durability(count),
    DURABILITY_COMMITS
  );
  const [before, after] = await memory(page);
  await page.close();
  const other = await openPage(context, url, await bundle('volumesGitPage'));
  const theirs = await other.evaluate(
    count => (globalThis as unknown as IBenchPage).gitBench.theirs(count),
    THEIR_COUNT
  );
  await other.close();
  const { empty, full } = await openings(url, ours);
  const tenth = Math.max(1, Math.floor(own.commits.length / 10));
  const commit = median(own.commits);
  const large = median(own.large);
  const log = median(own.log);
  const megabyte = 1024 * 1024;
  return [
    compared('8 KB commit, git beside it', 'ms', commit, median(native(8_000, 50))),
    compared(
      `8 KB commit, isomorphic-git on lightning-fs beside it (${THEIR_COUNT})`,
      ...(['ms', commit, median(theirs.commits)] as const)
    ),
    compared(
      '8 KB commit, with relaxed durability beside it',
      ...(['ms', median(strict), median(relaxed)] as const)
    ),
    compared(
      `last tenth of ${own.commits.length} commits, the first beside it`,
      'ms',
      median(own.commits.slice(-tenth)),
      median(own.commits.slice(0, tenth))
    ),
    compared(
      '1 MB notebook into it, git beside it',
      'ms',
      large,
      median(native(1e6, 9))
    ),
    compared(
      '1 MB notebook into it, isomorphic-git beside it',
      ...(['ms', large, median(theirs.large)] as const)
    ),
    compared(
      `log of ${own.entries}, git beside it`,
      'ms',
      log,
      median(nativeLog(COUNT))
    ),
    compared(
      `log of ${own.entries}, isomorphic-git's of ${theirs.entries} beside it`,
      ...(['ms', log, median(theirs.log)] as const)
    ),
    compared(
      `opening the site with ${COUNT} commits, without beside it`,
      ...(['ms', median(full), median(empty)] as const)
    ),
    compared(
      `memory after ${MEMORY_COMMITS} more commits, before beside it`,
      ...(['MB', after / megabyte, before / megabyte] as const)
    )
  ];
}

async function main(): Promise<void> {
  const server = await serveFolder(FOLDERS.testSite);
  const context = await openProfile('commits');
  try {
    const version = context.browser()?.version() ?? '';
    report('volumes', version, await measure(context, server.url));
  } finally {
    await context.close();
    await server.close();
    rmSync(PROFILES, { recursive: true });
  }
}

await main();

/**
 * `volumes`: commits of notebooks into a volume in the browser, beside the `git`
 * command on this machine's disk.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { buildSync } from 'esbuild';
import { LAUNCH } from '../../ui-tests/browser';
import {
  compared,
  median,
  option,
  report,
  type IResult
} from '../../ui-tests/bench/report';
import type { IVolumeTimes } from './volumesPage';

const COUNT = Number(option('rounds') ?? 10_000);

interface IBench {
  ours(count: number): Promise<IVolumeTimes>;
}

/** The page's program, made of the extension's own sources. */
function bundle(): string {
  const { outputFiles } = buildSync({
    entryPoints: [join('extension', 'bench', 'volumesPage.ts')],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    alias: { '@llmos-lab/skills': join(process.cwd(), 'skills/src/index.ts') }
  });
  return outputFiles[0]?.text ?? '';
}

const PAGE = '<!doctype html><script src="bench.js"></script>';

async function inPage(program: string): Promise<{
  version: string;
  own: IVolumeTimes;
}> {
  const scripts: Record<string, string> = { '/bench.js': program };
  const server = createServer((request, response) => {
    const script = scripts[request.url ?? ''];
    response.setHeader(
      'content-type',
      `text/${script ? 'javascript' : 'html'}; charset=utf-8`
    );
    response.end(script ?? PAGE);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const browser = await chromium.launch(LAUNCH);
  try {
    const page = await browser.newPage();
    page.setDefaultTimeout(0);
    await page.goto(`http://localhost:${(server.address() as AddressInfo).port}/`);
    const own = await page.evaluate(
      count =>
        (globalThis as unknown as { volumeBench: IBench }).volumeBench.ours(count),
      COUNT
    );
    return { version: browser.version(), own };
  } finally {
    await browser.close();
    server.close();
  }
}

/** `git add` and `git commit` of a notebook of the same size, one after another. */
function native(count: number): readonly number[] {
  const folder = mkdtempSync(join(tmpdir(), 'llmos-bench-'));
  const git = (...args: string[]): void => {
    execFileSync('git', args, { cwd: folder, stdio: 'ignore' });
  };
  try {
    git('init', '-q');
    git('config', 'user.name', 'Ana');
    git('config', 'user.email', 'ana@example.org');
    return Array.from({ length: count }, (_, at) => {
      const text = `{"cells": [], "n": ${at}}`.padEnd(8000, ' ');
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

async function main(): Promise<void> {
  const { version, own } = await inPage(bundle());
  const tenth = Math.max(1, Math.floor(own.commits.length / 10));
  const all = median(own.commits);
  const results: IResult[] = [
    compared('8 KB commit, git beside it', 'ms', all, median(native(50))),
    compared(
      `last tenth of ${own.commits.length} commits, the first beside it`,
      'ms',
      median(own.commits.slice(-tenth)),
      median(own.commits.slice(0, tenth))
    ),
    { metric: '1 MB notebook into it', value: median(own.large), unit: 'ms' },
    { metric: `log of ${own.entries}`, value: median(own.log), unit: 'ms' }
  ];
  report('volumes', version, results);
}

await main();

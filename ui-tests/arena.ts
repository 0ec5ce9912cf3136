import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, extname, join } from 'node:path';
import { test as base, type Browser, type Page } from '@playwright/test';
import { buildSync } from 'esbuild';
import { LAUNCH } from './browser';

/*
 * Where the sandbox is attacked: a page that holds the runtimes and nothing else, and a
 * second server that plays the foreign host and must never hear a thing.
 */

const KERNEL = join(__dirname, '../kernel');

/** How a call of the page ended; see `kernel/test/runtimes/sandboxPage.ts`. */
export interface IReport {
  outputs?: Record<string, unknown>;
  mimeTypes?: string[];
  logs: string[];
  code?: string;
  message?: string;
  line?: number;
  ticks: number;
}

/** The page under attack and its surroundings. */
export interface IArena {
  readonly page: Page;
  /** Another page of the same kind, for attacks that bring a page's frame down. */
  open(): Promise<Page>;
  /** Where the foreign host answers, with a slash at the end. */
  readonly foreignUrl: string;
  /** What the foreign host has been asked for. */
  readonly heard: readonly string[];
  /** The next reports that a page sends by `POST report`. */
  nextReports(): Promise<readonly IReport[]>;
}

/** A server on a free local port, and its address with a slash at the end. */
async function listen(answer: RequestListener): Promise<[Server, string]> {
  const made = createServer(answer);
  await new Promise<void>(resolve => made.listen(0, '127.0.0.1', resolve));
  return [made, `http://localhost:${(made.address() as AddressInfo).port}/`];
}

async function close(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise(resolve => server.close(resolve));
}

/** Builds the page with the policy of the site into `folder`. */
function buildPage(folder: string): void {
  execFileSync('node', [join(KERNEL, 'scripts/sandbox.mjs'), join(folder, 'sandbox')]);
  const { outputFiles } = buildSync({
    entryPoints: [join(KERNEL, 'test/runtimes/sandboxPage.ts')],
    alias: { '@llmos-lab/skills': join(KERNEL, '../skills/src/index.ts') },
    bundle: true,
    format: 'iife',
    write: false
  });
  const script = outputFiles[0]?.text ?? '';
  // That of the frame, as the build puts it into the site's pages.
  const frame = readFileSync(join(folder, 'sandbox/frame.html'), 'utf8');
  const hash = /'sha256-[^']+'/.exec(frame)?.[0] ?? '';
  const policy =
    `default-src 'self'; script-src 'self' 'wasm-unsafe-eval' 'unsafe-eval' ${hash}; ` +
    `style-src 'self' 'unsafe-inline'; connect-src 'self' blob: data:; ` +
    `worker-src 'self' blob:; frame-src 'self' blob:; object-src 'none'`;
  writeFileSync(join(folder, 'page.js'), script);
  writeFileSync(
    join(folder, 'index.html'),
    `<!doctype html><meta charset="utf-8">` +
      `<meta http-equiv="Content-Security-Policy" content="${policy}">` +
      `<body><script src="page.js"></script></body>`
  );
}

/** Serves `folder`; whatever is posted goes to `onPost`. */
function filesOf(folder: string, onPost: (body: string) => void): RequestListener {
  return (request, response) => {
    if (request.method === 'POST') {
      let body = '';
      request.on('data', chunk => (body += String(chunk)));
      request.on('end', () => {
        response.end();
        onPost(body);
      });
      return;
    }
    const path = request.url === '/' ? '/index.html' : (request.url ?? '');
    const within = path.startsWith('/sandbox/') ? 'sandbox' : '.';
    const type = extname(path) === '.html' ? 'text/html' : 'text/javascript';
    try {
      const body = readFileSync(join(folder, within, basename(path)));
      response.writeHead(200, { 'content-type': type }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  };
}

async function withArena(
  browser: Browser,
  use: (arena: IArena) => Promise<void>
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'llmos-sandbox-'));
  buildPage(folder);
  let onReports: (reports: readonly IReport[]) => void = () => undefined;
  const [server, pageUrl] = await listen(
    filesOf(folder, body => onReports(JSON.parse(body) as IReport[]))
  );
  const heard: string[] = [];
  const [foreign, foreignUrl] = await listen((request, response) => {
    heard.push(request.url ?? '');
    const headers = {
      'access-control-allow-origin': '*',
      'content-type': 'text/javascript'
    };
    response.writeHead(200, headers).end('self.leaked = true;');
  });
  const open = async (): Promise<Page> => {
    const page = await browser.newPage();
    await page.goto(pageUrl);
    return page;
  };
  const nextReports = (): Promise<readonly IReport[]> =>
    new Promise(resolve => (onReports = resolve));
  const page = await open();
  await use({ page, open, foreignUrl, heard, nextReports });
  await page.close();
  await Promise.all([close(server), close(foreign)]);
  rmSync(folder, { recursive: true, force: true });
}

/**
 * Tests in one arena: bundling and starting the page takes longer than most attacks. When
 * one fails, those after it get a fresh one.
 */
export const test = base.extend<object, { readonly arena: IArena }>({
  arena: [({ browser }, use) => withArena(browser, use), { scope: 'worker' }]
});
test.use({ launchOptions: LAUNCH });

/** Runs one skill in `page`. */
export function run(page: Page, call: Record<string, unknown>): Promise<IReport> {
  return page.evaluate(
    given =>
      (
        window as unknown as { skills: { run(c: unknown): Promise<IReport> } }
      ).skills.run(given),
    call
  );
}

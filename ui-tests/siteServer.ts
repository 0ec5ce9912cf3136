import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';

/** The repository: the folder above that holds the site's scripts. */
function findRoot(from: string): string {
  if (existsSync(join(from, 'lite', 'scripts', 'serve.mjs'))) {
    return from;
  }
  const up = dirname(from);
  if (up === from) {
    throw new Error('Run this inside the repository.');
  }
  return findRoot(up);
}

export const ROOT = findRoot(process.cwd());
const CACHE = join(ROOT, 'lite', '.cache');

/** The folders that stories and benchmarks serve. */
export const FOLDERS = {
  site: join(ROOT, 'lite', 'dist'),
  testSite: join(CACHE, 'test-site'),
  baseline: join(CACHE, 'baseline-site'),
  floor: join(CACHE, 'floor-site')
} as const;

export interface IServeOptions {
  /** Sub-path below which the site answers, `/` when absent. */
  readonly base?: string;
  /** Whether to send the headers that give the page SharedArrayBuffer. */
  readonly isolated?: boolean;
}

/** A folder that the site's own server serves on a free local port. */
export interface ISiteServer {
  /** Where the site's root answers, with a slash at the end. */
  readonly url: string;
  close(): Promise<void>;
}

/** Starts `lite/scripts/serve.mjs` on a folder; throws what it says when it cannot. */
export async function serveFolder(
  folder: string,
  options: IServeOptions = {}
): Promise<ISiteServer> {
  const base = options.base ?? '/';
  const server = spawn(process.execPath, [
    join(ROOT, 'lite', 'scripts', 'serve.mjs'),
    ...['--port', '0', '--folder', folder, '--base', base],
    ...(options.isolated ? [] : ['--not-isolated'])
  ]);
  const said: string[] = [];
  server.stderr.on('data', (chunk: Buffer) => said.push(chunk.toString()));
  for await (const line of createInterface(server.stdout)) {
    said.push(line);
    const origin = /http:\/\/[^/]+/.exec(line)?.[0];
    if (origin) {
      return {
        url: origin + base,
        close: async () => {
          server.kill();
          await once(server, 'exit');
        }
      };
    }
  }
  throw new Error(`The site's server ended: ${said.join('\n')}`);
}

import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';

/** A folder served over HTTP on a free local port. */
export interface IStaticServer {
  /** Where the folder's root answers, with a slash at the end. */
  readonly url: string;
  close(): Promise<void>;
}

/** What browsers insist on; the rest may be anything. */
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.ipynb': 'application/json',
  '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml',
  '.webmanifest': 'application/manifest+json'
};

/** The file that a request names inside `root`, or null when it leaves or misses it. */
async function fileOf(root: string, path: string): Promise<string | null> {
  const file = join(root, normalize(decodeURIComponent(path)));
  if (file !== root && !file.startsWith(join(root, '/'))) {
    return null;
  }
  const at = path.endsWith('/') ? join(file, 'index.html') : file;
  const found = await stat(at).catch(() => null);
  return found?.isFile() ? at : null;
}

/**
 * Serves `root` as any plain static host would, below `prefix` when one is given.
 *
 * Files carry `no-cache` with a date, so that a second visit asks whether they changed
 * and is told 304, as on most static hosts. The benchmarks serve all their sites by it.
 */
export async function serveFolder(root: string, prefix = '/'): Promise<IStaticServer> {
  const server = createServer((request, response) => {
    const answer = async (): Promise<void> => {
      const { pathname } = new URL(request.url ?? '/', 'http://localhost');
      const file = pathname.startsWith(prefix)
        ? await fileOf(root, `/${pathname.slice(prefix.length)}`)
        : null;
      if (!file) {
        response.writeHead(404, { 'content-type': 'text/plain' }).end('Not found');
        return;
      }
      const { size, mtime } = await stat(file);
      const modified = mtime.toUTCString();
      const headers = {
        'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
        'cache-control': 'no-cache',
        'last-modified': modified
      };
      if (request.headers['if-modified-since'] === modified) {
        response.writeHead(304, headers).end();
        return;
      }
      response.writeHead(200, { ...headers, 'content-length': size });
      createReadStream(file).pipe(response);
    };
    answer().catch((error: unknown) => response.destroy(error as Error));
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://localhost:${port}${prefix}`,
    close: () =>
      new Promise((resolve, reject) => {
        server.close(error => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      })
  };
}

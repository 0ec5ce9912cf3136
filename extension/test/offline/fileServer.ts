import { createHash } from 'node:crypto';

import type { ISiteBuild } from '../../src/offline/worker/siteBuild';

/** Where the site of these tests stands. */
export const SCOPE = 'https://example.org/lab-site/';

type Files = Record<string, string>;

/** What the build writes of some files. */
export function buildOf(version: string, files: Files): ISiteBuild {
  const entries = Object.entries(files).map(([path, text]) => {
    const bytes = Buffer.from(text);
    const hash = createHash('sha256').update(bytes).digest('hex');
    return [path, [hash, bytes.length]] as const;
  });
  return { version, files: Object.fromEntries(entries) };
}

/** The service worker's file of a build, as far as it is read. */
export function workerFile(version: string): string {
  return `const LLMOS_SITE={"version":"${version}","files":{}};\n`.padEnd(300, '/');
}

/** A server of some files, which remembers what it was asked for. */
export class FileServer {
  constructor(public files: Files) {}

  /** What it answers for a file that it has; null without a network. */
  status: number | null = 200;
  readonly asked: string[] = [];

  readonly fetch = (request: RequestInfo): Promise<Response> => {
    const path = decodeURIComponent(new Request(request).url.slice(SCOPE.length));
    this.asked.push(path);
    if (this.status === null) {
      return Promise.reject(new TypeError('Failed to fetch'));
    }
    const text = this.files[path];
    const headers = { 'content-type': 'text/plain', etag: '"1"' };
    return Promise.resolve(
      text === undefined
        ? new Response('Not there', { status: 404 })
        : new Response(text, { headers, status: this.status })
    );
  };
}

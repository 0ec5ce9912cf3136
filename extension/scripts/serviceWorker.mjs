/**
 * Bundles the site's service worker as one classic script into `lib/site/`; the site's
 * assembly puts it into the root, behind the list of files that it keeps.
 * Run by the build: `npm run build:service-worker -w @llmos-lab/extension`.
 */
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

await build({
  entryPoints: [
    fileURLToPath(new URL('../src/offline/worker/service.worker.ts', import.meta.url))
  ],
  outfile: fileURLToPath(new URL('../lib/site/service-worker.js', import.meta.url)),
  bundle: true,
  minify: true,
  format: 'iife',
  target: 'es2022',
  legalComments: 'none',
  logLevel: 'warning'
});

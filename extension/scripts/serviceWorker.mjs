/**
 * Bundles the site's service workers, each as one classic script, into `lib/site/`; the
 * site's assembly puts the one that serves into the root, behind the list of files that
 * it keeps.
 * Run by the build: `npm run build:service-worker -w @llmos-lab/extension`.
 */
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const pathOf = (/** @type {string} */ path) =>
  fileURLToPath(new URL(path, import.meta.url));

await build({
  entryPoints: {
    'service-worker': pathOf('../src/offline/worker/service.worker.ts'),
    'precompile.worker': pathOf('../src/offline/worker/precompile.worker.ts')
  },
  outdir: pathOf('../lib/site'),
  bundle: true,
  minify: true,
  format: 'iife',
  target: 'es2022',
  legalComments: 'none',
  logLevel: 'warning'
});

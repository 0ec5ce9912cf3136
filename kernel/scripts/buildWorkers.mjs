// @ts-check
/**
 * Bundles what the page loads as files of its own, into `kernel/lib/site/`: the boot
 * script (a classic script, since it stands in the page's head), the workers
 * (modules, complete in themselves) and the kernel's icon. What the build itself runs to
 * make Python's snapshot goes to `kernel/lib/build/`.
 */
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const source = fileURLToPath(new URL('../src/lite/', import.meta.url));
const outdir = fileURLToPath(new URL('../lib/site/', import.meta.url));

/** @type {import('esbuild').BuildOptions} */
const common = {
  absWorkingDir: source,
  outdir,
  bundle: true,
  minify: true,
  target: 'es2022',
  legalComments: 'none',
  logLevel: 'warning',
  mainFields: ['module', 'main']
};

await build({ ...common, entryPoints: ['boot.ts'], format: 'iife' });
await build({
  ...common,
  entryPoints: ['comlink.worker.ts', 'coincident.worker.ts', 'pool.worker.ts'],
  format: 'esm'
});
await build({
  ...common,
  entryPoints: { snapshot: 'snapshot/make.ts' },
  outdir: fileURLToPath(new URL('../lib/build/', import.meta.url)),
  outExtension: { '.js': '.mjs' },
  platform: 'node',
  minify: false,
  format: 'esm'
});
copyFileSync(
  fileURLToPath(new URL('../lite/style/python.svg', import.meta.url)),
  join(outdir, 'python.svg')
);

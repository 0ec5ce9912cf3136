/**
 * Pages of their own that the site serves under `llmos/`, beside the application, with
 * the scripts and styles that they bring: they must work where that cannot start.
 * Run by the build: `npm run build:pages -w @llmos-lab/extension`.
 */
import { appendFileSync, cpSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
const target = join(here, '../lib/site');

mkdirSync(target, { recursive: true });
cpSync(join(here, '../pages'), target, { recursive: true });
// The list looks the same there as in the application's dialog.
appendFileSync(
  join(target, 'preflight.css'),
  readFileSync(join(here, '../style/preflight.css'))
);
await build({
  entryPoints: [join(here, '../src/guide/preflight/page.ts')],
  outfile: join(target, 'preflight.js'),
  bundle: true,
  minify: true,
  format: 'esm',
  // Older browsers than the application itself needs: it is for them, too.
  target: 'es2020',
  legalComments: 'none',
  logLevel: 'warning'
});

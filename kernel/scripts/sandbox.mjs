/**
 * Bundles what runs outside the page into kernel/lib/site/sandbox/: the sandbox page with
 * its script and policy inside, one classic script a runtime, the ngspice worker and its
 * engine. The site serves the folder as llmos/sandbox/.
 *
 * The frame has no origin, so it can load nothing: its script stands in the page, allowed
 * by its hash, and the page hands it the runtimes' scripts as text.
 */
import { createHash } from 'node:crypto';
import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const KERNEL = join(dirname(fileURLToPath(import.meta.url)), '..');
const OUT = process.argv[2] ?? join(KERNEL, 'lib/site/sandbox');

/** The text of one bundle. */
async function bundle(entry, format) {
  const { outputFiles } = await build({
    entryPoints: [join(KERNEL, 'src/host', entry)],
    alias: { '@llmos-lab/skills': join(KERNEL, '../skills/src/index.ts') },
    bundle: true,
    minify: true,
    format,
    target: 'es2022',
    write: false,
    legalComments: 'inline',
    logLevel: 'warning'
  });
  return outputFiles[0].text;
}

/** `script` as a page that may run this script, workers made from blobs, and no more. */
function framePage(script) {
  const hash = createHash('sha256').update(script).digest('base64');
  const policy = [
    "default-src 'none'",
    `script-src 'sha256-${hash}' 'unsafe-eval'`,
    'worker-src blob:',
    "base-uri 'none'",
    "form-action 'none'"
  ].join('; ');
  return (
    `<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n` +
    `<meta http-equiv="Content-Security-Policy" content="${policy}">\n` +
    `<title>Sandbox</title>\n</head>\n<body><script>${script}</script></body>\n</html>\n`
  );
}

/** The engine's file, which its package lets be found by import alone. */
function engineFile() {
  const require = createRequire(import.meta.url);
  for (const folder of require.resolve.paths('eecircuit-engine') ?? []) {
    const file = join(folder, 'eecircuit-engine/dist/eecircuit-engine.mjs');
    try {
      return require.resolve(file);
    } catch {
      continue;
    }
  }
  throw new Error('eecircuit-engine is not installed. Run npm install first.');
}

await rm(OUT, { recursive: true, force: true });
await mkdir(OUT, { recursive: true });
const script = (await bundle('sandboxFrame.ts', 'iife')).replaceAll(
  '</script',
  '<\\/script'
);
await writeFile(join(OUT, 'frame.html'), framePage(script));
await writeFile(
  join(OUT, 'javascript.js'),
  await bundle('javascript.worker.ts', 'iife')
);
await writeFile(join(OUT, 'threejs.js'), await bundle('threejs.worker.ts', 'iife'));
await writeFile(join(OUT, 'ngspice.js'), await bundle('ngspice.worker.ts', 'esm'));
await cp(engineFile(), join(OUT, 'eecircuit-engine.mjs'));

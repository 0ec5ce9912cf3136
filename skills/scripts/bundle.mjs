#!/usr/bin/env node
// Bundles the command line into one file that needs Node alone: skills/dist/llmos.mjs.
// Importable (`bundleCommandLine()`) and runnable (`node skills/scripts/bundle.mjs`).
import { chmod } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const SKILLS = resolve(dirname(fileURLToPath(import.meta.url)), '..');

/** Dependencies in CommonJS call `require` for Node's own modules. */
const BANNER = `#!/usr/bin/env node
import { createRequire as createRequireOfNode } from 'node:module';
const require = createRequireOfNode(import.meta.url);`;

/** Writes the bundle and gives back its path. */
export async function bundleCommandLine(outfile = resolve(SKILLS, 'dist/llmos.mjs')) {
  // Imported here, so that scripts which run before `npm install` may import this file.
  const { build } = await import('esbuild');
  await build({
    entryPoints: [resolve(SKILLS, 'cli/main.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    banner: { js: BANNER },
    alias: { '@llmos-lab/skills': resolve(SKILLS, 'src/index.ts') },
    // ngspice's engine is 20 MB with its WebAssembly inside: loaded from node_modules
    // when a netlist is really run.
    external: ['eecircuit-engine'],
    legalComments: 'none',
    logLevel: 'warning'
  });
  await chmod(outfile, 0o755);
  return outfile;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  console.log(await bundleCommandLine());
}

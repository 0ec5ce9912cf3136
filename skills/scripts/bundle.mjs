#!/usr/bin/env node
// Bundles the command line into one file that needs Node alone: skills/dist/llmos.mjs.
// Importable (`bundleCommandLine()`) and runnable (`node skills/scripts/bundle.mjs`).
import { chmod, rename } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const SKILLS = resolve(dirname(fileURLToPath(import.meta.url)), '..');

/** Dependencies in CommonJS call `require` for Node's own modules. */
const BANNER = `#!/usr/bin/env node
import { createRequire as createRequireOfNode } from 'node:module';
const require = createRequireOfNode(import.meta.url);`;

const ALIAS = { '@llmos-lab/skills': resolve(SKILLS, 'src/index.ts') };

/**
 * `engine:NAME` is the text of a script for a bare engine, such as QuickJS: it has all that
 * runs skills of one type, Three.js too.
 * @param {typeof import('esbuild').build} build
 * @returns {import('esbuild').Plugin}
 */
function engineScripts(build) {
  const folder = resolve(SKILLS, '../kernel/src/runtimes/engine');
  return {
    name: 'engine-scripts',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^engine:/ }, ({ path }) => ({
        path: resolve(folder, `${path.slice('engine:'.length)}Engine.ts`),
        namespace: 'engine'
      }));
      onLoad({ filter: /.*/, namespace: 'engine' }, async ({ path }) => {
        const { outputFiles } = await build({
          entryPoints: [path],
          bundle: true,
          minify: true,
          format: 'iife',
          // What QuickJS reads.
          target: 'es2020',
          alias: ALIAS,
          write: false,
          legalComments: 'none',
          logLevel: 'warning'
        });
        return { contents: outputFiles[0]?.text ?? '', loader: 'text' };
      });
    }
  };
}

/** Writes the bundle and gives back its path. */
export async function bundleCommandLine(outfile = resolve(SKILLS, 'dist/llmos.mjs')) {
  // Imported here, so that scripts which run before `npm install` may import this file.
  const { build } = await import('esbuild');
  // Moved there whole: tests of several files may run it while another one builds it.
  const scratch = `${outfile}.${process.pid}.tmp`;
  await build({
    entryPoints: [resolve(SKILLS, 'cli/main.ts')],
    outfile: scratch,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    banner: { js: BANNER },
    alias: ALIAS,
    plugins: [engineScripts(build)],
    legalComments: 'none',
    logLevel: 'warning'
  });
  await chmod(scratch, 0o755);
  await rename(scratch, outfile);
  return outfile;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  console.log(await bundleCommandLine());
}

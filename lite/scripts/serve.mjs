// @ts-check
/** Serves the built site: `node lite/scripts/serve.mjs [--port N] [--base /x/] [--not-isolated]`. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { SetupError, runMain, say } from './log.mjs';
import { publicHost, readServeOptions } from './options.mjs';
import { SITE, START_PAGE } from './paths.mjs';
import { createSiteServer, listen } from './siteServer.mjs';

/**
 * Serves until the process ends.
 * @param {ReturnType<typeof readServeOptions>} options
 * @returns {Promise<string>} The address of the start page.
 */
export async function serve(options) {
  const folder = resolve(options.folder ?? SITE);
  if (!existsSync(join(folder, 'index.html'))) {
    throw new SetupError(`There is no site in ${folder}.`, 'Build it: npm run build.');
  }
  const { base, isolated } = options;
  const server = createSiteServer({ folder, base, isolated });
  let port;
  try {
    port = await listen(server, options);
  } catch (error) {
    throw new SetupError(
      `Cannot listen on ${options.host}:${options.port}: ${error instanceof Error ? error.message : String(error)}.`,
      'Choose another with --host and --port.'
    );
  }
  return `http://${publicHost(options.host)}:${port}${base}${START_PAGE}`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await runMain(async () => {
    say(`LLMos Lab: ${await serve(readServeOptions(process.argv.slice(2)))}`);
  });
}

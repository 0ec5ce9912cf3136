// @ts-check
/** `npm run lab`: sets up, builds what is not current, serves, and prints the address. */
import { buildAll } from './build.mjs';
import { runMain, say } from './log.mjs';
import { readServeOptions } from './options.mjs';
import { serve } from './serve.mjs';

await runMain(async () => {
  const options = readServeOptions(process.argv.slice(2));
  say('Setting up LLMos Lab');
  await buildAll({ allowCdn: options.allowCdn });
  say(`LLMos Lab: ${await serve(options)}`);
});

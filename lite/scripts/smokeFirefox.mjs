// @ts-check
/** `npm run smoke:firefox`: the demo notebook in the system's Firefox. */
import { buildAll } from './build.mjs';
import { findFirefox, smokeFirefox } from './firefox.mjs';
import { SetupError, runMain } from './log.mjs';
import { setUpTests } from './setup.mjs';

await runMain(async () => {
  const firefox = findFirefox();
  if (!firefox) {
    throw new SetupError(
      'There is no Firefox here.',
      'Install it (Debian: apt-get install firefox-esr; Ubuntu: the package of packages.mozilla.org, not the snap), or name one: LLMOS_FIREFOX=/path/to/firefox npm run smoke:firefox'
    );
  }
  await setUpTests();
  await buildAll();
  process.exitCode = await smokeFirefox(firefox, process.argv.slice(2));
});

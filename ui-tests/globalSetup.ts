import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { FOLDERS, ROOT } from './siteServer';

/** Makes sure that what the stories open is built; the baseline builds itself. */
export default function globalSetup(): void {
  if (!existsSync(join(FOLDERS.testSite, 'lab', 'index.html'))) {
    throw new Error(
      `There is no test site in ${FOLDERS.testSite}. Run "npm test", which builds it.`
    );
  }
  execFileSync(process.execPath, [join(ROOT, 'ui-tests', 'bench', 'baseline.mjs')], {
    stdio: 'inherit'
  });
}

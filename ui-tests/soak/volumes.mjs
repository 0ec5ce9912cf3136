// @ts-check
/**
 * Tabs that go at a random moment of a commit, closed or crashed, leave repositories that
 * can be read, and Git itself finds them sound; two tabs that commit at once lose nothing.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { buildSync } from 'esbuild';
import { unzipSync } from 'fflate';

const TABS = 200;
/** One in so many tabs crashes instead of being closed. */
const CRASH = 4;
/** One in so many repositories is given to Git. */
const FSCK = 20;
/** Commits of each of two tabs. */
const COMMITS = 100;
/** The longest life of a tab after its first commit, in milliseconds. */
const LIFE = 150;
const PAGE = 'soak-volumes.html';

/** The page's program, made of the extension's own sources. */
function bundle() {
  const { outputFiles } = buildSync({
    entryPoints: [join('extension', 'bench', 'volumesSoakPage.ts')],
    ...{ bundle: true, write: false, format: 'iife', target: 'es2022' },
    alias: { '@llmos-lab/skills': join(process.cwd(), 'skills/src/index.ts') }
  });
  return outputFiles[0]?.text ?? '';
}

/** @param {string} zip a bare repository in Base64 */
function fsck(zip) {
  const folder = mkdtempSync(join(tmpdir(), 'llmos-soak-'));
  try {
    for (const [path, bytes] of Object.entries(unzipSync(Buffer.from(zip, 'base64')))) {
      const file = join(folder, path);
      if (path.endsWith('/')) {
        mkdirSync(file, { recursive: true });
      } else {
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, bytes);
      }
    }
    const git = ['-C', join(folder, 'soak.git')];
    execFileSync('git', [...git, 'fsck', '--strict', '--full'], { stdio: 'pipe' });
    return Number(execFileSync('git', [...git, 'rev-list', '--count', 'main']));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/**
 * @param {{ page: import('@playwright/test').Page, url: string,
 *   log: (text: string) => void }} context
 */
export default async function volumes({ page, url, log }) {
  const browser = page.context().browser();
  if (!browser) {
    throw new Error('There is no browser.');
  }
  // The page given belongs to a context that takes no second one.
  const context = await browser.newContext();
  const script = `<!doctype html><script>${bundle().replaceAll('</script', '<\\/script')}</script>`;
  await context.route(`${url}${PAGE}`, route =>
    route.fulfill({ contentType: 'text/html; charset=utf-8', body: script })
  );
  const open = async () => {
    const tab = await context.newPage();
    await tab.goto(url + PAGE);
    return tab;
  };
  /** @param {string} method @param {unknown[]} args @param {import('@playwright/test').Page} tab */
  const call = (tab, method, ...args) =>
    tab.evaluate(
      ([name, given]) => /** @type {any} */ (globalThis).volumeSoak[name](...given),
      /** @type {[string, unknown[]]} */ ([method, args])
    );
  const reader = await open();
  let commits = 0;
  let cut = 0;
  for (let at = 0; at < TABS; at += 1) {
    const name = `soak-${at}`;
    const tab = await open();
    // It never ends by itself.
    call(tab, 'commitForEver', name).catch(() => undefined);
    await tab.waitForFunction(
      () => Number(/** @type {any} */ (globalThis).committed) > 0
    );
    await new Promise(done => setTimeout(done, Math.random() * LIFE));
    if (at % CRASH === 0) {
      const gone = tab.waitForEvent('crash');
      const session = await context.newCDPSession(tab);
      session.send('Page.crash').catch(() => undefined);
      await gone;
    }
    await tab.close();
    const found = await call(reader, 'check', name);
    commits += found.commits;
    cut += found.uncommitted > 0 ? 1 : 0;
    if (at % FSCK === 0 && fsck(await call(reader, 'take', name)) !== found.commits) {
      throw new Error(`Git finds another number of commits in ${name}.`);
    }
    if ((at + 1) % 50 === 0) {
      log(
        `${at + 1} tabs gone, ${commits} commits, ${cut} cut between save and commit`
      );
    }
  }
  const tabs = [await open(), await open()];
  await Promise.all(
    tabs.map((tab, at) => call(tab, 'commitMany', 'both', `t${at}`, COMMITS))
  );
  const both = await call(reader, 'check', 'both');
  const counted = fsck(await call(reader, 'take', 'both'));
  if (both.commits !== 2 * COMMITS || counted !== both.commits) {
    throw new Error(`Two tabs made ${both.commits} commits, Git counts ${counted}.`);
  }
  await context.close();
  return { tabs: TABS, readable: TABS, commits, cut, twoTabs: both.commits };
}

import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Page } from '@playwright/test';

import { applicationReady, expect, test } from '../fixtures';
import { cellDone, codeCell, notebookPanel, startAll, startCell } from '../lab';
import { FOLDERS, ROOT, serveFolder } from '../siteServer';

/** Every notebook that the site ships. */
const DEMOS = readdirSync(join(FOLDERS.site, 'files'))
  .filter(file => file.endsWith('.ipynb'))
  .map(file => file.replace('.ipynb', ''));

/** A file that the newer build has otherwise. */
const CHANGED = 'files/rc-filter.ipynb';

/** What the build does when files of the site have changed. */
const WRITE_WORKER =
  "import('./lite/scripts/offline.mjs').then(m => m.writeServiceWorker(process.argv[1]))";

/** Waits until the worker that has the start compiled has ended its work, and says how. */
async function startCompiled(page: Page): Promise<object> {
  await expect
    .poll(() =>
      page.evaluate(
        async () => (await navigator.serviceWorker.getRegistrations()).length
      )
    )
    .toBe(2);
  return page.evaluate(async () => {
    const all = await navigator.serviceWorker.getRegistrations();
    const own = all.find(({ scope }) => scope.endsWith('/precompile.worker.js'));
    const worker = own?.installing ?? own?.waiting ?? own?.active;
    const state = await new Promise(resolve => {
      const look = (): void => {
        if (!worker || ['activated', 'redundant'].includes(worker.state)) {
          resolve(worker?.state);
        }
      };
      worker?.addEventListener('statechange', look);
      look();
    });
    const note = await caches.match(new URL('../.whole', location.href));
    return { state, isWhole: note !== undefined };
  });
}

test('a site that was visited once runs every demo without a network', async ({
  browser
}) => {
  test.setTimeout(360_000);
  const server = await serveFolder(FOLDERS.site);
  const page = await (await browser.newContext()).newPage();
  const open = async (demo: string): Promise<void> => {
    await page.goto(`${server.url}lab/index.html?path=${demo}.ipynb`);
    await applicationReady(page);
    // Behind it are the notebooks of the visits before.
    await page.locator('.jp-mod-current', { hasText: demo }).waitFor();
    await codeCell(page, 0).waitFor();
  };
  await open('h2-vqe');
  await startCell(page, 0);
  await cellDone(page, 0);
  // The rest of the site comes by itself after the first cell.
  await page.getByText('it opens without a network').waitFor({ timeout: 120_000 });
  // While it works the note that everything is kept is taken away.
  expect(await startCompiled(page)).toEqual({ state: 'activated', isWhole: true });
  await server.close();
  for (const demo of DEMOS) {
    await open(demo);
    const cells = await notebookPanel(page).locator('.jp-CodeCell').count();
    await startAll(page);
    for (let index = 0; index < cells; index++) {
      await cellDone(page, index);
    }
    await expect(notebookPanel(page).locator('.jp-OutputArea-error')).toHaveCount(0);
  }
  await page.context().close();
});

/** A file of the site as a page gets it, or that it gets none. */
function fetchFile(page: Page, path: string): Promise<string> {
  return page.evaluate(
    address =>
      fetch(address)
        .then(answer => answer.text())
        .catch(() => 'refused'),
    `../${path}`
  );
}

/** Writes the list of a folder's files into its worker: another build. */
function buildAnew(folder: string): void {
  execFileSync(process.execPath, ['-e', WRITE_WORKER, folder], { cwd: ROOT });
}

/** Leaves the page's file out of what the browser keeps, as a visit cut short would. */
async function forgetPage(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const names = await caches.keys();
    const kept = await Promise.all(names.map(name => caches.open(name)));
    const address = new URL('index.html', location.href).href;
    await Promise.all(kept.map(cache => cache.delete(address)));
  });
}

test('a new version for which there is no room is told, and the old one stays', async ({
  browser
}) => {
  const folder = mkdtempSync(join(tmpdir(), 'site-'));
  cpSync(FOLDERS.testSite, folder, { recursive: true });
  const server = await serveFolder(folder);
  const page = await (await browser.newContext()).newPage();
  try {
    await page.goto(`${server.url}lab/index.html`);
    await applicationReady(page);
    await page.evaluate(() => navigator.serviceWorker.ready);
    const builds = async (): Promise<readonly string[]> =>
      (await page.evaluate(() => caches.keys())).filter(name =>
        name.startsWith('llmos-site:')
      );
    const before = await builds();
    const origin = new URL(server.url).origin;
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1 });
    writeFileSync(join(folder, CHANGED), 'of the new version');
    buildAnew(folder);
    await page.evaluate(async () => {
      await (await navigator.serviceWorker.getRegistration())?.update();
    });
    await page.getByText('no room for it in this browser').waitFor();
    expect(before).toHaveLength(1);
    expect(await builds()).toEqual(before);
    await page.getByRole('button', { name: 'Storage…' }).click();
    await expect(page.getByRole('dialog')).toContainText('Storage');
  } finally {
    await page.context().close();
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  }
});

test('a new version waits until a person takes it, and saves what is open', async ({
  browser
}) => {
  const folder = mkdtempSync(join(tmpdir(), 'site-'));
  cpSync(FOLDERS.testSite, folder, { recursive: true });
  const server = await serveFolder(folder);
  const page = await (await browser.newContext()).newPage();
  try {
    const address = `${server.url}lab/index.html?path=h2-vqe.ipynb`;
    const registered = page.waitForEvent('console', message =>
      message.text().includes('was successfully registered')
    );
    await page.goto(`${address}&visit=first`);
    await registered;
    // A page that comes before it is active is not its own.
    await page.evaluate(async () => void (await navigator.serviceWorker.ready));
    // On the second visit JupyterLite finds it, and leaves it as it is.
    const found = page.waitForEvent('console', message =>
      message.text().includes('was already registered')
    );
    const unregistered: string[] = [];
    page.on('console', message => {
      if (message.text().includes('unregistering')) {
        unregistered.push(message.text());
      }
    });
    await page.goto(address);
    await found;
    expect(unregistered).toEqual([]);
    await applicationReady(page);
    await codeCell(page, 0).locator('.cm-content').click();
    await page.keyboard.type('# mine\n');

    writeFileSync(join(folder, CHANGED), 'of the new version');
    buildAnew(folder);
    await page.evaluate(async () => {
      await (await navigator.serviceWorker.getRegistration())?.update();
    });
    await page.getByText('A new version of LLMos Lab is ready.').waitFor();
    // The page is of the older build, and gets nothing of the newer one.
    expect(await fetchFile(page, CHANGED)).not.toContain('new version');
    await page.getByRole('button', { name: 'Update…' }).click();
    const dialog = page.getByRole('dialog');
    await expect(dialog).toContainText('Saved first: h2-vqe.ipynb');
    const loaded = page.waitForEvent('load');
    await dialog.getByRole('button', { name: 'Update' }).click();
    await loaded;
    await applicationReady(page);
    await expect(codeCell(page, 0)).toContainText('# mine');
    expect(await fetchFile(page, CHANGED)).toBe('of the new version');
    const names = await page.evaluate(() => caches.keys());
    expect(names).toHaveLength(2);

    // A host that writes into pages: what it sends is shown, and kept.
    await forgetPage(page);
    appendFileSync(join(folder, 'lab/index.html'), '<i id="host"></i>');
    for (const visit of ['shown', 'kept']) {
      await page.goto(`${address}&visit=${visit}`);
      await applicationReady(page);
      await expect(page.locator('#host')).toHaveCount(1);
      expect(await fetchFile(page, CHANGED)).toBe('of the new version');
    }

    // Back after a deployment, with some of the files of the version before.
    await forgetPage(page);
    appendFileSync(join(folder, 'config-utils.js'), ';globalThis.deployment = "next";');
    writeFileSync(join(folder, CHANGED), 'of the next version');
    const probe = `fetch('${CHANGED}').then(got => got.text(), String).then(postMessage)`;
    writeFileSync(join(folder, 'probe.js'), probe);
    buildAnew(folder);
    await page.goto(`${address}&visit=back`);
    await applicationReady(page);
    expect(await page.evaluate('deployment')).toBe('next');
    expect(await fetchFile(page, CHANGED)).toBe('of the next version');
    const workerGot = await page.evaluate(
      () =>
        new Promise(resolve => {
          const worker = new Worker('../probe.js');
          worker.onmessage = ({ data }) => resolve(data);
        })
    );
    expect(workerGot).toBe('of the next version');
    await page.getByText('A new version of LLMos Lab is ready.').waitFor();
  } finally {
    await page.context().close();
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  }
});

import { applicationReady, expect, recordTraffic, test } from '../fixtures';
import { cellDone, codeCell, findSkill, outputOf, startCell } from '../lab';
import { FOLDERS, serveFolder, type IServeOptions } from '../siteServer';

interface IHost extends IServeOptions {
  readonly name: string;
  /** As in private windows of some browsers. */
  readonly serviceWorkers?: 'block';
}

const HOSTS: readonly IHost[] = [
  { name: 'under a sub-path', base: '/some/where/' },
  { name: 'on a host that isolates pages', isolated: true },
  { name: 'without a service worker', serviceWorkers: 'block' }
];

for (const { name, serviceWorkers = 'allow', ...options } of HOSTS) {
  test(`the site as it ships works ${name}`, async ({ browser }) => {
    const server = await serveFolder(FOLDERS.site, options);
    const context = await browser.newContext({ serviceWorkers });
    const traffic = recordTraffic(context);
    try {
      const page = await context.newPage();
      const missing: string[] = [];
      // Files of Python beside the kernel go by the service worker, where there is one.
      const drive = serviceWorkers === 'block' ? `${server.url}api/drive` : '';
      page.on('response', response => {
        if (response.status() >= 400 && response.url() !== drive) {
          missing.push(response.url());
        }
      });
      await page.goto(`${server.url}lab/index.html?path=h2-vqe.ipynb`);
      await applicationReady(page);
      expect(await page.evaluate(() => crossOriginIsolated)).toBe(
        options.isolated ?? false
      );
      await codeCell(page, 0).waitFor();
      await startCell(page, 0);
      await cellDone(page, 0);
      await expect(outputOf(page, 0)).toContainText(/[-\u2212]1\.137/);
      await findSkill(page, 'quantum-vqe');
      const lacks = page.getByText(/This browser lacks Service worker\./);
      await expect(lacks).toHaveCount(serviceWorkers === 'block' ? 1 : 0);
      expect(traffic.foreign).toEqual([]);
      expect(missing).toEqual([]);
    } finally {
      await context.close();
      await server.close();
    }
  });
}

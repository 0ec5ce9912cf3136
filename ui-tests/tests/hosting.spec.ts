import { applicationReady, expect, recordTraffic, test } from '../fixtures';
import { cellDone, codeCell, findSkill, outputOf, startCell } from '../lab';
import { FOLDERS, serveFolder, type IServeOptions } from '../siteServer';

const HOSTS: readonly (IServeOptions & { readonly name: string })[] = [
  { name: 'under a sub-path', base: '/some/where/' },
  { name: 'on a host that isolates pages', isolated: true }
];

for (const { name, ...options } of HOSTS) {
  test(`the site as it ships works ${name}`, async ({ browser }) => {
    const server = await serveFolder(FOLDERS.site, options);
    const context = await browser.newContext();
    const traffic = recordTraffic(context);
    try {
      const page = await context.newPage();
      const missing: string[] = [];
      page.on('response', response => {
        if (response.status() >= 400) {
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
      expect(traffic.foreign).toEqual([]);
      expect(missing).toEqual([]);
    } finally {
      await context.close();
      await server.close();
    }
  });
}

// @ts-check
/**
 * Records what the site's Python gives for the cells of `h2-vqe.ipynb` and for a sweep of
 * 24 points, for the tests of `python -m llmos run` to compare with:
 *
 *     npm run build && node lite/scripts/testSite.mjs   (once)
 *     node ui-tests/record/nativeRuns.mjs
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { TEST_SITE } from '../../lite/scripts/paths.mjs';
import { createSiteServer, listen } from '../../lite/scripts/siteServer.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const NOTEBOOK = join(ROOT, 'lite/notebooks/h2-vqe.ipynb');
const RECORDED = join(ROOT, 'kernel/py/tests/recorded/browser_h2.json');

/** The points are those of `--sweep h.bond_length=0.4:2.5:24`. */
const SWEEP = `
import json, platform
from llmos._cachekey import cache_key
from llmos._check import check_inputs
from llmos._codec import to_json

_points = []
for _n in range(24):
    _length = 0.4 + (2.5 - 0.4) * (_n / 23) if _n < 23 else 2.5
    _h = await skill("quantum-hamiltonian")(system="h2", bond_length=_length)
    _vqe = await skill("quantum-vqe")(
        hamiltonian=_h.hamiltonian, ansatz="hardware-efficient", iterations=100
    )
    _entry = skill("quantum-hamiltonian")._entry
    _given = check_inputs(_entry, (), {"system": "h2", "bond_length": _length})
    _points.append({
        "bond_length": _length, "key": cache_key(_entry, _given), "h": dict(_h),
        "vqe": {n: v for n, v in _vqe.items() if n not in ("convergence_trace", "qasm")},
    })
_notebook = {
    "h": dict(h), "vqe": dict(vqe), "exact": exact, "hartree_fock": hartree_fock,
    "final_error": convergence.final_error, "version": skill("quantum-hamiltonian").version,
}
print(json.dumps(to_json({
    "python": platform.python_version(), "notebook": _notebook, "points": _points
})))
`;

/** @returns {string[]} Sources of the notebook's code cells. */
function sources() {
  const { cells } = JSON.parse(readFileSync(NOTEBOOK, 'utf8'));
  return cells
    .filter((/** @type {{ cell_type: string }} */ cell) => cell.cell_type === 'code')
    .map((/** @type {{ source: string[] | string }} */ cell) =>
      [cell.source].flat().join('')
    );
}

const server = createSiteServer({ folder: TEST_SITE });
const port = await listen(server, { port: 0, host: '127.0.0.1' });
const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find(path =>
  existsSync(path)
);
const browser = await chromium.launch({
  ...(executablePath && { executablePath }),
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic']
});
try {
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${port}/lab/index.html?reset`);
  await page.waitForFunction(() => 'jupyterapp' in globalThis);
  const text = await page.evaluate(
    async cells => {
      const { jupyterapp } = /** @type {any} */ (globalThis);
      await jupyterapp.restored;
      const session = await jupyterapp.serviceManager.sessions.startNew({
        path: 'recording.ipynb',
        name: 'recording.ipynb',
        type: 'notebook',
        kernel: { name: 'python-llmos' }
      });
      let printed = '';
      for (const code of cells) {
        printed = '';
        const future = session.kernel.requestExecute({ code });
        future.onIOPub = (/** @type {any} */ { header, content }) => {
          printed += header.msg_type === 'stream' ? content.text : '';
        };
        const { content } = await future.done;
        if (content.status !== 'ok') {
          throw new Error(`${code}\n${content.ename}: ${content.evalue}`);
        }
      }
      return printed;
    },
    [...sources(), SWEEP]
  );
  writeFileSync(RECORDED, `${JSON.stringify(JSON.parse(text), null, 1)}\n`);
  console.log(`Recorded in ${RECORDED}`);
} finally {
  await browser.close();
  server.closeAllConnections();
  server.close();
}

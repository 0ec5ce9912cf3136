/** The notebooks of the baseline site: one to time, one that attacks. */
/**
 * What our first cell finds, without the skill: the exact energy of H2 in a minimal
 * basis by numpy, from the published integrals at 1.4 bohr (Szabo and Ostlund, table 3.7
 * and its text). It is shorter than the skill, which also computes the integrals: the
 * comparison leans to the baseline.
 */
export const BASELINE_CELL = `import numpy as np

h = np.diag([-1.2528, -0.4756])
coulomb, exchange = np.diag([0.6746, 0.6975]), 0.1813
singlets = 2 * h + coulomb + exchange * (1 - np.eye(2))
print("%.4f Ha" % (np.linalg.eigvalsh(singlets)[0] + 1 / 1.4))`;

/** What a hostile notebook does when its code runs in the page. */
const MARK = name =>
  `window.llmosAttack = (window.llmosAttack || []).concat('${name}')`;

/**
 * A notebook that claims to be trusted and carries three ways to run code in the page.
 * JupyterLite believes the claim; our site must not.
 */
export function hostileNotebook() {
  const output = data => ({ output_type: 'display_data', data, metadata: {} });
  const cell = (id, data) => ({
    cell_type: 'code',
    id,
    execution_count: 1,
    metadata: { trusted: true },
    source: `# ${id}`,
    outputs: [output(data)]
  });
  return JSON.stringify({
    cells: [
      cell('image', { 'text/html': `<img src="x" onerror="${MARK('image')}">` }),
      cell('script', { 'text/html': `<script>${MARK('script')}</script>` }),
      cell('javascript', { 'application/javascript': MARK('javascript') }),
      cell('last', { 'text/html': '<b>hostile notebook drawn</b>' })
    ],
    metadata: {
      kernelspec: { name: 'python', display_name: 'Python', language: 'python' },
      language_info: { name: 'python' },
      trusted: true
    },
    nbformat: 4,
    nbformat_minor: 5
  });
}

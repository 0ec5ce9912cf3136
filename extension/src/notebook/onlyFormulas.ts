import type { IRenderMime } from '@jupyterlab/rendermime-interfaces';

/** What may begin a formula: the marks that JupyterLab gives MathJax. */
const FORMULA = /\$|\\[([]|\\begin\{/;

/**
 * Makes a typesetter leave alone what holds no formula. JupyterLab asks it for every text,
 * and the first question loads and starts all of MathJax, some 700 KB of scripts.
 */
export function onlyFormulas(typesetter: IRenderMime.ILatexTypesetter): void {
  const typeset = typesetter.typeset.bind(typesetter);
  typesetter.typeset = node =>
    FORMULA.test(node.textContent ?? '') ? typeset(node) : undefined;
}

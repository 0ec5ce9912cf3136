import type { IFinding } from './probes';
import { probeText, verdict, type IWords } from './texts';

/** How weighty lacks come first, and what is there last. */
const ORDER = { needed: 0, important: 1, useful: 2 } as const;

/**
 * The findings as elements: a verdict and a list, what is missing first. Made by hand, so
 * that the page without the application can show it too.
 */
export function findingsNode(
  findings: readonly IFinding[],
  trans: IWords
): HTMLElement {
  const node = document.createElement('div');
  node.className = 'llmos-Preflight';
  const sorted = [...findings].sort(
    (a, b) => Number(a.isThere) - Number(b.isThere) || ORDER[a.weight] - ORDER[b.weight]
  );
  const list = document.createElement('ul');
  list.append(...sorted.map(finding => itemOf(finding, trans)));
  node.append(textNode('p', 'verdict', verdict(findings, trans)), list);
  return node;
}

function itemOf(finding: IFinding, trans: IWords): HTMLElement {
  const { id, weight, isThere, detail } = finding;
  const { name, use, cost } = probeText(id, trans);
  const item = document.createElement('li');
  item.className = 'llmos-Preflight-item';
  item.dataset['probe'] = id;
  item.dataset['state'] = isThere ? 'there' : weight;
  const head = document.createElement('h3');
  head.append(
    textNode('span', 'name', name),
    textNode('span', 'state', stateWord(finding, trans))
  );
  item.append(head, textNode('p', 'use', use));
  if (!isThere) {
    item.append(textNode('p', 'cost', cost));
  }
  if (detail !== undefined && detail !== '') {
    item.append(textNode('p', 'detail', trans.__('The browser says: %1', detail)));
  }
  return item;
}

/** Whether it is there, in words: never by colour alone. */
function stateWord({ isThere, weight }: IFinding, trans: IWords): string {
  if (isThere) {
    return trans.__('✓ there');
  }
  return weight === 'useful' ? trans.__('○ not there') : trans.__('✕ missing');
}

function textNode(tag: string, part: string, text: string): HTMLElement {
  const node = document.createElement(tag);
  node.className = `llmos-Preflight-${part}`;
  node.textContent = text;
  return node;
}

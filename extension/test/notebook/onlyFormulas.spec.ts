import '../browser';

import { onlyFormulas } from '../../src/notebook/onlyFormulas';

describe('onlyFormulas', () => {
  it.each([
    ['a text with a \\ and 5 dollars', 0],
    ['an energy of $-1.137$ hartree', 1],
    ['\\( E_0 \\)', 1],
    ['\\[ E_0 \\]', 1],
    ['\\begin{align} x \\end{align}', 1]
  ])('asks only where a formula may be: %s', (text, times) => {
    const typeset = jest.fn<void, [HTMLElement]>();
    const typesetter = { typeset };
    onlyFormulas(typesetter);
    const node = document.createElement('p');
    node.textContent = text;
    typesetter.typeset(node);
    expect(typeset.mock.calls).toEqual(Array.from({ length: times }, () => [node]));
  });
});

import '../browser';

import { RenderMimeRegistry, standardRendererFactories } from '@jupyterlab/rendermime';
import type { IRenderMime } from '@jupyterlab/rendermime-interfaces';

import { markdownRenderer, withoutPictures } from '../../src/skills/markdown';

describe('markdownRenderer', () => {
  it.each([
    ['a text with **emphasis** and `code`', 0],
    ['an energy of $-1.137$ hartree', 1],
    ['\\[ E_0 \\]', 1],
    ['\\begin{align} x \\end{align}', 1]
  ])('asks the typesetter only where a formula may be: %s', async (text, times) => {
    const typeset = jest.fn<void, [HTMLElement]>();
    const latexTypesetter: IRenderMime.ILatexTypesetter = { typeset };
    const render = markdownRenderer(
      new RenderMimeRegistry({
        latexTypesetter,
        initialFactories: standardRendererFactories,
        markdownParser: { render: source => Promise.resolve(`<p>${source}</p>`) }
      })
    );
    const host = document.body.appendChild(document.createElement('div'));
    const clear = await new Promise<() => void>(resolve => {
      const end = render(host, text, () => resolve(end));
    });
    expect(typeset).toHaveBeenCalledTimes(times);
    expect(host.textContent).not.toBe('');
    clear();
    host.remove();
  });
});

describe('withoutPictures', () => {
  it.each([
    ['<img src="https://x.org/a.png" alt="a view">', 'a view'],
    ['<img src="a.png">', ''],
    ['<img srcset="//x.org/a.png 2x" alt="b">', 'b'],
    [
      '<picture><source srcset="https://x.org/a.png"></picture>',
      '<picture><source></picture>'
    ],
    [
      '<svg><image href="https://x.org/a.png"></image></svg>',
      '<svg><image></image></svg>'
    ],
    ['<p style="background: url(//x.org/a.png)">t</p>', '<p>t</p>'],
    ['<video poster="https://x.org/a.png"></video>', '<video></video>']
  ])('loads nothing from elsewhere: %s', (html, clean) => {
    expect(withoutPictures(html)).toBe(clean);
  });

  it.each([
    '<img src="data:image/png;base64,AAAA" alt="dot">',
    '<p><a href="https://x.org/">x</a> <code>&lt;img src="https://x.org"&gt;</code></p>'
  ])('keeps what is in the text itself: %s', html => {
    expect(withoutPictures(html)).toBe(html);
  });
});

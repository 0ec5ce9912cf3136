import '../browser';

import { RenderMimeRegistry, standardRendererFactories } from '@jupyterlab/rendermime';
import type { Widget } from '@lumino/widgets';

import { markdownLoader, withoutPictures } from '../../src/skills/markdown';

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

describe('what Markdown is drawn with', () => {
  it('is loaded once, by drawing some; what failed is told and loaded again', async () => {
    const rendermime = new RenderMimeRegistry({
      initialFactories: standardRendererFactories
    });
    const made = jest.spyOn(rendermime, 'createRenderer');
    const load = markdownLoader(rendermime);
    expect(made).not.toHaveBeenCalled();
    await Promise.all([load(), load()]);
    await load();
    expect(made).toHaveBeenCalledTimes(1);
    const drawn = made.mock.results[0]?.value as Widget;
    expect(drawn.node.textContent).toContain('word');
    expect(drawn.isDisposed).toBe(true);
    const broken = rendermime.createRenderer('text/markdown');
    jest.spyOn(broken, 'renderModel').mockRejectedValue(new Error('No such chunk.'));
    made.mockReturnValue(broken);
    const again = markdownLoader(rendermime);
    await expect(again()).rejects.toThrow('No such chunk.');
    expect(broken.isDisposed).toBe(true);
    made.mockRestore();
    const anew = jest.spyOn(rendermime, 'createRenderer');
    await again();
    await again();
    expect(anew).toHaveBeenCalledTimes(1);
  });
});

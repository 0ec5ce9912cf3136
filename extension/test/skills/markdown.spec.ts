import '../browser';

import { withoutPictures } from '../../src/skills/markdown';

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

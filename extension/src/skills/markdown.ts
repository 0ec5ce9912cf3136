import type { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import type { IRenderMime } from '@jupyterlab/rendermime-interfaces';
import { Widget } from '@lumino/widgets';

const MARKDOWN = 'text/markdown';

/**
 * Shows Markdown in an element; the result takes it out again. `onDrawn` is called once it
 * stands there.
 */
export type RenderMarkdown = (
  host: HTMLElement,
  markdown: string,
  onDrawn?: () => void
) => () => void;

/**
 * A function that shows Markdown in an element with the app's own renderer, untrusted,
 * so that its sanitiser decides what may appear. Calling the result takes it out again.
 */
export function markdownRenderer(rendermime: IRenderMimeRegistry): RenderMarkdown {
  const own = rendermime.clone({ sanitizer: withoutForeign(rendermime.sanitizer) });
  return (host, markdown, onDrawn) => {
    const renderer = own.createRenderer(MARKDOWN);
    const model = own.createModel({ data: { [MARKDOWN]: markdown }, trusted: false });
    Widget.attach(renderer, host);
    let isThere = true;
    const drawn = (): void => {
      if (isThere) {
        onDrawn?.();
      }
    };
    renderer.renderModel(model).then(drawn, () => {
      // What cannot be drawn is to be read all the same.
      renderer.node.textContent = markdown;
      drawn();
    });
    return () => {
      isThere = false;
      if (renderer.isAttached) {
        Widget.detach(renderer);
      }
      renderer.dispose();
    };
  };
}

/**
 * A function that loads, once, what Markdown is drawn with, before there is any: the first
 * text costs 20 ms more. What failed is loaded again at the next call.
 */
export function markdownLoader(rendermime: IRenderMimeRegistry): () => Promise<void> {
  let loaded: Promise<void> | undefined;
  return () =>
    (loaded ??= drawOnce(rendermime).catch((reason: unknown) => {
      loaded = undefined;
      throw reason;
    }));
}

async function drawOnce(rendermime: IRenderMimeRegistry): Promise<void> {
  const renderer = rendermime.createRenderer(MARKDOWN);
  const data = { [MARKDOWN]: 'A `word`.' };
  try {
    await renderer.renderModel(rendermime.createModel({ data, trusted: false }));
  } finally {
    renderer.dispose();
  }
}

function withoutForeign(sanitizer: IRenderMime.ISanitizer): IRenderMime.ISanitizer {
  const { allowNamedProperties, allowCommandLinker } = sanitizer;
  return {
    ...(allowNamedProperties !== undefined && { allowNamedProperties }),
    ...(allowCommandLinker !== undefined && { allowCommandLinker }),
    getAutolink: () => sanitizer.getAutolink?.() ?? true,
    sanitize: (dirty, options) => withoutPictures(sanitizer.sanitize(dirty, options))
  };
}

/** Attributes that make a browser load what they name, on whatever element. */
const LOADING = ['src', 'srcset', 'poster', 'background', 'data', 'href', 'xlink:href'];

/** Elements whose `href` is followed only by a click. */
const LINKS: ReadonlySet<string> = new Set(['a', 'area']);

/**
 * HTML without what it would load: pictures from other hosts would tell them who reads
 * which skill. Pictures within the text stay, others leave their alternative text.
 */
export function withoutPictures(html: string): string {
  // A document of this kind loads nothing.
  const { body } = new DOMParser().parseFromString(html, 'text/html');
  for (const element of body.querySelectorAll('*')) {
    const isLink = LINKS.has(element.localName);
    for (const name of LOADING) {
      const value = element.getAttribute(name);
      const isOwn = value === null || /^(?:data|blob):|^#/i.test(value.trim());
      // A list of sources holds several addresses.
      if (!isLink && (!isOwn || (name === 'srcset' && value !== null))) {
        element.removeAttribute(name);
      }
    }
    if (/url|image/i.test(element.getAttribute('style') ?? '')) {
      element.removeAttribute('style');
    }
    if (element.localName === 'img' && !element.hasAttribute('src')) {
      element.replaceWith(element.getAttribute('alt') ?? '');
    }
  }
  return body.innerHTML;
}

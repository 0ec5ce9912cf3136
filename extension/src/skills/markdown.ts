import type { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import { Widget } from '@lumino/widgets';

const MARKDOWN = 'text/markdown';

/** Shows Markdown in an element; the result takes it out again. */
export type RenderMarkdown = (host: HTMLElement, markdown: string) => () => void;

/**
 * A function that shows Markdown in an element with the app's own renderer, untrusted,
 * so that its sanitiser decides what may appear. Calling the result takes it out again.
 */
export function markdownRenderer(rendermime: IRenderMimeRegistry): RenderMarkdown {
  return (host, markdown) => {
    const renderer = rendermime.createRenderer(MARKDOWN);
    const model = rendermime.createModel({
      data: { [MARKDOWN]: withoutImages(markdown) },
      trusted: false
    });
    Widget.attach(renderer, host);
    // A renderer reports what it cannot show in its own node.
    void renderer.renderModel(model);
    return () => {
      if (renderer.isAttached) {
        Widget.detach(renderer);
      }
      renderer.dispose();
    };
  };
}

/** Pictures from other hosts would tell them who reads which skill: show the link only. */
function withoutImages(markdown: string): string {
  return markdown
    .replace(/!\[([^\]]*)\]\(\s*(?:https?:)?\/\/[^)]*\)/gi, '$1')
    .replace(/<img\b[^>]*>/gi, '');
}

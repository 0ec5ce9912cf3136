/** Small makers of elements. Text goes in as text nodes, never as markup. */

import { encodeBase64 } from '@llmos-lab/skills';

import { download } from '../download';

/** What an element has besides its children. */
export interface IElementOptions {
  readonly className?: string;
  readonly text?: string;
  readonly attributes?: Readonly<Record<string, string>>;
}

/** A new element with what `options` say and `children` in it. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  options: IElementOptions = {},
  ...children: readonly Node[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  if (options.className) {
    made.className = options.className;
  }
  if (options.text !== undefined) {
    made.textContent = options.text;
  }
  for (const [name, value] of Object.entries(options.attributes ?? {})) {
    made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}

/** An SVG element; attribute values and text are escaped by the DOM. */
export function svg<K extends keyof SVGElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string | number>> = {},
  ...children: readonly (Node | string)[]
): SVGElementTagNameMap[K] {
  const made = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes)) {
    made.setAttribute(name, String(value));
  }
  made.append(...children);
  return made;
}

/** A push button; `caption` is its tooltip and its name for screen readers. */
export function button(
  label: string,
  caption: string,
  onClick: () => void
): HTMLButtonElement {
  const made = element('button', {
    className: 'llmos-Mime-button',
    text: label,
    attributes: { type: 'button', title: caption, 'aria-label': caption }
  });
  made.addEventListener('click', onClick);
  return made;
}

/** A button that stays down; `onChange` gets the new state. */
export function toggle(
  label: string,
  caption: string,
  state: { readonly pressed: boolean; readonly onChange: (pressed: boolean) => void }
): HTMLButtonElement {
  const made = button(label, caption, () => {
    const pressed = made.getAttribute('aria-pressed') !== 'true';
    made.setAttribute('aria-pressed', String(pressed));
    state.onChange(pressed);
  });
  made.setAttribute('aria-pressed', String(state.pressed));
  return made;
}

/** A folded section: `summary` always shows. */
export function fold(summary: string, ...children: readonly Node[]): HTMLElement {
  return element(
    'details',
    { className: 'llmos-Mime-fold' },
    element('summary', { text: summary }),
    ...children
  );
}

/** A file name from a title: letters, digits and dashes, never empty. */
export function fileName(title: string, fallback: string, extension: string): string {
  const stem = title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60);
  return `${stem || fallback}.${extension}`;
}

/** A canvas's PNG in base64; null when the canvas is empty. Encoded beside the page. */
export async function pngOf(canvas: HTMLCanvasElement): Promise<string | null> {
  const blob = await new Promise<Blob | null>(resolve =>
    canvas.toBlob(resolve, 'image/png')
  );
  return blob && encodeBase64(new Uint8Array(await blob.arrayBuffer()));
}

/** Downloads a canvas as PNG. */
export function downloadPng(canvas: HTMLCanvasElement, name: string): void {
  canvas.toBlob(blob => {
    if (blob) {
      download(blob, name);
    }
  }, 'image/png');
}

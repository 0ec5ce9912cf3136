import { CHART_MIME, CIRCUIT_MIME, QUANTUM_MIME, SCENE_MIME } from '@llmos-lab/skills';

/** The latest output of a cell in the size of a node. */
export type IPreview =
  | {
      readonly kind: 'image';
      readonly src: string;
      readonly text: string;
      /** Lines on white, such as a plot: a dark theme may turn its colours. */
      readonly isLineArt: boolean;
    }
  | { readonly kind: 'text' | 'error'; readonly text: string }
  /** Somebody has stopped the cell. */
  | { readonly kind: 'stopped'; readonly text: '' };

/** Whether a cell has given something: no error, no stop. */
export function isResult(preview: IPreview | null): boolean {
  return preview?.kind === 'image' || preview?.kind === 'text';
}

/** An output as the notebook format has it, as far as previews read it. */
export interface IOutput {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** Text of a stream, name and message of an error. */
  readonly text?: string;
  /** Set where the error only says that somebody has stopped the cell. */
  readonly isStop?: boolean;
}

/** Longest text of a preview, in characters; the node shows less. */
const LIMIT = 160;

/** The same of an error, which is whole in the node's tooltip. */
const ERROR_LIMIT = 1000;

/** Mime types drawn on a canvas, whose picture comes as a PNG once they are drawn. */
const LINE_ART = [CIRCUIT_MIME, QUANTUM_MIME, CHART_MIME];
const DRAWN = [SCENE_MIME, ...LINE_ART];

/**
 * What a node shows of its cell's outputs: an error before all else, then the last
 * picture, value or printed line.
 */
export function previewOf(outputs: readonly IOutput[]): IPreview | null {
  const error = outputs.find(({ type }) => type === 'error');
  if (error?.isStop) {
    return { kind: 'stopped', text: '' };
  }
  if (error) {
    return { kind: 'error', text: shorten(error.text ?? '', ERROR_LIMIT) };
  }
  const values = outputs.filter(({ type }) => type !== 'stream');
  for (const { data } of [...values].reverse()) {
    const text = shorten(textOf(data['text/plain']));
    const src = pictureOf(data);
    if (src !== null) {
      const isLineArt = LINE_ART.some(mime => data[mime] !== undefined);
      return { kind: 'image', src, text, isLineArt };
    }
    if (text !== '') {
      return { kind: 'text', text };
    }
  }
  const printed = [...outputs].reverse().find(output => output.type === 'stream');
  const lastLine = printed?.text?.trimEnd().split('\n').pop() ?? '';
  return lastLine === '' ? null : { kind: 'text', text: shorten(lastLine) };
}

/** Whether a bundle will get a picture when its renderer draws it. */
export function isDrawn(outputs: readonly IOutput[]): boolean {
  return outputs.some(({ data }) => DRAWN.some(mime => data[mime] !== undefined));
}

const PICTURES = ['image/png', 'image/jpeg'] as const;
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

function pictureOf(data: IOutput['data']): string | null {
  const mime = PICTURES.find(name => typeof data[name] === 'string');
  if (mime === undefined) {
    return null;
  }
  // Base64 may be broken over lines in a file; a hostile file may hold any text.
  const base64 = textOf(data[mime]).replace(/\s+/g, '');
  return BASE64.test(base64) ? `data:${mime};base64,${base64}` : null;
}

function textOf(value: unknown): string {
  return Array.isArray(value) ? value.join('') : typeof value === 'string' ? value : '';
}

function shorten(text: string, limit = LIMIT): string {
  const line = text.trim().replace(/\s+/g, ' ');
  return line.length > limit ? `${line.slice(0, limit - 1)}…` : line;
}

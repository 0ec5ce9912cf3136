import type { Contents } from '@jupyterlab/services';
import type { TranslationBundle } from '@jupyterlab/translation';
import { decodeBase64, encodeBase64 } from '@llmos-lab/skills';

import { reasonOf } from '../reasonOf';
import { nameOf, UNTRANSLATED, type Bytes, type IStoredEntry } from './fileStore';

/** Media types by extension; others are told apart by whether they are UTF-8 text. */
const MEDIA_TYPES: Readonly<Record<string, string>> = {
  md: 'text/markdown',
  ipynb: 'application/x-ipynb+json',
  json: 'application/json',
  jsonl: 'application/jsonlines',
  csv: 'text/csv',
  txt: 'text/plain',
  py: 'text/x-python',
  js: 'text/javascript',
  html: 'text/html',
  cir: 'text/plain',
  svg: 'image/svg+xml',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  pdf: 'application/pdf',
  zip: 'application/zip'
};

/** Content that cannot be shown in the form asked for; `say` gives the sentence for people. */
export class ContentFormatError extends Error {
  constructor(readonly say: (trans: TranslationBundle) => string) {
    super(say(UNTRANSLATED));
  }
}

/** Guesses a media type from the name, else from the bytes. */
export function mediaType(path: string, bytes?: Bytes): string {
  const extension = /\.([^./]+)$/.exec(path)?.[1]?.toLowerCase() ?? '';
  const known = MEDIA_TYPES[extension];
  if (known) {
    return known;
  }
  return bytes && decodeText(bytes) !== undefined
    ? 'text/plain'
    : 'application/octet-stream';
}

/** What Contents says of an entry, without its content. */
export function entryModel(entry: IStoredEntry, writable: boolean): Contents.IModel {
  const isFolder = entry.kind === 'directory';
  return {
    name: nameOf(entry.path),
    path: entry.path,
    type: isFolder ? 'directory' : contentType(entry.path),
    writable,
    created: new Date(entry.created).toISOString(),
    last_modified: new Date(entry.modified).toISOString(),
    mimetype: isFolder ? '' : mediaType(entry.path),
    ...(entry.size !== undefined && { size: entry.size }),
    content: null,
    format: null
  };
}

/** A file with its content in the format asked for, else the one that fits it. */
export function fileModel(
  entry: IStoredEntry,
  bytes: Bytes,
  writable: boolean,
  options: Contents.IFetchOptions
): Contents.IModel {
  const type =
    options.type === 'file' || options.format === 'text' || options.format === 'base64'
      ? 'file'
      : contentType(entry.path);
  const text = options.format === 'base64' ? undefined : decodeText(bytes);
  const mimetype = mediaType(entry.path, bytes);
  const model = { ...entryModel(entry, writable), type, mimetype };
  if (type === 'notebook' || options.format === 'json') {
    return { ...model, format: 'json', content: parseJson(entry.path, text) };
  }
  if (text !== undefined) {
    return { ...model, format: 'text', content: text };
  }
  if (options.format === 'text') {
    throw new ContentFormatError(trans =>
      trans.__(
        '"%1" is not UTF-8 text, so it cannot be opened as text. Download it instead.',
        entry.path
      )
    );
  }
  return { ...model, format: 'base64', content: encodeBase64(bytes) };
}

/** Bytes of what `Contents.save` was given. */
export function modelBytes(options: Partial<Contents.IModel>): Bytes {
  const content: unknown = options.content ?? '';
  if (options.format === 'json' || typeof content !== 'string') {
    // One key a line, as nbformat writes notebooks, so that diffs stay small.
    return encodeText(`${JSON.stringify(content, null, 1)}\n`);
  }
  // Some clients break long lines.
  return options.format === 'base64'
    ? (decodeBase64(content.replace(/\s+/g, '')) as Bytes)
    : encodeText(content);
}

/** UTF-8, as all text of volumes is. */
export function encodeText(text: string): Bytes {
  return new TextEncoder().encode(text);
}

/** The text, or undefined when the bytes are no UTF-8. */
export function decodeText(bytes: Bytes): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined; // the one way a TextDecoder tells that these are no text
  }
}

function contentType(path: string): 'notebook' | 'file' {
  return path.toLowerCase().endsWith('.ipynb') ? 'notebook' : 'file';
}

function parseJson(path: string, text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch (error) {
    const reason = reasonOf(error);
    throw new ContentFormatError(trans =>
      trans.__('"%1" is not valid JSON (%2). Open it as text to mend it.', path, reason)
    );
  }
}

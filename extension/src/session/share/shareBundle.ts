import type { TranslationBundle } from '@jupyterlab/translation';
import { isRecord, type IIncomingFile } from '@llmos-lab/skills';
import { deflateSync, inflateSync } from 'fflate';

import { readZip, writeZip } from '../../author/transfer/zip';
import { withoutSession } from '../store/workingNotebook';
import { formatMade, parseMade, type Made } from './resultMarks';

/** A session as it is given to others: its notebook and what belongs to it. */
export interface IShare {
  /** Name of the session. */
  readonly name: string;
  readonly files: readonly IIncomingFile[];
  /** Of the notebook's results. */
  readonly made: Made;
}

/** Says that a zip is a share of ours, and which file to open. */
const MANIFEST = 'llmos-share.json';
/** Name of the notebook in every share. */
export const SHARED_NOTEBOOK = 'notebook.ipynb';
/** Longest link, in characters: what chats and mail programs pass on unbroken. */
export const MAX_LINK = 30_000;
/** Most bytes that a link may unpack to. */
const MAX_UNPACKED = 4_000_000;
/** Where a link's content begins; the digit is the version of its form. */
const FRAGMENT = '#share=1.';

/** Writes a share as a zip. */
export function packShare({ name, files, made }: IShare): Uint8Array {
  const data = { v: 1, name, notebook: SHARED_NOTEBOOK, made: formatMade(made) };
  const manifest = `${JSON.stringify(data, null, 2)}\n`;
  return writeZip([
    { path: MANIFEST, bytes: new TextEncoder().encode(manifest) },
    ...files
  ]);
}

/**
 * Reads a share's zip. What is in it is untrusted.
 *
 * @throws Error when it is no share, or larger than may be unpacked
 */
export function unpackShare(zip: Uint8Array, trans: TranslationBundle): IShare {
  const files = readZip(zip);
  const manifest = files.find(({ path }) => path === MANIFEST);
  const data = manifest && parse(manifest.bytes);
  if (!isRecord(data) || data['v'] !== 1 || typeof data['name'] !== 'string') {
    throw new Error(
      trans.__('This zip is no shared session: it has no %1 of this version.', MANIFEST)
    );
  }
  const others = files.filter(({ path }) => path !== MANIFEST);
  return checked({ name: data['name'], files: others, made: data['made'] }, trans);
}

/** The fragment of a link that carries a notebook, or null when it would be too long. */
export function toFragment(
  name: string,
  notebook: unknown,
  made: Made = new Map()
): string | null {
  const text = JSON.stringify({ v: 1, name, notebook, made: formatMade(made) });
  const packed = deflateSync(new TextEncoder().encode(text), { level: 9 });
  const binary = Array.from(packed, byte => String.fromCharCode(byte)).join('');
  const base64 = btoa(binary)
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '');
  const fragment = FRAGMENT + base64;
  return fragment.length <= MAX_LINK ? fragment : null;
}

/**
 * The share in a page's fragment, or null when it carries none.
 *
 * @throws Error when it is damaged
 */
export function fromFragment(
  fragment: string,
  trans: TranslationBundle
): IShare | null {
  if (!fragment.startsWith(FRAGMENT)) {
    return null;
  }
  const base64 = fragment.slice(FRAGMENT.length).replace(/-/g, '+').replace(/_/g, '/');
  let data: unknown;
  try {
    const packed = Uint8Array.from(atob(base64), letter => letter.charCodeAt(0));
    // What is longer is cut off, and then is no JSON.
    const out = new Uint8Array(Math.min(packed.length * 1100 + 1024, MAX_UNPACKED));
    data = parse(inflateSync(packed, { out }));
  } catch {
    data = undefined; // told below, with what to do
  }
  if (!isRecord(data) || data['v'] !== 1 || typeof data['name'] !== 'string') {
    throw new Error(
      trans.__('This link is damaged or cut off. Ask for it again, or for a zip.')
    );
  }
  const bytes = new TextEncoder().encode(JSON.stringify(data['notebook'] ?? null));
  const files = [{ path: SHARED_NOTEBOOK, bytes }];
  return checked({ name: data['name'], files, made: data['made'] }, trans);
}

/** A share whose notebook is one, and belongs to no session of this browser. */
function checked(
  { name, files, made }: Pick<IShare, 'name' | 'files'> & { readonly made: unknown },
  trans: TranslationBundle
): IShare {
  const found = files.find(({ path }) => path === SHARED_NOTEBOOK);
  const notebook = found && parse(found.bytes);
  if (!isRecord(notebook) || !Array.isArray(notebook['cells'])) {
    throw new Error(trans.__('There is no notebook in this share.'));
  }
  const bytes = new TextEncoder().encode(
    JSON.stringify(withoutSession(notebook), null, 1)
  );
  return {
    name: name.slice(0, 100),
    files: files.map(file => (file === found ? { ...file, bytes } : file)),
    made: parseMade(made, notebook)
  };
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as unknown;
  } catch {
    return undefined; // callers say what should have been there
  }
}

import {
  diffNotebooks,
  type INotebookDiff,
  type IVolumeStore
} from '@llmos-lab/skills';

import { readJson } from '../session/store/driveFiles';

/** What changed in one file. */
export type FileDiff =
  | { readonly kind: 'notebook'; readonly diff: INotebookDiff }
  | { readonly kind: 'text'; readonly before: string; readonly after: string }
  /** Sizes in bytes; null where the file was not there. */
  | {
      readonly kind: 'binary';
      readonly before: number | null;
      readonly after: number | null;
    };

/** Reads a file at two commits and compares: notebooks cell by cell, texts as texts. */
export async function readFileDiff(
  store: Pick<IVolumeStore, 'read'>,
  path: string,
  from: string | null,
  to: string
): Promise<FileDiff> {
  const before = from === null ? null : await store.read(path, from);
  return diffBytes(path, before, await store.read(path, to));
}

/** Compares two versions of a file; null where it is not there. */
export function diffBytes(
  path: string,
  before: Uint8Array | null,
  after: Uint8Array | null
): FileDiff {
  const [a, b] = [textOf(before), textOf(after)];
  if (a === undefined || b === undefined) {
    const size = (bytes: Uint8Array | null): number | null => bytes?.length ?? null;
    return { kind: 'binary', before: size(before), after: size(after) };
  }
  const json = (text: string | null): unknown =>
    text === null ? null : readJson(text);
  const diff = path.endsWith('.ipynb') ? diffNotebooks(json(a), json(b)) : null;
  return diff
    ? { kind: 'notebook', diff }
    : { kind: 'text', before: a ?? '', after: b ?? '' };
}

/** Undefined for bytes that are no UTF-8 text. */
function textOf(bytes: Uint8Array | null): string | null | undefined {
  if (bytes === null) {
    return null;
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // Pictures and archives are told by their sizes.
    return undefined;
  }
}

import {
  MESSAGE_PLACE,
  scanMessage,
  scanSecrets,
  type IFileChange,
  type ISecretFinding,
  type IVolumeStore
} from '@llmos-lab/skills';

import type { ICommitOptions } from '../../volumes/committing';

/** A commit that was held back: what it would keep for good looks like secrets. */
export class SecretsError extends Error {
  constructor(readonly secrets: readonly ISecretFinding[]) {
    const [first] = secrets;
    const where = first ? placeOf(first) : 'This';
    super(`${where}: this looks like a secret, so nothing was committed.`);
    this.name = 'SecretsError';
  }
}

function placeOf({ path, line }: ISecretFinding): string {
  return path === MESSAGE_PLACE ? 'The message' : `"${path}", line ${line}`;
}

/** Longest text that is looked through without letting the page do something else. */
const WINDOW = 1_000_000;
/** Windows share so much, in which a secret at their border fits. */
const OVERLAP = 10_000;

/**
 * What every commit is checked by, on the very bytes and words that it would write.
 *
 * @param accepted what a person has seen and lets through
 * @returns a check that throws a `SecretsError`
 */
export function refuseSecrets(
  store: Pick<IVolumeStore, 'read'>,
  accepted: readonly ISecretFinding[] = []
): NonNullable<ICommitOptions['check']> {
  return async (changes, message) => {
    const all = [...(await scanChanges(store, changes)), ...scanMessage(message)];
    const found = unaccepted(all, accepted);
    if (found.length > 0) {
      throw new SecretsError(found);
    }
  };
}

/** Findings that nobody has seen yet. */
export function unaccepted(
  found: readonly ISecretFinding[],
  accepted: readonly ISecretFinding[]
): readonly ISecretFinding[] {
  const known = new Set(accepted.map(each => JSON.stringify(keyOf(each))));
  return found.filter(each => !known.has(JSON.stringify(keyOf(each))));
}

function keyOf({ kind, path, cell, part, line, excerpt }: ISecretFinding): unknown {
  return [kind, path, cell, part, line, excerpt];
}

/** Secrets in what changes; those that the newest commit has in a file are no news. */
async function scanChanges(
  store: Pick<IVolumeStore, 'read'>,
  changes: readonly IFileChange[]
): Promise<readonly ISecretFinding[]> {
  const found: ISecretFinding[] = [];
  for (const { path, content } of changes) {
    const text = content && textOf(content);
    if (text && (await scanText(path, text)).length > 0) {
      const before = await store.read(path);
      found.push(...(await scanText(path, text, (before && textOf(before)) ?? '')));
    }
  }
  return found;
}

/** Texts of any length; the page goes on between two windows. */
async function scanText(
  path: string,
  text: string,
  known = ''
): Promise<readonly ISecretFinding[]> {
  if (text.length <= WINDOW || path.endsWith('.ipynb')) {
    return scanSecrets(path, text, known);
  }
  const found: ISecretFinding[] = [];
  let line = 0;
  for (let at = 0; at < text.length; at += WINDOW) {
    const part = text.slice(at, at + WINDOW + OVERLAP);
    for (const finding of scanSecrets(path, part, known)) {
      found.push({ ...finding, line: finding.line + line });
    }
    line += text.slice(at, at + WINDOW).split('\n').length - 1;
    await new Promise(done => setTimeout(done));
  }
  const keys = found.map(each => JSON.stringify(keyOf(each)));
  return found.filter((_, index) => keys.indexOf(keys[index] ?? '') === index);
}

/** Null for bytes that are no UTF-8 text: pictures, archives. */
function textOf(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null; // the one way a TextDecoder tells that these are no text
  }
}

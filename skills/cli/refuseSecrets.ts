import {
  MESSAGE_PLACE,
  scanMessage,
  scanSecrets,
  type IFileChange,
  type ISecretFinding,
  type IVolumeStore
} from '@llmos-lab/skills';
import { CommandFailure } from './failure';

/** What a commit would keep for good. */
export interface IWritten {
  readonly changes: readonly IFileChange[];
  readonly message: string;
}

/**
 * Looks through what a commit would write; what the newest commit has already is no news.
 *
 * @throws CommandFailure that names each place
 */
export async function refuseSecrets(
  store: Pick<IVolumeStore, 'read'>,
  { changes, message }: IWritten,
  isAllowed: boolean
): Promise<void> {
  if (isAllowed) {
    return;
  }
  const found: ISecretFinding[] = [];
  for (const { path, content } of changes) {
    const text = content && textOf(content);
    if (text) {
      const before = await store.read(path);
      const known = (before && textOf(before)) ?? '';
      found.push(...scanSecrets(path, text, known));
    }
  }
  found.push(...scanMessage(message));
  if (found.length > 0) {
    throw new CommandFailure(
      `This looks like secrets, so it was not committed:\n  ${found.map(lineOf).join('\n  ')}\n` +
        'Take them out, or add --allow-secrets.'
    );
  }
}

function lineOf({ path, line, cell, kind, excerpt }: ISecretFinding): string {
  const inCell = cell === undefined ? '' : `, cell ${cell}`;
  const place = path === MESSAGE_PLACE ? path : `${path}${inCell}:${line}`;
  return `${place}: ${kind} ${excerpt}`;
}

function textOf(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null; // the one way a TextDecoder tells that these are no text
  }
}

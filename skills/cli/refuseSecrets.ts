import { scanSecrets, type IFileChange, type IVolumeStore } from '@llmos-lab/skills';
import { CommandFailure } from './failure';

/**
 * Looks through what a commit would write; what the newest commit has already is no news.
 *
 * @throws CommandFailure that names each place
 */
export async function refuseSecrets(
  store: Pick<IVolumeStore, 'read'>,
  changes: readonly IFileChange[],
  isAllowed: boolean
): Promise<void> {
  const found: string[] = [];
  for (const { path, content } of isAllowed ? [] : changes) {
    const text = content && textOf(content);
    if (text) {
      const before = await store.read(path);
      const known = (before && textOf(before)) ?? '';
      found.push(
        ...scanSecrets(path, text, known).map(
          ({ line, cell, kind, excerpt }) =>
            `${path}${cell === undefined ? '' : `, cell ${cell}`}:${line}: ${kind} ${excerpt}`
        )
      );
    }
  }
  if (found.length > 0) {
    throw new CommandFailure(
      `This looks like secrets, so it was not committed:\n  ${found.join('\n  ')}\n` +
        'Take them out, or add --allow-secrets.'
    );
  }
}

function textOf(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null; // the one way a TextDecoder tells that these are no text
  }
}

import { rmSync } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { reasonOf } from '@llmos-lab/skills';
import { CommandFailure } from './failure';
import { onInterrupt } from './interrupt';
import { makeFolder } from './makeFolder';

/**
 * Writes a file beside its place and moves it there, so that no other program finds half of
 * it, nor anybody after this one was ended (after a power cut it may be empty: nothing waits
 * for the disk). Folders on the way are made.
 */
export async function writeWhole(
  path: string,
  content: string | Uint8Array
): Promise<void> {
  const folder = dirname(path);
  const scratch = join(folder, `.${basename(path)}.${process.pid}.tmp`);
  const forget = onInterrupt(() => rmSync(scratch, { force: true }));
  try {
    await makeFolder(folder);
    await writeFile(scratch, content);
    await rename(scratch, path);
  } catch (error) {
    // Why it could not be written is told, not that nothing is there to take away.
    await rm(scratch, { force: true }).catch(() => undefined);
    throw new CommandFailure(`${path} cannot be written: ${reasonOf(error)}.`);
  } finally {
    forget();
  }
}

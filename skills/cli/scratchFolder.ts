import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onInterrupt, tidy } from './interrupt';

/** How often a folder is tried to be taken away while others still write into it. */
const ATTEMPTS = 8;
/** Milliseconds before the second attempt; each later one waits longer. */
const PAUSE = 20;

/** Gives work a folder that goes with it, however it ends. */
export async function withScratchFolder<T>(
  prefix: string,
  work: (folder: string) => Promise<T>
): Promise<T> {
  // Without a wait between them: no signal may come before somebody knows of the folder.
  const folder = mkdtempSync(join(tmpdir(), prefix));
  const remove = (): void => removeFolder(folder);
  const forget = onInterrupt(remove);
  try {
    return await work(folder);
  } finally {
    forget();
    tidy(remove);
  }
}

/**
 * Takes a folder away, whatever is in it. A Git that the same Ctrl-C ends may be writing
 * there still, so that the folder has something again when it should go.
 */
export function removeFolder(folder: string): void {
  for (let attempt = 1; ; attempt += 1) {
    try {
      rmSync(folder, { recursive: true, force: true });
      return;
    } catch (error) {
      if (attempt === ATTEMPTS) {
        throw error;
      }
      const never = new Int32Array(new SharedArrayBuffer(4));
      Atomics.wait(never, 0, 0, attempt * PAUSE);
    }
  }
}

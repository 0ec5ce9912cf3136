import { readFile } from 'node:fs/promises';
import { reasonOf } from '@llmos-lab/skills';
import { absent } from '../absent';
import { placeIn } from '../placeIn';
import { writeWhole } from '../writeWhole';
import type { ILoss, IWrittenFile } from './writtenFiles';

/** What became of a file that cells wrote, and why where it is not kept. */
export interface IKeptFile extends Partial<ILoss> {
  readonly path: string;
  /** Where it stands now; null where it is not kept. */
  readonly file: string | null;
}

/**
 * Writes the files of a run below a folder. What cannot be written is told, and the others
 * are: the run has ended, and with it what is not kept.
 *
 * @param isReplacing also over files there that differ
 */
export async function keepFiles(
  files: readonly IWrittenFile[],
  folder: string,
  isReplacing: boolean
): Promise<readonly IKeptFile[]> {
  const kept: IKeptFile[] = [];
  for (const written of files) {
    const { path } = written;
    try {
      kept.push({ path, ...(await keep(written)) });
    } catch (error) {
      kept.push({ path, file: null, reason: reasonOf(error) });
    }
  }
  return kept;

  async function keep(written: IWrittenFile): Promise<Omit<IKeptFile, 'path'>> {
    if (written.bytes === null) {
      const { reason, code } = written;
      return { file: null, reason, ...(code && { code }) };
    }
    const { path, bytes } = written;
    const file = placeIn(folder, path);
    const there = await readFile(file).catch(absent);
    if (there && !there.equals(bytes) && !isReplacing) {
      const reason = 'Another file stands there. Add --replace to write over it.';
      return { file: null, reason };
    }
    if (!there?.equals(bytes)) {
      await writeWhole(file, bytes);
    }
    return { file };
  }
}

import { open, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { makeFolder } from './makeFolder';

/**
 * Adds lines to a file of lines, with its folders, in one write, so that two programs at a
 * time keep both their lines. A last line that was never ended stays a line of its own.
 */
export async function appendLines(place: string, lines: string): Promise<void> {
  await makeFolder(dirname(place));
  const file = await open(place, 'a+');
  try {
    await file.appendFile((await endsLine(file)) ? lines : `\n${lines}`);
  } finally {
    await file.close();
  }
}

async function endsLine(file: FileHandle): Promise<boolean> {
  const { size } = await file.stat();
  if (size === 0) {
    return true;
  }
  const { buffer } = await file.read(Buffer.alloc(1), 0, 1, size - 1);
  return buffer.toString() === '\n';
}

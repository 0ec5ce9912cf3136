import { readFile } from 'node:fs/promises';
import { CommandFailure, WRONG_USAGE } from './failure';

/**
 * The content of a notebook file.
 *
 * @throws CommandFailure where there is none, or it cannot be read
 */
export async function readNotebookFile(path: string): Promise<unknown> {
  const content = await readNotebookIfThere(path);
  if (content === null) {
    throw new CommandFailure(
      `There is no file ${path}. Give the path of a notebook.`,
      WRONG_USAGE
    );
  }
  return content;
}

/** As {@link readNotebookFile}; null where there is no such file. */
export async function readNotebookIfThere(path: string): Promise<unknown> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') {
      return null;
    }
    throw new CommandFailure(`${path} cannot be read: ${error.message}.`, WRONG_USAGE);
  });
  if (text === null) {
    return null;
  }
  try {
    return JSON.parse(text.replace(/^\uFEFF/, '')) as unknown;
  } catch (error) {
    const why = error instanceof Error ? error.message : 'unknown fault';
    throw new CommandFailure(
      `${path} is no notebook: its JSON cannot be read (${why}).`
    );
  }
}

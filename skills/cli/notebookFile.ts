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
    throw unreadable(path, { code: 'ENOENT' }, 'a notebook');
  }
  return content;
}

/** As {@link readNotebookFile}; null where there is no such file. */
export async function readNotebookIfThere(path: string): Promise<unknown> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') {
      return null;
    }
    throw unreadable(path, error, 'a notebook');
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

/**
 * Why a file that a person named cannot be read.
 *
 * @param wanted what it should be, such as `a notebook`
 */
export function unreadable(
  path: string,
  { code, message = '' }: Partial<NodeJS.ErrnoException>,
  wanted: string
): CommandFailure {
  const why =
    code === 'ENOENT'
      ? `There is no file ${path}.`
      : code === 'EISDIR'
        ? `${path} is a folder.`
        : null;
  return new CommandFailure(
    why === null
      ? `${path} cannot be read: ${message}.`
      : `${why} Give the path of ${wanted}.`,
    WRONG_USAGE
  );
}

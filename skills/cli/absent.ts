import { CommandFailure } from './failure';

/** For `catch` of what reads a file: null where there is none. @throws CommandFailure */
export function absent(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') {
    return null;
  }
  throw new CommandFailure(
    `${error.path ?? 'A file'} cannot be read: ${error.message}.`
  );
}

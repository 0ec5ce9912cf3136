import type { Contents } from '@jupyterlab/services';
import { skillChangeMessage, skillPlace, type IAuthor } from '@llmos-lab/skills';
import { DisposableDelegate, type IDisposable } from '@lumino/disposable';
import type { ISignal } from '@lumino/signaling';

import { isWithin } from '../volumes/fileStore';
import type { IFileStatus } from '../volumes/fileStatus';
import type { VolumeRepository } from '../volumes/repository';

/** Files beside skills that a message lists. */
const MOST_FILES = 12;

/** What committing skills at each save needs. */
export interface ICommitOnSaveOptions {
  /** Tells of every change of the volume's files. */
  readonly drive: { readonly fileChanged: ISignal<unknown, Contents.IChangedArgs> };
  readonly repository: VolumeRepository;
  readonly author: () => IAuthor;
  /** The file is saved; only its commit failed. */
  readonly onError: (path: string, error: unknown) => void;
}

/**
 * Commits skills and the files beside them when they are saved, made, renamed or deleted, one commit an
 * operation, with a message that says what changed. Everything else in a volume waits
 * until a person commits it.
 */
export function commitSkillsOnSave(options: ICommitOnSaveOptions): IDisposable {
  const { drive, repository, onError } = options;
  let queue = Promise.resolve();
  const onChanged = (_: unknown, change: Contents.IChangedArgs): void => {
    const paths = [change.oldValue?.path, change.newValue?.path].filter(
      (path): path is string => path !== undefined && skillPlace(path) !== null
    );
    const unique = [...new Set(paths)];
    if (unique.length > 0) {
      queue = queue
        .then(() => commitSkills(unique, options))
        .catch((error: unknown) => onError(unique.join(', '), error));
    }
  };
  drive.fileChanged.connect(onChanged);
  return new DisposableDelegate(() => drive.fileChanged.disconnect(onChanged));

  async function commitSkills(
    changed: readonly string[],
    { author }: ICommitOnSaveOptions
  ): Promise<void> {
    // Of a folder that was renamed or deleted only its own path is told.
    const files = (await repository.status()).filter(
      ({ path }) =>
        skillPlace(path) !== null && changed.some(each => isWithin(path, each))
    );
    if (files.length === 0) {
      return;
    }
    const own = files.filter(({ path }) => skillPlace(path)?.isOwn);
    const messages = await Promise.all(own.map(({ path }) => describe(path)));
    await repository.commit({
      paths: files.map(({ path }) => path),
      message: [...messages, listOf(files.filter(file => !own.includes(file)))]
        .filter(text => text !== null)
        .join('\n\n'),
      author: author()
    });
  }

  async function describe(path: string): Promise<string | null> {
    const [before, after] = await Promise.all([
      repository.store.read(path),
      repository.text(path)
    ]);
    const old = before === null ? null : new TextDecoder().decode(before);
    return old === after ? null : skillChangeMessage(path, old, after);
  }
}

const VERBS = { added: 'Add', changed: 'Change', deleted: 'Delete' } as const;

/** One line a file beside a skill; null when there is none. */
function listOf(files: readonly IFileStatus[]): string | null {
  const lines = files
    .slice(0, MOST_FILES)
    .map(({ path, change }) => `skill: ${VERBS[change]} ${path}`);
  const more = files.length - lines.length;
  return lines.length === 0
    ? null
    : [...lines, ...(more > 0 ? [`and ${more} more files`] : [])].join('\n');
}

import type { Contents } from '@jupyterlab/services';
import { skillChangeMessage, type IAuthor } from '@llmos-lab/skills';
import { DisposableDelegate, type IDisposable } from '@lumino/disposable';
import type { ISignal } from '@lumino/signaling';

import type { VolumeRepository } from '../volumes/repository';

/** A skill's own file; files beside it are committed with the rest. */
const SKILL_FILE = /^skills\/[^/]+\.md$/;

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
 * Commits skill files when they are saved, made, renamed or deleted, one commit an
 * operation, with a message that says what changed. Everything else in a volume waits
 * until a person commits it.
 */
export function commitSkillsOnSave(options: ICommitOnSaveOptions): IDisposable {
  const { drive, repository, onError } = options;
  let queue = Promise.resolve();
  const onChanged = (_: unknown, change: Contents.IChangedArgs): void => {
    const paths = [change.oldValue?.path, change.newValue?.path].filter(
      (path): path is string => path !== undefined && SKILL_FILE.test(path)
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
    const messages = await Promise.all(changed.map(path => describe(path)));
    await repository.commit({
      paths: changed,
      message: messages.filter(text => text !== null).join('\n\n'),
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

import type { Contents } from '@jupyterlab/services';
import {
  skillChangeMessage,
  skillPlace,
  type IAuthor,
  type ISecretFinding
} from '@llmos-lab/skills';
import { DisposableDelegate, type IDisposable } from '@lumino/disposable';
import type { ISignal } from '@lumino/signaling';

import { isWithin } from '../volumes/fileStore';
import type { IFileStatus } from '../volumes/fileStatus';
import type { VolumeRepository } from '../volumes/repository';
import { refuseSecrets, SecretsError } from './commit/secretCheck';

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
  /** The file is saved, and not committed: what it has looks like secrets. */
  readonly onSecrets: (
    path: string,
    secrets: readonly ISecretFinding[],
    commit: () => void
  ) => void;
}

/**
 * Commits skills and the files beside them when they are saved, made, renamed or deleted, one commit an
 * operation, with a message that says what changed. Everything else in a volume waits
 * until a person commits it.
 */
export function commitSkillsOnSave(options: ICommitOnSaveOptions): IDisposable {
  const { drive, repository, onError, onSecrets } = options;
  let queue = Promise.resolve();
  const onChanged = (_: unknown, change: Contents.IChangedArgs): void => {
    const paths = [change.oldValue?.path, change.newValue?.path].filter(
      (path): path is string => path !== undefined && skillPlace(path) !== null
    );
    const unique = [...new Set(paths)];
    if (unique.length > 0) {
      add(unique, []);
    }
  };
  const add = (paths: readonly string[], accepted: readonly ISecretFinding[]): void => {
    const name = paths.join(', ');
    queue = queue
      .then(() => commitSkills(paths, options, accepted))
      .catch((error: unknown) => {
        if (error instanceof SecretsError) {
          const { secrets } = error;
          onSecrets(name, secrets, () => add(paths, [...accepted, ...secrets]));
        } else {
          onError(name, error);
        }
      });
  };
  drive.fileChanged.connect(onChanged);
  return new DisposableDelegate(() => drive.fileChanged.disconnect(onChanged));

  async function commitSkills(
    changed: readonly string[],
    { author }: ICommitOnSaveOptions,
    accepted: readonly ISecretFinding[]
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
      author: author(),
      check: refuseSecrets(repository.store, accepted)
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

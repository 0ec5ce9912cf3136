import { pathProblem } from '@llmos-lab/skills';
import type { IFileRoom, LossReason } from '../executor/protocol';

/** What the files of a run may have at most. */
export const FILE_ROOM: IFileRoom = { bytes: 64 * 2 ** 20, files: 1000 };

const REASONS: Readonly<Record<LossReason, string>> = {
  large: `All files together may have ${FILE_ROOM.bytes / 2 ** 20} MB.`,
  many: `At most ${FILE_ROOM.files} files are kept.`,
  unread: 'It could not be read.'
};

/** A file that cells have left in the folder in which they ran. */
export type IWrittenFile = {
  /** Within that folder; where it may not be named so, as it can be shown. */
  readonly path: string;
} & ({ readonly bytes: Uint8Array } | ({ readonly bytes: null } & ILoss));

/** Why a file does not come. */
export interface ILoss {
  /** As a sentence. */
  readonly reason: string;
  /** `hidden`: such files never come, so that none is missing. */
  readonly code?: 'hidden';
}

/**
 * The files of a run as the process sends them after each cell, so that those of cells that
 * ended are there whatever becomes of the process. It can send anything, so the limits
 * are held here, whatever it holds itself.
 */
export class WrittenFiles {
  /** Takes the bytes of a file as they are now, in base64. */
  add(path: string, base64: string): void {
    this.lose(path, 'unread');
    const bytes = Buffer.from(base64, 'base64');
    if (nameProblem(path) !== null) {
      return;
    }
    if (this._bytes.size === FILE_ROOM.files) {
      this._lost.set(path, 'many');
    } else if (this._size + bytes.length > FILE_ROOM.bytes) {
      this._lost.set(path, 'large');
    } else {
      this._size += bytes.length;
      this._bytes.set(path, bytes);
    }
  }

  /** Forgets the bytes of a file. */
  lose(path: string, why: LossReason): void {
    this._size -= this._bytes.get(path)?.length ?? 0;
    this._bytes.delete(path);
    this._lost.set(path, why);
  }

  /** Those of these paths, which are there after the last cell. */
  of(paths: readonly string[]): readonly IWrittenFile[] {
    return paths.map(path => {
      const problem = nameProblem(path);
      if (problem !== null) {
        return { path: shownName(path), bytes: null, ...problem };
      }
      const bytes = this._bytes.get(path);
      const reason = REASONS[this._lost.get(path) ?? 'unread'];
      return bytes ? { path, bytes } : { path, bytes: null, reason };
    });
  }

  private readonly _bytes = new Map<string, Uint8Array>();
  /** Why the others did not come. */
  private readonly _lost = new Map<string, LossReason>();
  private _size = 0;
}

/** Does nothing to a terminal. */
const TAME = /^[\p{L}\p{N}_][\p{L}\p{M}\p{N}_ .,+=@()-]{0,99}$/u;
const TAME_RULE =
  'A name has letters, digits, spaces and _.,+=@()-, at most 100 in all, and begins with ' +
  'a letter, a digit or _.';

/** Such a file could set up a program which looks for it, such as Git. */
const HIDDEN: ILoss = { reason: 'Hidden files and folders never are.', code: 'hidden' };

const OUTSIDE: ILoss = { reason: 'It is outside the folder in which the cells run.' };

/**
 * Why a file may not be named so, or not be written below a folder of a person; the same for
 * the name as it is shown.
 */
export function nameProblem(path: string): ILoss | null {
  if (path.startsWith('../')) {
    return OUTSIDE;
  }
  // `..` is not hidden, but leads out.
  if (/(?:^|\/)\.(?!\.?(?:\/|$))/.test(path)) {
    return HIDDEN;
  }
  if (!path.split('/').every(part => TAME.test(part))) {
    return { reason: TAME_RULE };
  }
  const problem = pathProblem(path);
  return problem === null ? null : { reason: `The name cannot be used: ${problem}.` };
}

/** A name that is not tame, as it does nothing to a terminal. */
function shownName(path: string): string {
  const shown = path.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '?');
  return shown.length > 100 ? `${shown.slice(0, 99)}…` : shown;
}

import type { ISession } from '@llmos-lab/skills';

/** What following renamed notebooks needs. */
export interface IRenameParts {
  /** Sessions of the person at this browser, as far as they are known. */
  readonly sessions: () => Promise<readonly Pick<ISession, 'id' | 'path'>[]>;
  /** Gives a session a path, where its notebook does stand there. */
  readonly follow: (id: string, path: string) => Promise<void>;
  readonly onError: (path: string, error: unknown) => void;
}

interface IRename {
  readonly from: string;
  readonly to: string;
}

/**
 * Sessions go with their notebooks when these, or folders around them, are renamed or
 * moved. Renames that come while others are followed count together: in between, a
 * notebook stands where none of them alone says.
 */
export class NotebookRenames {
  constructor(private readonly _parts: IRenameParts) {}

  /** Resolves when all renames so far have been followed. */
  get settled(): Promise<void> {
    return this._following ?? Promise.resolve();
  }

  add(from: string, to: string): void {
    this._renames.push({ from, to });
    this._following ??= this._follow();
  }

  private async _follow(): Promise<void> {
    let known = 0;
    while (known < this._renames.length) {
      known = this._renames.length;
      const sessions = await this._parts.sessions().catch(() => []);
      for (const { id, path } of sessions) {
        const now = this._renames.reduce(renamed, path);
        if (now !== path) {
          await this._parts
            .follow(id, now)
            .catch((error: unknown) => this._parts.onError(now, error));
        }
      }
    }
    // At once, so that the next rename is followed from the start.
    this._renames.length = 0;
    this._following = undefined;
  }

  private readonly _renames: IRename[] = [];
  private _following: Promise<void> | undefined;
}

function renamed(path: string, { from, to }: IRename): string {
  return path === from || path.startsWith(`${from}/`)
    ? to + path.slice(from.length)
    : path;
}

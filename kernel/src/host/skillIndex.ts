import type { IProblem } from '@llmos-lab/skills';
import type { Contents } from '@jupyterlab/services';
import type { IDisposable } from '@lumino/disposable';
import { Signal, type ISignal } from '@lumino/signaling';
import type { ISkillEntry, ISkillIndex } from './tokens';
import {
  readVolume,
  SKILLS_FOLDER,
  type ContentsReader,
  type IVolumeContent
} from './volumeReader';

/** What tabs tell each other: this volume has changed. */
interface IVolumeChange {
  readonly volume: string;
}

/** Contents as the index needs it: reading, and news of changes. */
export type IndexContents = ContentsReader & Pick<Contents.IManager, 'fileChanged'>;

/** Entries of all volumes put over each other, nearest first. */
function layVolumes(volumes: readonly IVolumeContent[]): IVolumeContent & {
  readonly entries: readonly ISkillEntry[];
} {
  const nearest = new Map<string, ISkillEntry & { shadows: string[] }>();
  const problems: IProblem[] = [];
  for (const volume of volumes) {
    problems.push(...volume.problems);
    const own = new Map<string, string>();
    for (const entry of volume.entries) {
      const id = entry.skill.id;
      const twin = own.get(id);
      if (twin !== undefined) {
        problems.push({
          code: 'duplicate-id',
          severity: 'error',
          message:
            `The skill id "${id}" is taken by ${twin} in the same volume. ` +
            'Give one of them another skill_id.',
          file: entry.path,
          line: 1
        });
        continue;
      }
      own.set(id, entry.path);
      const nearer = nearest.get(id);
      if (nearer) {
        nearer.shadows.push(entry.path);
      } else {
        nearest.set(id, { ...entry, shadows: [] });
      }
    }
  }
  const entries = [...nearest.values()].sort((a, b) =>
    a.skill.id < b.skill.id ? -1 : 1
  );
  return { entries, problems };
}

/** What an index reads, and when it begins. */
export interface ISkillIndexOptions {
  readonly contents: IndexContents;
  /** The first read begins when this resolves: when the drives are mounted. */
  readonly start: Promise<unknown>;
  /** Nearest first; by default `user`, then `system`. */
  readonly volumes?: readonly string[];
  /** Carries news of changes between tabs; owned by the index. */
  readonly channel?: BroadcastChannel;
}

/** The one index of a page: see {@link ISkillIndex}. */
export class SkillIndex implements ISkillIndex, IDisposable {
  constructor(options: ISkillIndexOptions) {
    this._contents = options.contents;
    this._volumes = [...(options.volumes ?? ['user', 'system'])];
    this._channel = options.channel ?? null;
    this.ready = options.start.then(() => this.refresh());
    this._contents.fileChanged.connect(this._onFileChanged, this);
    this._channel?.addEventListener('message', this._onMessage);
  }

  readonly ready: Promise<void>;

  get entries(): readonly ISkillEntry[] {
    return this._entries;
  }

  get problems(): readonly IProblem[] {
    return this._problems;
  }

  get revision(): number {
    return this._revision;
  }

  get changed(): ISignal<ISkillIndex, void> {
    return this._changed;
  }

  get volumes(): readonly string[] {
    return this._volumes;
  }

  set volumes(names: readonly string[]) {
    this._volumes = [...names];
    void this.refresh();
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  get(id: string): ISkillEntry | undefined {
    return (
      this._entries.find(entry => entry.skill.id === id) ??
      this._entries.find(entry => entry.skill.aliases.includes(id))
    );
  }

  /**
   * Reads are chained, so that the later request always wins; requests that come while
   * one waits are served by that one.
   */
  refresh(volume?: string): Promise<void> {
    const names = volume === undefined ? this._volumes : [volume];
    names.forEach(name => this._waiting.add(name));
    this._next ??= this._running.then(async () => {
      this._next = null;
      const due = [...this._waiting];
      this._waiting.clear();
      await this._read(due);
    });
    this._running = this._next;
    return this._next;
  }

  async settled(): Promise<void> {
    await this.ready;
    await this._running;
  }

  dispose(): void {
    if (this._isDisposed) {
      return;
    }
    this._isDisposed = true;
    this._channel?.removeEventListener('message', this._onMessage);
    this._channel?.close();
    Signal.clearData(this);
  }

  private async _read(names: readonly string[]): Promise<void> {
    await Promise.all(
      names.map(async name => {
        this._content.set(name, await readVolume(this._contents, name));
      })
    );
    if (this._isDisposed) {
      return;
    }
    const nothing: IVolumeContent = { entries: [], problems: [] };
    const laid = layVolumes(
      this._volumes.map(name => this._content.get(name) ?? nothing)
    );
    if (fingerprint(laid) === fingerprint(this)) {
      return;
    }
    this._entries = laid.entries;
    this._problems = laid.problems;
    this._revision++;
    this._changed.emit();
  }

  private _onFileChanged(_sender: unknown, change: Contents.IChangedArgs): void {
    const paths = [change.oldValue?.path, change.newValue?.path];
    for (const name of this._volumes) {
      const folder = `${name}:${SKILLS_FOLDER}`;
      if (paths.some(path => path === folder || path?.startsWith(`${folder}/`))) {
        void this.refresh(name);
        this._channel?.postMessage({ volume: name } satisfies IVolumeChange);
      }
    }
  }

  private readonly _onMessage = (event: MessageEvent<unknown>): void => {
    const volume = (event.data as Partial<IVolumeChange> | null)?.volume;
    if (typeof volume === 'string' && this._volumes.includes(volume)) {
      void this.refresh(volume);
    }
  };

  private readonly _contents: IndexContents;
  private readonly _channel: BroadcastChannel | null;
  private readonly _content = new Map<string, IVolumeContent>();
  private readonly _waiting = new Set<string>();
  private readonly _changed = new Signal<ISkillIndex, void>(this);
  private _volumes: readonly string[];
  private _entries: readonly ISkillEntry[] = [];
  private _problems: readonly IProblem[] = [];
  private _revision = 0;
  private _running: Promise<void> = Promise.resolve();
  private _next: Promise<void> | null = null;
  private _isDisposed = false;
}

/** Text that differs when entries or problems do. */
function fingerprint(content: {
  readonly entries: readonly ISkillEntry[];
  readonly problems: readonly IProblem[];
}): string {
  const entries = content.entries.map(e => [e.path, e.version, e.shadows]);
  return JSON.stringify([entries, content.problems]);
}

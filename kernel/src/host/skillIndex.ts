import {
  checkParsed,
  layerSkills,
  type IProblem,
  type ISkill
} from '@llmos-lab/skills';
import type { Contents } from '@jupyterlab/services';
import type { IDisposable } from '@lumino/disposable';
import { Signal, type ISignal } from '@lumino/signaling';
import { encodeIndex } from './answers/entries';
import type { ISkillEntry, ISkillIndex } from './tokens';
import {
  isSkillFile,
  readSkillFile,
  readVolume,
  SKILLS_FOLDER,
  type ContentsReader,
  type IVolumeContent,
  type IVolumeFile
} from './volumeReader';

/** What tabs tell each other: this volume has changed, or one file in it. */
interface IVolumeChange {
  readonly volume: string;
  readonly path?: string;
}

/** Contents as the index needs it: reading, and news of changes. */
export type IndexContents = ContentsReader & Pick<Contents.IManager, 'fileChanged'>;

/** What all volumes give together. */
interface ILaid {
  readonly entries: readonly ISkillEntry[];
  readonly shadowed: readonly ISkillEntry[];
  readonly problems: readonly IProblem[];
  get(id: string): ISkillEntry | undefined;
}

type OneFile = IVolumeFile & { readonly skill: ISkill };

function toEntry(
  volume: string,
  file: OneFile,
  shadows: readonly string[]
): ISkillEntry {
  const { skill, path, text, version } = file;
  return { skill, volume, path, text, version, shadows };
}

/** Lays the volumes over each other, nearest first. */
function layVolumes(
  volumes: readonly { readonly volume: string; readonly content: IVolumeContent }[]
): ILaid {
  const checked = volumes.map(({ volume, content }) => {
    const { skills, problems } = checkParsed(content.files);
    return { volume, skills, problems: [...content.problems, ...problems] };
  });
  const library = layerSkills(checked);
  const byId = new Map(
    library.skills.map(({ volume, file, shadows }) => [
      file.skill.id,
      toEntry(
        volume,
        file,
        shadows.map(({ path }) => path)
      )
    ])
  );
  const inForce = new Set(library.skills.map(({ file }) => file));
  return {
    entries: [...byId.values()],
    shadowed: checked.flatMap(({ volume, skills }) =>
      skills.filter(file => !inForce.has(file)).map(file => toEntry(volume, file, []))
    ),
    problems: checked.flatMap(({ problems }) => problems),
    get: id => byId.get(library.get(id)?.file.skill.id ?? '')
  };
}

const NOTHING: IVolumeContent = { files: [], problems: [] };

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
    return this._laid.entries;
  }

  get shadowed(): readonly ISkillEntry[] {
    return this._laid.shadowed;
  }

  get problems(): readonly IProblem[] {
    return this._laid.problems;
  }

  get earlier(): readonly ISkillEntry[] {
    return this._earlier;
  }

  set earlier(entries: readonly ISkillEntry[]) {
    this._earlier = [...entries];
    this._revision++;
    this._changed.emit();
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
    return this._laid.get(id);
  }

  forPython(): string {
    return encodeIndex(this);
  }

  /**
   * Reads are chained, so that the later request always wins; requests that come while
   * one waits are served by that one.
   *
   * @param path The one file of `volume` that has changed; all of it when absent.
   */
  refresh(volume?: string, path?: string): Promise<void> {
    const names = volume === undefined ? this._volumes : [volume];
    for (const name of names) {
      const paths = this._waiting.get(name) ?? new Set();
      this._waiting.set(name, path === undefined ? 'all' : paths);
      if (path !== undefined && paths !== 'all') {
        paths.add(path);
      }
    }
    this._next ??= this._running.then(async () => {
      this._next = null;
      const due = new Map(this._waiting);
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

  private async _read(due: ReadonlyMap<string, 'all' | Set<string>>): Promise<void> {
    await Promise.all(
      [...due].map(async ([name, paths]) => {
        this._content.set(name, await this._readVolume(name, paths));
      })
    );
    if (this._isDisposed) {
      return;
    }
    const laid = layVolumes(
      this._volumes.map(volume => ({
        volume,
        content: this._content.get(volume) ?? NOTHING
      }))
    );
    if (fingerprint(laid) === fingerprint(this._laid)) {
      return;
    }
    this._laid = laid;
    this._revision++;
    this._changed.emit();
  }

  private async _readVolume(
    name: string,
    paths: 'all' | Set<string>
  ): Promise<IVolumeContent> {
    const known = this._content.get(name);
    if (paths === 'all' || !known) {
      return readVolume(this._contents, name);
    }
    const read = await Promise.all(
      [...paths].map(path => readSkillFile(this._contents, path))
    );
    const others = known.files.filter(({ path }) => !paths.has(path));
    return { ...known, files: [...others, ...read.filter(file => file !== null)] };
  }

  /** A saved file is read alone; what comes, goes or moves may be a folder. */
  private _onFileChanged(_sender: unknown, change: Contents.IChangedArgs): void {
    const { type, oldValue, newValue } = change;
    const paths = [oldValue?.path, newValue?.path];
    for (const volume of this._volumes) {
      const folder = `${volume}:${SKILLS_FOLDER}`;
      if (!paths.some(path => path === folder || path?.startsWith(`${folder}/`))) {
        continue;
      }
      const saved = type === 'save' ? newValue?.path : undefined;
      const path =
        saved !== undefined && isSkillFile(saved, volume) ? saved : undefined;
      void this.refresh(volume, path);
      const told: IVolumeChange = { volume, ...(path !== undefined && { path }) };
      this._channel?.postMessage(told);
    }
  }

  private readonly _onMessage = (event: MessageEvent<unknown>): void => {
    const { volume, path } = (event.data ?? {}) as Partial<IVolumeChange>;
    if (typeof volume === 'string' && this._volumes.includes(volume)) {
      void this.refresh(volume, path);
    }
  };

  private readonly _contents: IndexContents;
  private readonly _channel: BroadcastChannel | null;
  private readonly _content = new Map<string, IVolumeContent>();
  /** Volumes to read, whole or some of their files. */
  private readonly _waiting = new Map<string, 'all' | Set<string>>();
  private readonly _changed = new Signal<ISkillIndex, void>(this);
  private _volumes: readonly string[];
  private _laid: ILaid = layVolumes([]);
  private _earlier: readonly ISkillEntry[] = [];
  private _revision = 0;
  private _running: Promise<void> = Promise.resolve();
  private _next: Promise<void> | null = null;
  private _isDisposed = false;
}

/** Text that differs when entries or problems do. */
function fingerprint({ entries, shadowed, problems }: ILaid): string {
  const versions = [...entries, ...shadowed].map(e => [e.path, e.version, e.shadows]);
  return JSON.stringify([versions, problems]);
}

import type { NotebookPanel } from '@jupyterlab/notebook';
import type { Contents } from '@jupyterlab/services';
import type { ISkillEntry } from '@llmos-lab/kernel';
import type {
  Actor,
  IAuthor,
  IProblem,
  ISession,
  ISessionSummary,
  IProfileFields,
  Verdict,
  VolumeAction,
  VolumeOwner
} from '@llmos-lab/skills';
import { Token } from '@lumino/coreutils';
import type { ISignal } from '@lumino/signaling';

import type { VolumeRepository } from './volumes/repository';

/** The skills that a person can use here, and a ranked search over them. */
export interface ISkillLibrary {
  /** Resolves when the volumes have been read for the first time. */
  readonly ready: Promise<void>;
  readonly isReady: boolean;
  /** One entry an id, the nearest volume's, sorted by id. */
  readonly entries: readonly ISkillEntry[];
  /** Those that a nearer volume hides, nearest first. */
  readonly shadowed: readonly ISkillEntry[];
  /** What is wrong in the volumes' skill files. */
  readonly problems: readonly IProblem[];
  readonly changed: ISignal<ISkillLibrary, void>;
  /** By id, else by alias. */
  get(id: string): ISkillEntry | undefined;
  /** Best match first; all entries, sorted by id, for an empty query. */
  search(query: string, limit?: number): readonly ISkillEntry[];
  /** Reads the volumes again. */
  refresh(): Promise<void>;
}

/** The token for extensions that search skills or insert them. */
export const ISkillLibrary = new Token<ISkillLibrary>(
  '@llmos-lab/extension:ISkillLibrary',
  'The skills of all volumes, and a ranked search over them.'
);

/** Who works in this browser: author of commits, user of traces, actor of `canAccess`. */
export interface IProfile extends IProfileFields {
  /** The person as `canAccess` asks for them. */
  readonly actor: Actor;
  /** Emits after a profile was kept. */
  readonly changed: ISignal<IProfile, void>;
  /** The author of a commit made now. */
  author(): IAuthor;
  /**
   * Keeps another profile in this browser.
   *
   * @throws Error with the first of `profileProblems`
   */
  save(fields: IProfileFields): Promise<void>;
}

/** The token for extensions that ask who is at this browser. */
export const IProfile = new Token<IProfile>(
  '@llmos-lab/extension:IProfile',
  'Who works in this browser: name, user id, e-mail address and teams.'
);

/** A mounted volume. */
export interface IVolume {
  /** Name of its drive, such as `user` or `team-optics`. */
  readonly name: string;
  /** Whose it is now; a user volume follows the profile's id. */
  readonly owner: VolumeOwner;
  readonly drive: Contents.IDrive;
  /** Its history; the system library has none. */
  readonly repository?: VolumeRepository;
  /** Asks the one access rule about the person at this browser. */
  can(action: VolumeAction): Verdict;
}

/** The volumes that are mounted here. */
export interface IVolumes {
  /** Nearest first: the order in which skills are looked up. */
  readonly volumes: readonly IVolume[];
  /** Emits when a team's volume was mounted or put away. */
  readonly changed: ISignal<IVolumes, void>;
  get(name: string): IVolume | undefined;
}

/** The token for extensions that read or write volumes. */
export const IVolumes = new Token<IVolumes>(
  '@llmos-lab/extension:IVolumes',
  'The mounted volumes: their drives, and the history of those that have one.'
);

/** Where a session stands. */
export interface ISessionPlace {
  /** Name of its volume. */
  readonly volume: string;
  readonly id: string;
}

/** The sessions of all mounted volumes that have a history. */
export interface ISessions {
  /** Resolves when the volumes have been read and renamed notebooks are known. */
  readonly ready: Promise<void>;
  /** Volume by volume, the latest changed first. */
  readonly all: readonly ISessionSummary[];
  readonly changed: ISignal<ISessions, void>;
  /** By id, in any volume where none is named. */
  find(id: string, volume?: string): ISessionSummary | undefined;
  /** Writes `session.json`; it is committed with the session. */
  write(session: ISession, volume: string): Promise<void>;
  /**
   * The session of a notebook, made where it has none; the same for all who ask.
   *
   * @throws Error when the session's file cannot be read; nothing is written
   */
  ensure(notebook: NotebookPanel): Promise<ISessionPlace>;
  /**
   * Adds whole lines to a file of a session, such as `traces.jsonl` or `chat.jsonl`, in
   * order with other tabs.
   *
   * @throws unknown what the drive says, "not found" when the session was deleted
   */
  append(place: ISessionPlace, file: string, lines: string): Promise<void>;
  /**
   * Makes the text of a session's file another, in order with other tabs, commits and
   * merges; `edit` gets the empty text where there is no file.
   *
   * @returns the text that is there now
   * @throws unknown as `append`
   */
  change(
    place: ISessionPlace,
    file: string,
    edit: (text: string) => string
  ): Promise<string>;
}

/** The token for extensions that list sessions or write what they say of themselves. */
export const ISessions = new Token<ISessions>(
  '@llmos-lab/extension:ISessions',
  'The sessions of all volumes: notebooks with their runs, conversation and artifacts.'
);

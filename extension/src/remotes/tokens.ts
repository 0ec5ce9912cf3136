import { Token } from '@lumino/coreutils';
import type { ISignal } from '@lumino/signaling';

import type { IMergeOptions } from '../volumes/merging';
import type { IGithubAccount } from './github/account';
import type { GithubClient, IGithubPlace } from './github/client';
import type { IProposal } from './github/propose';
import type {
  IPushTransfer,
  IRemote,
  ITransfer,
  PullResult,
  PushResult
} from './remote';
import type { IRemoteView } from './transfer/transfers';

/**
 * Volumes kept on GitHub too; `volume` is the name of a drive. Faults of the network are
 * thrown as `RemoteError`.
 */
export interface IGithub {
  /** Emits the volume that was signed in or out. */
  readonly changed: ISignal<IGithub, string>;
  /** Who is signed in for a volume. */
  account(volume: string): IGithubAccount | undefined;
  /**
   * Takes a token; it lives in `net.worker` only, and ends with the page.
   *
   * @param server address of the API; by default that of github.com
   */
  signIn(token: string, server?: string): Promise<IGithubAccount>;
  /** Reads what is public on github.com, as who is signed in where somebody is. */
  reader(): Promise<GithubClient>;
  /** Signs a volume in with an account, or out; a token that nobody uses is forgotten. */
  use(volume: string, account: IGithubAccount | null): Promise<void>;
  /** Forgets the token of an account that no volume uses. */
  drop(account: IGithubAccount): Promise<void>;
  /** Sends a volume's commits. */
  push(
    volume: string,
    place: IGithubPlace,
    transfer?: IPushTransfer
  ): Promise<PushResult>;
  /** Fetches and merges what others pushed. */
  pull(
    volume: string,
    place: IGithubPlace,
    merge: IMergeOptions,
    transfer?: ITransfer
  ): Promise<PullResult>;
  /**
   * Opens a pull request in any repository, as who is signed in for a volume.
   *
   * @returns its address, for people
   */
  propose(volume: string, place: IGithubPlace, proposal: IProposal): Promise<string>;
}

/** The token for what signs in to GitHub, pushes and pulls. */
export const IGithub = new Token<IGithub>(
  '@llmos-lab/extension:IGithub',
  'Signs in to GitHub, and pushes and pulls volumes.'
);

/**
 * Which remote each volume is connected to, of whatever kind. Who connects one (the
 * dialogs for GitHub and for Git servers) adds it here and keeps its own settings; who
 * pushes, pulls or shows how a volume stands asks here.
 */
export interface IRemotes {
  /** The remote of a volume, by the name of its drive; undefined when not connected. */
  get(volume: string): IRemote | undefined;
  /** Connects a volume, in place of what it was connected to; `null` disconnects it. */
  set(volume: string, remote: IRemote | null): void;
  /** Tell that a push, a pull, or signing in or out changed how a volume stands. */
  touch(volume: string): void;
  /** Emits the volume that was connected, disconnected or touched. */
  readonly changed: ISignal<IRemotes, string>;
}

/** The token for what connects volumes to servers, and for what pushes and pulls them. */
export const IRemotes = new Token<IRemotes>(
  '@llmos-lab/extension:IRemotes',
  'Which server each volume is pushed to and pulled from.'
);

/** How volumes stand to their servers; pushing and pulling themselves are commands. */
export interface ITransfers {
  /** Emits the volume whose view is another now. */
  readonly changed: ISignal<ITransfers, string>;
  /** `null` for a volume that is not connected. */
  view(volume: string): IRemoteView | null;
}

/** The token for views of pushes and pulls. */
export const ITransfers = new Token<ITransfers>(
  '@llmos-lab/extension:ITransfers',
  'How volumes stand to their servers, and what is being pushed or pulled.'
);

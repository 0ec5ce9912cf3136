import { Token } from '@lumino/coreutils';
import type { ISignal } from '@lumino/signaling';

import type { IMergeOptions } from '../volumes/merging';
import type { ITokenCheck } from './github/check';
import type { IGithubPlace } from './github/client';
import type { CreateResult, INewRepository } from './github/create';
import type { PullResult } from './github/pull';
import type { IRemoteVolume, PushResult } from './github/push';
import type { IRemote } from './remote';

/** How a push or pull is watched and stopped. */
export type ITransferOptions = Pick<IRemoteVolume, 'signal' | 'onProgress'>;

/** Volumes kept on GitHub too. Faults of the network are thrown as `RemoteError`. */
export interface IGithub {
  /** Whether a token is held; it lives in `net.worker` only and ends with the page. */
  readonly isSignedIn: boolean;
  readonly changed: ISignal<IGithub, void>;
  /**
   * Takes a token and says what it may do with a repository.
   *
   * @param server address of the API; by default that of github.com
   */
  signIn(token: string, place: IGithubPlace, server?: string): Promise<ITokenCheck>;
  /** Forgets the token. */
  signOut(): Promise<void>;
  createRepository(wanted: INewRepository): Promise<CreateResult>;
  /** Sends a volume's commits; `volume` is the name of its drive. */
  push(
    volume: string,
    place: IGithubPlace,
    options?: ITransferOptions
  ): Promise<PushResult>;
  /** Fetches and merges what others pushed. */
  pull(
    volume: string,
    place: IGithubPlace,
    merge: IMergeOptions,
    options?: ITransferOptions
  ): Promise<PullResult>;
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

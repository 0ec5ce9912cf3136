import { Token } from '@lumino/coreutils';
import type { ISignal } from '@lumino/signaling';

import type { IMergeOptions } from '../volumes/merging';
import type { ITokenCheck } from './github/check';
import type { IGithubPlace } from './github/client';
import type { CreateResult, INewRepository } from './github/create';
import type { PullResult } from './github/pull';
import type { IRemoteVolume, PushResult } from './github/push';

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

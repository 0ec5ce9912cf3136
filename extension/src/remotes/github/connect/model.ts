import type { TranslationBundle } from '@jupyterlab/translation';
import { Signal, type ISignal } from '@lumino/signaling';

import { reasonOf } from '../../../reasonOf';
import type { IKeepChoice } from '../../../secrets/KeepFields';
import type { IGithub } from '../../tokens';
import type { IGithubAccount } from '../account';
import type { ITokenCheck } from '../check';
import type { IGithubPlace } from '../client';
import { parsePlace } from '../place';
import { tidyServer } from './settings';

/** Another volume that is signed in, whose token may serve here too. */
export interface IOtherSignIn {
  readonly volume: string;
  readonly account: IGithubAccount;
  readonly token: string;
}

/** What the dialog starts with. */
export interface IConnectOptions {
  readonly github: Pick<IGithub, 'signIn' | 'drop'>;
  /** Name of the drive. */
  readonly volume: string;
  readonly server: string;
  /** `owner/name` that the volume is connected to already. */
  readonly place?: IGithubPlace;
  readonly suggest: (login: string) => IGithubPlace;
  /** The volume that has this repository already, by the name people know. */
  readonly takenBy: (server: string, place: IGithubPlace) => string | undefined;
  readonly others: readonly IOtherSignIn[];
  readonly trans: TranslationBundle;
  /** Signs in through GitHub's own page, where somebody set that up. */
  readonly oauth?: (signal: AbortSignal) => Promise<string>;
}

/** What the dialog shows; a new object after each change. */
export interface IConnectState {
  readonly server: string;
  readonly token: string;
  /** `owner/name` as it is typed. */
  readonly place: string;
  readonly keep: IKeepChoice | null;
  /** What is being asked of the server. */
  readonly busy: 'token' | 'pop-up' | 'place' | 'create' | null;
  readonly problem: string | null;
  readonly account: IGithubAccount | null;
  readonly repositories: readonly IGithubPlace[];
  /** Of the repository as it is typed. */
  readonly check: ITokenCheck | null;
  /** GitHub's form for the repository, where the token may not make it. */
  readonly formUrl: string | null;
}

/** State of the connect dialog: a token is checked, then a repository. No React, no app. */
export class ConnectModel {
  constructor(readonly options: IConnectOptions) {
    const { server, place } = options;
    this._state = {
      ...{ server, token: '', keep: {}, busy: null, problem: null },
      ...{ account: null, repositories: [], check: null, formUrl: null },
      place: place ? `${place.owner}/${place.name}` : ''
    };
  }

  get state(): IConnectState {
    return this._state;
  }

  get stateChanged(): ISignal<this, void> {
    return this._stateChanged;
  }

  /** Whether there is a repository, with a token that may at least read it. */
  get isReady(): boolean {
    const { account, check, keep, busy } = this._state;
    return (
      account !== null &&
      keep !== null &&
      busy === null &&
      check !== null &&
      check.repository !== 'absent'
    );
  }

  setServer(server: string): void {
    this._set({ server, ...NOBODY });
  }

  setToken(token: string): void {
    this._set({ token, ...NOBODY });
  }

  setKeep(keep: IKeepChoice | null): void {
    this._set({ keep });
  }

  setPlace(place: string): void {
    this._set({ place, check: null, formUrl: null, problem: null });
  }

  /** What Enter does: the check that is next. */
  async next(): Promise<void> {
    await (this._state.account ? this.checkPlace() : this.checkToken());
  }

  /** Signs in with the token, and goes on to the repository. */
  checkToken(): Promise<void> {
    const { token, server } = this._state;
    return this._do('token', async () => {
      const { github } = this.options;
      const account = await github.signIn(token.trim(), tidyServer(server));
      await this._signedIn(account, { token, server });
    });
  }

  /** Lets GitHub's own page ask for the sign-in; a second time gives the wait up. */
  signInByPopUp(): Promise<void> {
    if (this._popUp) {
      this._popUp.abort();
      return Promise.resolve();
    }
    const popUp = new AbortController();
    this._popUp = popUp;
    return this._do('pop-up', async () => {
      const { github, oauth } = this.options;
      const token = await oauth?.(popUp.signal).finally(() => {
        this._popUp = null;
      });
      if (token !== undefined) {
        this._set({ token });
        const { server } = this._state;
        const account = await github.signIn(token, tidyServer(server));
        await this._signedIn(account, { token, server });
      }
    });
  }

  /** Takes the sign-in of another volume. */
  useOther({ account, token }: IOtherSignIn): Promise<void> {
    return this._do('token', async () => {
      const { server } = account;
      this._set({ token, server });
      await this._signedIn(account, { token, server });
    });
  }

  /** What the token may do with the repository. */
  checkPlace(): Promise<void> {
    return this._do('place', () => this._checkPlace());
  }

  /** Makes the repository, private; or says where the person can. */
  createRepository(): Promise<void> {
    return this._do('create', async () => {
      const { account, place } = this._state;
      const wanted = parsePlace(place);
      if (account && wanted) {
        const description = 'Skills and sessions of LLMos Lab';
        const result = await account.createRepository({
          ...{ ...wanted, description, isPrivate: true }
        });
        if (result.kind === 'not-allowed') {
          this._set({ formUrl: result.formUrl });
        } else {
          await this._checkPlace();
        }
      }
    });
  }

  /** Forgets a sign-in that came to nothing. */
  async dispose(): Promise<void> {
    this._isDisposed = true;
    this._popUp?.abort();
    Signal.clearData(this);
    await this._drop(this._state.account);
  }

  /** @param by what was checked; the person may have gone on typing since */
  private async _signedIn(
    account: IGithubAccount,
    by: Pick<IConnectState, 'token' | 'server'>
  ): Promise<void> {
    const { place, token, server } = this._state;
    if (this._isDisposed || token !== by.token || server !== by.server) {
      await this._drop(account);
      return;
    }
    const { owner, name } = this.options.suggest(account.login);
    this._set({ account, place: place || `${owner}/${name}` });
    // A list that may not be read is no fault: names can be typed.
    const repositories = await account.repositories().catch(() => []);
    if (this._state.account === account) {
      this._set({ repositories });
      await this._checkPlace();
    }
  }

  private async _checkPlace(): Promise<void> {
    const { account, place } = this._state;
    const { trans } = this.options;
    const wanted = parsePlace(place);
    if (!account) {
      return;
    }
    if (!wanted) {
      throw new Error(trans.__('A repository is named like this: owner/name.'));
    }
    const taken = this.options.takenBy(account.server, wanted);
    if (taken !== undefined) {
      throw new Error(
        trans.__('"%1" is kept there. Choose another repository.', taken)
      );
    }
    const check = await account.check(wanted);
    if (this._state.place === place && this._state.account === account) {
      this._set({ check, formUrl: null });
    }
  }

  private async _do(
    busy: NonNullable<IConnectState['busy']>,
    work: () => Promise<void>
  ): Promise<void> {
    if (this._state.busy !== null) {
      return;
    }
    this._set({ busy, problem: null });
    try {
      await work();
      this._set({ busy: null });
    } catch (error) {
      const problem = reasonOf(error);
      this._set({ busy: null, problem });
    }
  }

  private _set(part: Partial<IConnectState>): void {
    const { account } = this._state;
    this._state = { ...this._state, ...part };
    if (account !== this._state.account) {
      void this._drop(account);
    }
    this._stateChanged.emit();
  }

  private async _drop(account: IGithubAccount | null): Promise<void> {
    if (account) {
      await this.options.github.drop(account);
    }
  }

  private _state: IConnectState;
  private _popUp: AbortController | null = null;
  private _isDisposed = false;
  private readonly _stateChanged = new Signal<this, void>(this);
}

const NOBODY = { account: null, check: null, formUrl: null, problem: null } as const;

import type { TranslationBundle } from '@jupyterlab/translation';

import type { ISecretStore } from '../../../secrets/tokens';
import { unlockSecret } from '../../../secrets/unlockDialog';
import { volumeName } from '../../../skills/skillText';
import type { IVolumes } from '../../../tokens';
import { RemoteError } from '../../remoteError';
import type { IRemotes } from '../../tokens';
import type { Github } from '../github';
import { GithubRemote, type IGithubConnection } from '../githubRemote';
import { parsePlace } from '../place';
import { askGithub } from './connectDialog';
import { ConnectModel, type IConnectOptions } from './model';
import type { GithubSettings } from './settings';

/** What connecting volumes to GitHub works with. */
export interface IConnectContext {
  readonly github: Github;
  readonly remotes: IRemotes;
  readonly volumes: IVolumes;
  readonly secrets: ISecretStore;
  readonly settings: GithubSettings;
  /** Signs in on GitHub's page; gives a token. */
  readonly oauth: (server: string, signal: AbortSignal) => Promise<string>;
  readonly trans: TranslationBundle;
}

/** Which volumes are on GitHub, and their tokens. */
export class GithubConnections {
  constructor(private readonly _context: IConnectContext) {
    const { secrets, github } = _context;
    secrets.changed.connect(this._onSecret, this);
    github.changed.connect((_, volume) => this._touch(volume));
  }

  /** Connects the volumes as they were when the page was open last; asks nobody. */
  restore(): void {
    const { settings, remotes } = this._context;
    for (const [volume, connection] of settings.connections) {
      if (!remotes.get(volume)) {
        remotes.set(volume, this._remote(volume, connection));
      }
    }
  }

  get(volume: string): GithubRemote | undefined {
    const remote = this._context.remotes.get(volume);
    return remote instanceof GithubRemote ? remote : undefined;
  }

  /** Asks for token and repository; false when the person cancels. */
  async connect(volume: string): Promise<boolean> {
    const { github, settings, secrets, remotes } = this._context;
    const model = new ConnectModel(this._options(volume));
    try {
      if (!(await askGithub(model))) {
        return false;
      }
      const { account, place, keep, token } = model.state;
      const wanted = parsePlace(place);
      if (!account || !keep || !wanted) {
        return false;
      }
      const connection = { ...wanted, server: account.server };
      if (!this.get(volume)) {
        await remotes.get(volume)?.disconnect?.();
      }
      await github.use(volume, account);
      await secrets.keep(tokenName(volume), token.trim(), keep.passphrase);
      await settings.connect(volume, connection);
      remotes.set(volume, this._remote(volume, connection));
      return true;
    } finally {
      await model.dispose();
    }
  }

  /** Forgets the token; the volume stays connected. */
  async signOut(volume: string): Promise<void> {
    const { github, secrets } = this._context;
    await github.use(volume, null);
    await secrets.forget(tokenName(volume));
  }

  /** Forgets token and repository; what was fetched stays. */
  async disconnect(volume: string): Promise<void> {
    const { settings, remotes } = this._context;
    await this.signOut(volume);
    await settings.connect(volume, null);
    remotes.set(volume, null);
  }

  private _remote(volume: string, connection: IGithubConnection): GithubRemote {
    const { github } = this._context;
    return new GithubRemote(
      ...([github, volume, connection] as const),
      () => this._signIn(volume),
      () => this.disconnect(volume)
    );
  }

  /** With the kept token where there is one; else as when the volume was connected. */
  private async _signIn(volume: string): Promise<boolean> {
    const { github, secrets, trans } = this._context;
    const connection = this.get(volume)?.connection;
    const token = await unlockSecret({
      ...{ secrets, name: tokenName(volume), trans },
      label: trans.__('GitHub token of "%1"', volumeName(volume, trans))
    });
    if (token === undefined || !connection) {
      const state = await secrets.state(tokenName(volume));
      return state === 'locked' ? false : this.connect(volume);
    }
    try {
      await github.use(volume, await github.signIn(token, connection.server));
      return true;
    } catch (error) {
      if (error instanceof RemoteError && error.code === 'unauthorized') {
        return this.connect(volume);
      }
      throw error;
    }
  }

  private _options(volume: string): IConnectOptions {
    const { github, settings, secrets, volumes, oauth, trans } = this._context;
    const known = this.get(volume)?.connection;
    const others = volumes.volumes.flatMap(({ name }) => {
      const account = name === volume ? undefined : github.account(name);
      const token = secrets.get(tokenName(name));
      return account && token !== undefined ? [{ volume: name, account, token }] : [];
    });
    const server = known?.server ?? settings.server;
    return {
      ...{ github, volume, server, others, trans },
      ...(known && { place: known }),
      ...(settings.exchange && { oauth: signal => oauth(server, signal) }),
      suggest: login => settings.suggest(volume, login),
      takenBy: (address, { owner, name }) => {
        const found = [...settings.connections].find(
          ([other, each]) =>
            other !== volume &&
            each.server === address &&
            `${each.owner}/${each.name}`.toLowerCase() ===
              `${owner}/${name}`.toLowerCase()
        );
        return found && volumeName(found[0], trans);
      }
    };
  }

  /** A token forgotten in another tab is forgotten here too. */
  private _onSecret(_: unknown, name: string): void {
    const { github, secrets } = this._context;
    const volume = /^github:(.+)$/.exec(name)?.[1];
    if (volume !== undefined && github.account(volume)) {
      void secrets.state(name).then(state => {
        if (state === 'absent') {
          void github.use(volume, null);
        }
      });
    }
  }

  private _touch(volume: string): void {
    this._context.remotes.touch(volume);
  }
}

function tokenName(volume: string): string {
  return `github:${volume}`;
}

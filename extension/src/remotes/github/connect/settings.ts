import type { ISettingRegistry } from '@jupyterlab/settingregistry';
import { isRecord } from '@llmos-lab/skills';

import { GITHUB, type IGithubPlace } from '../client';
import type { IGithubConnection } from '../githubRemote';
import { parsePlace } from '../place';

/** Where settings are kept; `null` keeps nothing beyond this page. */
export type Settings = Pick<ISettingRegistry.ISettings, 'composite' | 'set'> | null;

/** The settings of GitHub, read as they are at that moment. No secret is among them. */
export class GithubSettings {
  constructor(private readonly _settings: Settings) {}

  /** Address of the API, without a slash at the end. */
  get server(): string {
    return tidyServer(this._text('server')) || GITHUB;
  }

  /** What signs in through a pop-up; `null` where nobody set one up. */
  get exchange(): { readonly url: string; readonly clientId: string } | null {
    const [url, clientId] = [this._text('exchangeUrl'), this._text('clientId')];
    return url === '' || clientId === '' ? null : { url, clientId };
  }

  get connections(): ReadonlyMap<string, IGithubConnection> {
    const value = this._settings?.composite['connections'] ?? this._unkept;
    return new Map(
      Object.entries(isRecord(value) ? value : {}).flatMap(([volume, connection]) =>
        isConnection(connection) ? [[volume, connection]] : []
      )
    );
  }

  async connect(volume: string, connection: IGithubConnection | null): Promise<void> {
    const connections = new Map(this.connections);
    if (connection) {
      connections.set(volume, connection);
    } else {
      connections.delete(volume);
    }
    const value = Object.fromEntries(
      [...connections].map(([name, each]) => [name, { ...each }])
    );
    this._unkept = value;
    await this._settings?.set('connections', value);
  }

  /** The repository that R5.5 suggests for a volume. */
  suggest(volume: string, login: string): IGithubPlace {
    const team = /^team-(.+)$/.exec(volume)?.[1];
    const template =
      team === undefined
        ? this._text('userRepository') || 'llmunix-user-{username}'
        : this._text('teamRepository') || 'llmunix-team-volumes';
    const filled = template
      .replaceAll('{username}', login)
      .replaceAll('{team}', team ?? '');
    return (
      parsePlace(filled.includes('/') ? filled : `${login}/${filled}`) ?? {
        owner: login,
        name: filled
      }
    );
  }

  private _text(key: string): string {
    const value = this._settings?.composite[key];
    return typeof value === 'string' ? value.trim() : '';
  }

  private _unkept: Readonly<Record<string, unknown>> = {};
}

/** An address of an API, without a slash at the end. */
export function tidyServer(text: string): string {
  return text.trim().replace(/\/+$/, '');
}

function isConnection(value: unknown): value is IGithubConnection {
  return (
    isRecord(value) &&
    typeof value.server === 'string' &&
    URL.canParse(value.server) &&
    typeof value.owner === 'string' &&
    typeof value.name === 'string'
  );
}

/** @jest-environment node */
import 'fake-indexeddb/auto';

import type { ISettingRegistry } from '@jupyterlab/settingregistry';
import { Signal } from '@lumino/signaling';

import { NetWorker } from '../../src/net/netWorker';
import { GitConnections } from '../../src/remotes/git/connections';
import { Remotes } from '../../src/remotes/remotes';
import { SecretStore } from '../../src/secrets/secretStore';
import type { IVolumes } from '../../src/tokens';
import { DatabaseFileStore } from '../../src/volumes/databaseStore';
import { GitServer, pageFetch, PASSWORD, USER } from './gitServer';

let count = 0;

describe('connections to Git servers', () => {
  let server: GitServer;
  let store: DatabaseFileStore;
  let secrets: SecretStore;
  let url: string;
  const kept: Record<string, unknown> = {};
  const net = new NetWorker({ fetch: pageFetch });

  /** As a page that was just opened. */
  const open = (askPassword = (): string | undefined => undefined) => {
    const volume = { name: 'user', repository: store.repository };
    const volumes = {
      volumes: [volume],
      changed: new Signal<IVolumes, void>({} as IVolumes),
      get: () => volume
    } as unknown as IVolumes;
    const settings = {
      composite: kept,
      changed: new Signal<ISettingRegistry.ISettings, void>(
        {} as ISettingRegistry.ISettings
      ),
      set: (key: string, value: unknown) => {
        kept[key] = value;
        return Promise.resolve();
      }
    } as unknown as ISettingRegistry.ISettings;
    const remotes = new Remotes();
    const connections = new GitConnections({
      ...{ volumes, remotes, secrets, settings },
      startNet: () => Promise.resolve(net),
      askPassword: () => Promise.resolve(askPassword())
    });
    return { remotes, connections };
  };

  beforeEach(async () => {
    server = await GitServer.start();
    ({ url } = server.create('volume'));
    store = new DatabaseFileStore(`connections-${count++}`, ['skills']);
    secrets = new SecretStore(`secrets-${count}`);
  });
  afterEach(async () => {
    store.dispose();
    secrets.dispose();
    await server.stop();
  });

  const ana = () => ({ url, user: USER, signsIn: true, proxy: '' });

  it('are kept without the password, and forgotten with it', async () => {
    const { remotes, connections } = open();
    await connections.connect('user', ana(), PASSWORD);
    expect(remotes.get('user')).toMatchObject({ name: url, isReady: true });
    expect(JSON.stringify(kept)).not.toContain(PASSWORD);

    const next = open(() => PASSWORD);
    next.connections.restore();
    const remote = next.remotes.get('user');
    expect(remote).toMatchObject({ name: url, isReady: false });
    expect(await remote?.signIn?.()).toBe(true);
    expect(await remote?.push()).toEqual({ kind: 'up-to-date' });

    await next.connections.disconnect('user');
    expect(next.remotes.get('user')).toBeUndefined();
    expect(await secrets.names()).toEqual([]);
    expect(kept).toEqual({ connections: {} });
  });

  it('come to nothing with a wrong password', async () => {
    const { remotes, connections } = open();
    await expect(connections.connect('user', ana(), 'wrong')).rejects.toMatchObject({
      code: 'unauthorized'
    });
    expect(remotes.get('user')).toBeUndefined();
    expect(await secrets.names()).toEqual([]);
  });

  it('stay unconnected when the person gives no password', async () => {
    await open().connections.connect('user', ana(), PASSWORD);
    const { remotes, connections } = open(() => undefined);
    connections.restore();
    expect(await remotes.get('user')?.signIn?.()).toBe(false);
  });
});

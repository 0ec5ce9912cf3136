/** @jest-environment node */
import 'fake-indexeddb/auto';

import type { ISettingRegistry } from '@jupyterlab/settingregistry';
import { nullTranslator } from '@jupyterlab/translation';
import { Signal } from '@lumino/signaling';

import { NetWorker } from '../../src/net/netWorker';
import { isAddress, takeSignIn, tidyAddress } from '../../src/remotes/git/connection';
import { GitConnections } from '../../src/remotes/git/connections';
import type { IRemote } from '../../src/remotes/remote';
import { Remotes } from '../../src/remotes/remotes';
import { SecretStore } from '../../src/secrets/secretStore';
import type { IVolumes } from '../../src/tokens';
import { DatabaseFileStore } from '../../src/volumes/databaseStore';
import { GitServer, pageFetch, PASSWORD, USER } from './gitServer';

const trans = nullTranslator.load('');
let count = 0;

describe('the address of a Git server', () => {
  it.each([
    ['git.example.org/a/b c.git', true],
    ['http://localhost:80/a.git', true],
    ['http://[::1]/a.git', true],
    ['münchen.example/a.git', true],
    ['', false],
    ['not a url', false],
    // All browsers take these two for addresses, and Chromium the one above.
    ['not*a*url', false],
    ['"url"', false]
  ])('%j: %j', (text, is) => expect(isAddress(tidyAddress(text))).toBe(is));
});

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
      volumes: [volume, { ...volume, name: 'team-optics' }],
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
      ...{ volumes, remotes, secrets, settings, trans },
      startNet: () => Promise.resolve(net),
      askPassword: () => Promise.resolve(askPassword())
    });
    return { remotes, connections };
  };

  beforeEach(async () => {
    server = await GitServer.start();
    ({ url } = server.create('volume'));
    store = new DatabaseFileStore(`connections-${count++}`, { folders: ['skills'] });
    secrets = new SecretStore(`secrets-${count}`, trans);
  });
  afterEach(async () => {
    delete kept.connections;
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

  it('stay as they are when another attempt fails', async () => {
    const { remotes, connections } = open();
    await connections.connect('user', ana(), PASSWORD, 'a long passphrase');
    await expect(connections.connect('user', ana(), 'wrong')).rejects.toMatchObject({
      code: 'unauthorized'
    });
    expect(await remotes.get('user')?.push()).toEqual({ kind: 'up-to-date' });
    expect(await secrets.state(`git:${url}`)).toBe('open');
    expect(secrets.get(`git:${url}`)).toBe(PASSWORD);
    // Somebody reads the same address without a name, as imports of skills do.
    await net.openGit({ url, user: '', password: '' }, 'reader');
    await net.close('reader');
    expect(await remotes.get('user')?.push()).toEqual({ kind: 'up-to-date' });
  });

  it.each([
    { url: 'https://ana:s3cret@example.org/x.git' },
    { proxy: 'https://ana:s3cret@proxy.example.org' }
  ])('keep nothing of an address that cannot be used: %j', async address => {
    const { connections } = open();
    const odd = { ...ana(), ...address };
    await expect(connections.connect('user', odd, PASSWORD)).rejects.toMatchObject({
      code: 'not-open',
      message: expect.not.stringContaining('s3cret') as unknown
    });
    expect(await secrets.names()).toEqual([]);
    expect(connections.get('user')).toBeUndefined();
  });

  it('leave nothing behind of the server that another one replaces', async () => {
    const { remotes, connections } = open();
    await connections.connect('user', ana(), PASSWORD);
    const before = remotes.get('user');
    const other = server.create('other').url;
    await connections.connect('user', { ...ana(), url: other }, PASSWORD);
    expect(before?.isReady).toBe(false);
    expect(await secrets.names()).toEqual([`git:${other}`]);
  });

  it('end the connection of another kind, which would come back by itself', async () => {
    const { remotes, connections } = open();
    const disconnect = jest.fn(() => {
      remotes.set('user', null);
      return Promise.resolve();
    });
    const github = { kind: 'github', name: 'ana/volume', disconnect };
    remotes.set('user', github as unknown as IRemote);
    await expect(connections.connect('user', ana(), 'wrong')).rejects.toBeDefined();
    expect(disconnect).not.toHaveBeenCalled();
    await connections.connect('user', ana(), PASSWORD);
    expect(disconnect).toHaveBeenCalledTimes(1);
    const git = remotes.get('user');
    expect(git).toMatchObject({ name: url, isReady: true });
    await git?.disconnect?.();
    expect([remotes.get('user'), kept]).toEqual([undefined, { connections: {} }]);
  });

  it('are signed out when their password is forgotten, in whatever tab', async () => {
    const { remotes, connections } = open();
    await connections.connect('user', ana(), PASSWORD);
    const told = new Promise<void>(done => {
      remotes.changed.connect(() => done());
    });
    await secrets.forget(`git:${url}`);
    await told;
    expect(remotes.get('user')).toMatchObject({ name: url, isReady: false });
  });

  it('are refused for a repository that another volume has', async () => {
    const { connections } = open();
    await connections.connect('user', ana(), PASSWORD);
    const again = { ...ana(), url: url.replace(/\.git$/, '') };
    await expect(connections.connect('team-optics', again, PASSWORD)).rejects.toThrow(
      '"user" is kept there'
    );
  });

  it('take name and password out of a copied address', () => {
    const fields = { user: 'ben', password: '' };
    expect(
      takeSignIn({ ...fields, url: 'https://ana:t%40k@example.org/x.git' })
    ).toEqual({ url: 'https://example.org/x.git', user: 'ana', password: 't@k' });
    const plain = { ...fields, url: 'https://example.org/x.git' };
    expect(takeSignIn(plain)).toBe(plain);
  });

  it('stay unconnected when the person gives no password', async () => {
    await open().connections.connect('user', ana(), PASSWORD);
    const { remotes, connections } = open(() => undefined);
    connections.restore();
    expect(await remotes.get('user')?.signIn?.()).toBe(false);
  });
});

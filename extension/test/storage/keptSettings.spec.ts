import '../page';

import type { ContentsManager, ServerConnection } from '@jupyterlab/services';
import { nullTranslator } from '@jupyterlab/translation';
import { Signal } from '@lumino/signaling';
import { readdirSync } from 'node:fs';

import { UNTRANSLATED } from '../../src/volumes/fileStore';
import { openZip } from '../../src/archive/zipReader';
import { Profile } from '../../src/profile/model';
import { makeBackup, restoreBackup } from '../../src/storage/backupAll';
import { IN_BACKUPS, writeSettings } from '../../src/storage/keptSettings';
import { DatabaseFileStore } from '../../src/volumes/databaseStore';
import { VolumeMounts } from '../../src/volumes/mounts';
import { storeName } from '../../src/volumes/storeName';
import { bytesOf, QUIET, textOf } from '../volumes/bytes';
import { idOf, registryOver, SCHEMAS, schemaOf } from './registryOver';

let count = 0;

/** A browser with its settings and volumes; another one where no address is given. */
async function browser(baseUrl = `http://localhost/kept-${count++}/`) {
  const kept = new Map<string, string>();
  const registry = registryOver(kept);
  const profile = new Profile(await registry.load(idOf('profile')));
  const drives: string[] = [];
  const volumes = new VolumeMounts({
    contents: { addDrive: ({ name }) => void drives.push(name) },
    serverSettings: { baseUrl } as ServerConnection.ISettings,
    profile,
    refusal: path => path,
    trans: UNTRANSLATED,
    onRefused: () => undefined
  });
  const contents = {
    get: () => Promise.resolve({ type: 'directory', content: [] }),
    fileChanged: new Signal<object, unknown>({})
  } as unknown as ContentsManager;
  const open = (name: string) => new DatabaseFileStore(storeName(name, baseUrl));
  const stored = { names: () => Promise.resolve([]), open };
  const set = async (name: string, values: object): Promise<void> => {
    await (await registry.load(idOf(name))).save(JSON.stringify(values));
  };
  const get = async (name: string): Promise<unknown> =>
    (await registry.load(idOf(name))).user;
  const trans = nullTranslator.load('');
  const parts = { volumes, contents, stored, settings: registry, trans };
  return { kept, profile, volumes, drives, open, set, get, parts };
}

describe('settings in a backup', () => {
  it('bring back who the person is, their teams and what they share', async () => {
    const mine = await browser();
    const ana = { name: 'Ana', id: 'ana', email: '', teams: ['optics'] };
    await mine.profile.save(ana);
    await mine.set('evolution', { sharedTeams: ['optics'], teamJob: false });
    const store = mine.open('team-optics');
    await store.write('plan.md', bytesOf('Plan'));
    const zip = await makeBackup(mine.parts, new Date(), QUIET);

    const other = await browser();
    expect(other.profile.id).toBe('local');
    expect(await restoreBackup(other.parts, zip, QUIET)).toEqual({
      ...{ volumes: ['user', 'team-optics'], unseen: [], files: [], unset: [] }
    });
    const { name, id, teams } = other.profile;
    expect({ name, id, teams }).toEqual({ name: 'Ana', id: 'ana', teams: ['optics'] });
    expect(other.drives).toContain('team-optics');
    expect(other.volumes.get('team-optics')?.owner).toEqual({
      ...{ kind: 'team', id: 'optics' }
    });
    const back = other.open('team-optics');
    expect(textOf(await back.read('plan.md'))).toBe('Plan');
    expect(await other.get('evolution')).toEqual({
      ...{ sharedTeams: ['optics'], teamJob: false }
    });
    store.dispose();
    back.dispose();
  });

  it('bring back the theme, which JupyterLab keeps', async () => {
    const themes = '@jupyterlab/apputils-extension:themes';
    const mine = await browser();
    await mine.set(themes, { theme: 'JupyterLab Dark' });
    const zip = await makeBackup(mine.parts, new Date(), QUIET);
    const other = await browser();
    await restoreBackup(other.parts, zip, QUIET);
    expect(await other.get(themes)).toEqual({ theme: 'JupyterLab Dark' });
  });

  it('hold no keys, and no address that a key would be sent to', async () => {
    const mine = await browser();
    const token = `ghp_${'a1B2c3D4e5'.repeat(3)}`;
    await mine.set('github', {
      ...{ server: 'https://git.example.org', exchangeUrl: 'https://x.example.org' },
      ...{ userRepository: 'ana/volume' }
    });
    await mine.set('assistant', {
      ...{ server: 'https://models.example.org', model: token, maxSkills: 3 }
    });
    const zip = await makeBackup(mine.parts, new Date(), QUIET);
    const files = await openZip(zip, UNTRANSLATED);
    const text = new TextDecoder().decode(await files.read('settings.json'));
    expect(text).not.toMatch(/example\.org|ghp_/);

    const other = await browser();
    await other.set('github', { server: 'https://mine.example.org' });
    await restoreBackup(other.parts, zip, QUIET);
    expect(await other.get('github')).toEqual({
      ...{ server: 'https://mine.example.org', userRepository: 'ana/volume' }
    });
    expect(await other.get('assistant')).toEqual({ maxSkills: 3 });
  });

  it('say which of them could not be restored, and leave those as they were', async () => {
    const mine = await browser();
    await mine.set('profile', { id: 'no id!' });
    await mine.set('sessions', { outputs: 'clear' });
    const zip = await makeBackup(mine.parts, new Date(), QUIET);

    const other = await browser();
    await other.set('profile', { id: 'ben' });
    const { unset } = await restoreBackup(other.parts, zip, QUIET);
    expect(unset).toEqual([expect.stringMatching(/^profile: .+/)]);
    expect(await other.get('profile')).toEqual({ id: 'ben' });
    expect(await other.get('sessions')).toEqual({ outputs: 'clear' });
    const none = { ...other.parts, settings: null };
    expect((await restoreBackup(none, zip, QUIET)).unset.length).toBeGreaterThan(1);
  });

  it('that the registry refuses are not written with the next change either', async () => {
    const other = await browser();
    await other.set('run', { workers: 2 });
    const warn = jest.spyOn(console, 'warn').mockImplementation(() => undefined);
    const wanted = { run: { workers: 'many' } };
    expect(await writeSettings(other.parts, wanted)).toEqual([
      expect.stringMatching(/^run: .*failed to validate/)
    ]);
    const run = await other.parts.settings.load(idOf('run'));
    await run.set('onFailure', 'stop');
    expect(await other.get('run')).toMatchObject({ workers: 2 });
    warn.mockRestore();
  });

  it('are all that there are', () => {
    const names = readdirSync(SCHEMAS).map(file => file.replace(/\.json$/, ''));
    const withSettings = names.filter(
      name => Object.keys(schemaOf(name).properties ?? {}).length > 0
    );
    expect(Object.keys(IN_BACKUPS).sort()).toEqual(withSettings.sort());
    for (const [name, leftOut] of Object.entries(IN_BACKUPS)) {
      expect(Object.keys(schemaOf(name).properties ?? {})).toEqual(
        expect.arrayContaining([...leftOut])
      );
    }
  });
});

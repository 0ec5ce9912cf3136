import type localforage from 'localforage';
import { ListedSettings } from '../../src/lite/settings';

const PLUGIN = '@llmos-lab/extension:plugin';
const OF_LAB = 'lab:plugin';

/** Settings of a browser in which nothing was set, and the files that were asked for. */
function fresh(): { settings: ListedSettings; asked: string[] } {
  const stored = new Map<string, string>();
  const asked: string[] = [];
  const forage = {
    createInstance: () => ({
      keys: () => Promise.resolve([...stored.keys()]),
      getItem: (id: string) => Promise.resolve(stored.get(id) ?? null),
      setItem: (id: string, raw: string) => Promise.resolve(stored.set(id, raw)),
      clear: () => Promise.resolve(stored.clear())
    })
  };
  globalThis.fetch = jest.fn((url: string) => {
    asked.push(url);
    const schema = { properties: { size: { default: 1 } } };
    const id = url.endsWith('all.json') ? OF_LAB : PLUGIN;
    const plugins = [{ id, raw: '{}', schema, version: '1' }];
    return Promise.resolve({ json: () => Promise.resolve(plugins) });
  }) as unknown as typeof fetch;
  return {
    settings: new ListedSettings({
      localforage: forage as unknown as typeof localforage
    }),
    asked
  };
}

describe('ListedSettings', () => {
  it('reads the schemas once, and what was set each time', async () => {
    const { settings, asked } = fresh();
    expect(await settings.list('ids')).toEqual({
      ids: [OF_LAB, PLUGIN],
      values: []
    });
    expect(await settings.fetch(PLUGIN)).toMatchObject({ raw: '{}', version: '1' });
    await settings.save(PLUGIN, '{"size": 2}');
    expect(await settings.fetch(PLUGIN)).toMatchObject({ raw: '{"size": 2}' });
    expect((await settings.list()).values).toMatchObject([
      { id: OF_LAB, raw: '{}' },
      { id: PLUGIN, raw: '{"size": 2}' }
    ]);
    expect(asked).toHaveLength(2);
  });

  it('keeps what one who asked has written out of what the next one gets', async () => {
    const { settings } = fresh();
    const [listed] = (await settings.list()).values;
    const first = await settings.fetch(PLUGIN);
    for (const plugin of [listed, first]) {
      Object.assign(plugin ?? {}, { version: 'written' });
      Object.assign(plugin?.schema.properties ?? {}, { size: { default: 'written' } });
    }
    expect(await settings.fetch(PLUGIN)).toMatchObject({
      version: '1',
      schema: { properties: { size: { default: 1 } } }
    });
  });

  it('gives the defaults again once all was cleared', async () => {
    const { settings } = fresh();
    await settings.save(PLUGIN, '{"size": 2}');
    await settings.list();
    await settings.clear();
    expect(await settings.fetch(PLUGIN)).toMatchObject({ raw: '{}' });
  });

  it('asks again for labextensions that could not be had', async () => {
    const { settings } = fresh();
    const { fetch } = globalThis;
    globalThis.fetch = jest.fn((url: string) =>
      url.endsWith('all.json') ? fetch(url) : Promise.reject(new TypeError('Lost'))
    ) as unknown as typeof fetch;
    expect((await settings.list('ids')).ids).toEqual([OF_LAB]);
    globalThis.fetch = fetch;
    expect(await settings.fetch(PLUGIN)).toMatchObject({ id: PLUGIN });
  });

  it('says which plugin has no settings', async () => {
    await expect(fresh().settings.fetch('other:plugin')).rejects.toThrow(
      'Setting other:plugin not found'
    );
  });
});

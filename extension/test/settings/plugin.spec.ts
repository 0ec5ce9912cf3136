import '../browser';

import { PageConfig } from '@jupyterlab/coreutils';
import type { ISettingConnector, ISettingRegistry } from '@jupyterlab/settingregistry';
import { PromiseDelegate } from '@lumino/coreutils';

import { makeRegistry, settingsPlugins } from '../../src/settings/plugin';

function plugin(id: string, more: object = {}): ISettingRegistry.IPlugin {
  const schema = { type: 'object', properties: { size: { default: 1 } }, ...more };
  return {
    ...{ id, raw: '{}', version: '1', data: { composite: {}, user: {} } },
    schema: schema as ISettingRegistry.ISchema
  };
}

/** A page with some of the plugins for which there are settings. */
async function page() {
  PageConfig.setOption('disabledExtensions', JSON.stringify(['a:off']));
  const late = plugin('a:late', { 'jupyter.lab.transform': true });
  const all = [plugin('a:plugin'), late, plugin('a:off'), plugin('other:plugin')];
  const ids = all.map(({ id }) => id);
  const asked: string[] = [];
  const connector = {
    list: (query?: string) =>
      Promise.resolve(query === 'ids' ? { ids } : { ids, values: all }),
    fetch: (id: string) => {
      asked.push(id);
      return Promise.resolve(all.find(each => each.id === id));
    }
  } as unknown as ISettingConnector;
  const restored = new PromiseDelegate<void>();
  const hasPlugin = (id: string) => id.startsWith('a:');
  const registry = await makeRegistry(
    { hasPlugin, restored: restored.promise },
    connector
  );
  return { registry, restored, asked };
}

describe('the registry of settings', () => {
  afterEach(() => PageConfig.setOption('disabledExtensions', ''));

  it('has what the page has from the start, and what is changed by code later', async () => {
    const { registry, restored, asked } = await page();
    expect((await registry.get('a:plugin', 'size')).composite).toBe(1);
    expect(Object.keys(registry.plugins)).not.toContain('other:plugin');
    expect(Object.keys(registry.plugins)).not.toContain('a:late');
    expect(asked).toEqual([]);

    registry.transform('a:late', {});
    const changed = new PromiseDelegate<string>();
    registry.pluginChanged.connect((_, id) => changed.resolve(id));
    restored.resolve();
    expect(await changed.promise).toBe('a:late');
    expect((await registry.get('a:late', 'size')).composite).toBe(1);
  });

  it("leaves a page to JupyterLab's own where that is not switched off", () => {
    expect(settingsPlugins).toEqual([]);
  });
});

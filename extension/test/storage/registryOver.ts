import '../browser';

import { SettingRegistry, type ISettingRegistry } from '@jupyterlab/settingregistry';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where the schemas of settings stand that ship. */
export const SCHEMAS = join(__dirname, '../../schema');

/** One of them, by its name. */
export const schemaOf = (name: string): ISettingRegistry.ISchema =>
  JSON.parse(readFileSync(join(SCHEMAS, `${name}.json`), 'utf8')) as never;

/** Id of the settings with that name; those of JupyterLab have theirs. */
export const idOf = (name: string): string =>
  name.startsWith('@') ? name : `@llmos-lab/extension:${name}`;

/** Of JupyterLab's own settings, whose schemas are not here. */
const ANY: ISettingRegistry.ISchema = { type: 'object' };

/** JupyterLab's registry over texts, with the schemas that ship. */
export function registryOver(kept: Map<string, string>): SettingRegistry {
  const connector = {
    fetch: (id: string) => {
      const name = id.slice(idOf('').length);
      const data = { composite: {}, user: {} };
      const raw = kept.get(id) ?? '{}';
      const schema = id.startsWith(idOf('')) ? schemaOf(name) : ANY;
      return Promise.resolve({ id, raw, schema, data, version: '1' });
    },
    save: (id: string, raw: string) => Promise.resolve(void kept.set(id, raw)),
    list: () => Promise.resolve({ ids: [], values: [] }),
    remove: () => Promise.resolve()
  };
  return new SettingRegistry({ connector });
}

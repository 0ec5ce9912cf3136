import { Settings } from '@jupyterlite/services';

type Listing = Awaited<ReturnType<Settings['list']>>;
type Plugin = Listing['values'][number];

/** What our labextensions' plugins are named by. */
const OURS = '@llmos-lab/';

/**
 * Settings that read the site's schemas once. JupyterLite's read all of them, and what the
 * person has set for each, whenever one is asked for, which JupyterLab does half a dozen
 * times before the first notebook stands.
 */
export class ListedSettings extends Settings {
  constructor(options: Settings.IOptions) {
    super(options);
    // Every page asks for them when it starts; who asks is told what goes wrong.
    this._plugins().catch(() => undefined);
  }

  override async list(query?: 'ids'): Promise<Listing> {
    const plugins = await this._plugins();
    const ids = plugins.map(({ id }) => id);
    if (query === 'ids') {
      return { ids, values: [] };
    }
    // One look at the names, as each reading would be a transaction of its own.
    const set = new Set(await (await this.storage).keys());
    const values = plugins.map(async plugin =>
      set.has(plugin.id) ? this._withSet(plugin) : copyOf(plugin, plugin.raw)
    );
    return { ids, values: await Promise.all(values) };
  }

  /** @throws Error for a plugin without settings */
  override async fetch(id: string): Promise<Plugin> {
    const plugin = (await this._plugins()).find(plugin => plugin.id === id);
    if (!plugin) {
      throw new Error(`Setting ${id} not found`);
    }
    return this._withSet(plugin);
  }

  /** Forgets what the person has set. */
  override async clear(): Promise<void> {
    await super.clear();
    this._read = null;
  }

  /**
   * A list that is not whole is not kept, and the next one who asks tries again: JupyterLite
   * leaves out the labextensions' schemas where their file cannot be had.
   *
   * @throws TypeError where the application's cannot
   */
  private async _plugins(): Promise<readonly Plugin[]> {
    this._read ??= super.list().then(({ values }) => values);
    const read = this._read;
    const plugins = await read.catch(() => []);
    const isWhole = plugins.some(({ id }) => id.startsWith(OURS));
    if (!isWhole && this._read === read) {
      this._read = null;
    }
    return read;
  }

  /** A plugin with what the person has set. */
  private async _withSet(plugin: Plugin): Promise<Plugin> {
    const set = await (await this.storage).getItem<string>(plugin.id);
    return copyOf(plugin, set ?? plugin.raw);
  }

  private _read: Promise<readonly Plugin[]> | null = null;
}

/** A copy, since those who ask write into what they get. */
function copyOf(plugin: Plugin, raw: string): Plugin {
  return { ...structuredClone(plugin), raw, data: { composite: {}, user: {} } };
}

import type { ISettingRegistry } from '@jupyterlab/settingregistry';
import { ANTHROPIC, type IModelPrice } from '@llmos-lab/skills';
import { Signal, type ISignal } from '@lumino/signaling';

/** The assistant's settings, as `schema/assistant.json` describes them; never a key. */
export interface IAssistantSettings {
  readonly provider: string;
  readonly model: string;
  readonly server: string;
  /** The key is typed at each turn and kept nowhere. */
  readonly typesKey: boolean;
  readonly temperature: number | null;
  readonly maxTokens: number;
  readonly thinking: number;
  /** Whether skills go into questions at all, and how many at most. */
  readonly useSkills: boolean;
  readonly maxSkills: number;
  readonly contextTokens: number;
  readonly applyChanges: boolean;
  readonly prices: readonly IModelPrice[];
  /** Ids of skills that go into every question. */
  readonly pinned: readonly string[];
}

/** Addresses of the two ways to ask that come with the product. */
export const DEFAULT_SERVERS: Readonly<Record<string, string>> = {
  anthropic: ANTHROPIC.server,
  openai: 'http://localhost:11434/v1'
};

const DEFAULTS: IAssistantSettings = {
  ...{ provider: 'anthropic', model: ANTHROPIC.model, server: '' },
  ...{ typesKey: false, temperature: null, thinking: 0 },
  maxTokens: ANTHROPIC.maxTokens,
  ...{ useSkills: true, maxSkills: 5 },
  ...{ contextTokens: 12_000, applyChanges: false, prices: [], pinned: [] }
};

/** Plugin whose schema the settings are. */
export const SETTINGS_ID = '@llmos-lab/extension:assistant';

/** The settings, with defaults where no registry is there or before it has answered. */
export class AssistantSettings {
  constructor(registry: ISettingRegistry | null) {
    this.ready = registry ? this._load(registry) : Promise.resolve();
  }

  /** Resolves when the settings were read, or cannot be. */
  readonly ready: Promise<void>;

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  get values(): IAssistantSettings {
    const kept = this._settings?.composite as object | undefined;
    return { ...DEFAULTS, ...kept, ...this._here };
  }

  /** The address in use: the one that was entered, else the provider's own. */
  get server(): string {
    const { server, provider } = this.values;
    return server === '' ? (DEFAULT_SERVERS[provider] ?? '') : server;
  }

  /** Keeps some settings; for this page only where no registry is there. */
  async set(
    values: Partial<
      Pick<
        IAssistantSettings,
        'provider' | 'model' | 'server' | 'typesKey' | 'useSkills' | 'pinned'
      >
    >
  ): Promise<void> {
    const { _settings: settings } = this;
    if (settings) {
      // One by one, JupyterLab could read an older answer back for what was written.
      await settings.save(
        JSON.stringify({ ...settings.user, ...values }, undefined, 2)
      );
    } else {
      this._here = { ...this._here, ...values };
    }
    this._changed.emit();
  }

  /** Resolves when no change is under way that questions wait for. */
  get settled(): Promise<void> {
    return this._settled;
  }

  /** Changes settings and keys; what is asked meanwhile waits for it. */
  async change(work: () => Promise<void>): Promise<void> {
    const done = this._settled.then(work);
    this._settled = done.catch(() => undefined);
    await done;
  }

  private async _load(registry: ISettingRegistry): Promise<void> {
    this._settings = await registry.load(SETTINGS_ID);
    this._settings.changed.connect(() => this._changed.emit(), this);
    this._changed.emit();
  }

  private readonly _changed = new Signal<this, void>(this);
  private _settings: ISettingRegistry.ISettings | undefined;
  private _settled: Promise<void> = Promise.resolve();
  /** What was set where nothing keeps it. */
  private _here: Partial<IAssistantSettings> = {};
}

import type { ISettingRegistry } from '@jupyterlab/settingregistry';
import { USUAL_HOURS } from '@llmos-lab/skills';
import { Signal, type ISignal } from '@lumino/signaling';

/** What `schema/evolution.json` describes. */
export interface IEvolutionSettings {
  readonly userJob: boolean;
  readonly userHours: number;
  readonly teamJob: boolean;
  readonly teamHours: number;
  readonly systemJob: boolean;
  readonly systemHours: number;
  /** Teams, by id, whose job may copy this person's sessions. */
  readonly sharedTeams: readonly string[];
  readonly minCount: number;
  /** Share from 0 to 1. */
  readonly minSuccess: number;
  /** People who must work so before it is a pattern of a team. */
  readonly minTeamPeople: number;
  /** People who must have used a team's skill before it is proposed for everybody. */
  readonly minPeople: number;
  /** Whether the model of the assistant reads messages of commits, and of how many days. */
  readonly askModel: boolean;
  readonly modelDays: number;
  /** Days of history; 0 for all. */
  readonly days: number;
  /** Days after which a run counts half; 0 when age does not matter. */
  readonly halfLife: number;
  /** That one replay may take. */
  readonly replaySeconds: number;
  readonly applyAutomatically: boolean;
}

/** New values of some settings, or what they become of those that hold. */
export type SettingsChange =
  | Partial<IEvolutionSettings>
  | ((now: IEvolutionSettings) => Partial<IEvolutionSettings>);

/** Plugin whose schema the settings are. */
export const SETTINGS_ID = '@llmos-lab/extension:evolution';

/** What holds where no registry is there, or before it has answered. */
export const DEFAULTS: IEvolutionSettings = {
  ...{ userJob: true, userHours: USUAL_HOURS.user },
  ...{ teamJob: true, teamHours: USUAL_HOURS.team, sharedTeams: [] },
  ...{ systemJob: true, systemHours: USUAL_HOURS.system },
  ...{ minCount: 3, minSuccess: 0.7, minTeamPeople: 2, minPeople: 3 },
  ...{ askModel: false, modelDays: 7 },
  ...{ days: 0, halfLife: 0, replaySeconds: 60, applyAutomatically: false }
};

/** The settings, with defaults where no registry is there or before it has answered. */
export class EvolutionSettings {
  constructor(private readonly _registry: ISettingRegistry | null) {
    this.ready = _registry ? this._load(_registry) : Promise.resolve();
  }

  /** Resolves when the settings were read. */
  readonly ready: Promise<void>;

  get values(): IEvolutionSettings {
    const kept = this._settings?.composite as Partial<IEvolutionSettings> | undefined;
    return { ...DEFAULTS, ...kept, ...this._here };
  }

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /**
   * Keeps some settings, one change after the other; for this page only where no registry
   * is there.
   *
   * @param change the new values, or what they become of those that hold then
   */
  set(change: SettingsChange): Promise<void> {
    if (!this._registry) {
      this._keepHere(valuesOf(change, this.values));
      return Promise.resolve();
    }
    const done = this._last.then(() => this._write(change));
    this._last = done.catch(() => undefined); // whoever asked for it hears of it
    return done;
  }

  private async _write(change: SettingsChange): Promise<void> {
    await this.ready.catch(() => undefined); // its own reader tells of that
    const { _settings: settings } = this;
    const values = valuesOf(change, this.values);
    if (settings) {
      const all = { ...settings.user, ...this._here, ...values };
      this._isSaving = true;
      try {
        await settings.save(JSON.stringify(all, undefined, 2));
      } finally {
        this._isSaving = false;
      }
    }
    this._keepHere(values);
  }

  private _keepHere(values: Partial<IEvolutionSettings>): void {
    this._here = { ...this._here, ...values };
    this._changed.emit();
  }

  private async _load(registry: ISettingRegistry): Promise<void> {
    this._settings = await registry.load(SETTINGS_ID);
    this._settings.changed.connect(this._onChanged, this);
    this._changed.emit();
  }

  /** What others write, such as the settings editor, is newer than what was set here. */
  private _onChanged(): void {
    if (!this._isSaving) {
      this._here = {};
    }
    this._changed.emit();
  }

  private readonly _changed = new Signal<this, void>(this);
  private _settings: ISettingRegistry.ISettings | undefined;
  /**
   * What this page has set since the settings changed elsewhere: right after a save
   * JupyterLab may read an older answer back.
   */
  private _here: Partial<IEvolutionSettings> = {};
  private _isSaving = false;
  private _last: Promise<void> = Promise.resolve();
}

function valuesOf(
  change: SettingsChange,
  now: IEvolutionSettings
): Partial<IEvolutionSettings> {
  return typeof change === 'function' ? change(now) : change;
}

import type { ISettingRegistry } from '@jupyterlab/settingregistry';
import { USUAL_HOURS } from '@llmos-lab/skills';

/** What `schema/evolution.json` describes. */
export interface IEvolutionSettings {
  readonly userJob: boolean;
  readonly userHours: number;
  readonly minCount: number;
  /** Share from 0 to 1. */
  readonly minSuccess: number;
  /** Days of history; 0 for all. */
  readonly days: number;
  /** Days after which a run counts half; 0 when age does not matter. */
  readonly halfLife: number;
  /** That one replay may take. */
  readonly replaySeconds: number;
  readonly applyAutomatically: boolean;
}

/** Plugin whose schema the settings are. */
export const SETTINGS_ID = '@llmos-lab/extension:evolution';

/** What holds where no registry is there, or before it has answered. */
export const DEFAULTS: IEvolutionSettings = {
  ...{ userJob: true, userHours: USUAL_HOURS.user, minCount: 3, minSuccess: 0.7 },
  ...{ days: 0, halfLife: 0, replaySeconds: 60, applyAutomatically: false }
};

/** Follows the settings; `tell` hears them when they are read and whenever they change. */
export async function followSettings(
  registry: ISettingRegistry,
  tell: (settings: IEvolutionSettings) => void
): Promise<void> {
  const settings = await registry.load(SETTINGS_ID);
  const read = (): void =>
    tell({ ...DEFAULTS, ...(settings.composite as Partial<IEvolutionSettings>) });
  settings.changed.connect(read);
  read();
}

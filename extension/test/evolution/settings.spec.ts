/** @jest-environment node */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { ISettingRegistry } from '@jupyterlab/settingregistry';
import { PromiseDelegate } from '@lumino/coreutils';
import { Signal } from '@lumino/signaling';

import { DEFAULTS, EvolutionSettings } from '../../src/evolution/settings';

/** Settings as JupyterLab keeps them: right after a save it may read an older answer. */
class Kept {
  user: Record<string, unknown> = { sharedTeams: ['a'] };
  written: unknown = this.user;
  readonly changed = new Signal<this, void>(this);
  readonly loaded = new PromiseDelegate<void>();

  get composite(): Record<string, unknown> {
    return this.user;
  }

  save(raw: string): Promise<void> {
    this.written = JSON.parse(raw) as unknown;
    return Promise.resolve(this.changed.emit());
  }
}

describe('EvolutionSettings', () => {
  let kept: Kept;
  let settings: EvolutionSettings;

  beforeEach(() => {
    kept = new Kept();
    settings = new EvolutionSettings({
      load: () => kept.loaded.promise.then(() => kept)
    } as unknown as ISettingRegistry);
  });

  it('has the defaults of the schema, and asks no model before a person chooses it', () => {
    const file = join(__dirname, '../../schema/evolution.json');
    const { properties } = JSON.parse(readFileSync(file, 'utf8')) as {
      properties: Record<string, { default: unknown }>;
    };
    const listed = Object.entries(properties).map(([name, each]) => [
      name,
      each.default
    ]);
    expect(Object.fromEntries(listed)).toEqual(DEFAULTS);
    expect(DEFAULTS.askModel).toBe(false);
  });

  it('loses nothing of two changes at once, also before they were read', async () => {
    const both = [
      settings.set(({ sharedTeams }) => ({
        sharedTeams: sharedTeams.filter(team => team !== 'a')
      })),
      settings.set(({ sharedTeams }) => ({ sharedTeams: [...sharedTeams, 'b'] }))
    ];
    kept.loaded.resolve();
    await Promise.all(both);
    expect(kept.written).toEqual({ sharedTeams: ['b'] });
    expect(settings.values.sharedTeams).toEqual(['b']);
  });

  it('follows what the settings editor writes afterwards', async () => {
    kept.loaded.resolve();
    await settings.set({ userJob: false });
    expect(settings.values.userJob).toBe(false);
    kept.user = { userJob: true };
    kept.changed.emit();
    expect(settings.values.userJob).toBe(true);
  });
});

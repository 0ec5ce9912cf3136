import '../browser';

import type { ISettingRegistry } from '@jupyterlab/settingregistry';
import { nullTranslator } from '@jupyterlab/translation';
import { Signal } from '@lumino/signaling';
import * as React from 'react';
import { act } from 'react';
import { createRoot } from 'react-dom/client';

import { Profile, type ProfileSettings } from '../../src/profile/model';
import { fromText, ProfileForm, toText } from '../../src/profile/ProfileForm';

const ANA = { name: 'Ana', id: 'ana', email: '', teams: ['optics'] };

function settingsOf(composite: Record<string, unknown>): ProfileSettings {
  const owner = {} as ISettingRegistry.ISettings;
  const changed = new Signal<ISettingRegistry.ISettings, void>(owner);
  return {
    composite,
    user: composite,
    changed,
    save: (raw: string) => {
      Object.assign(composite, JSON.parse(raw));
      changed.emit();
      return Promise.resolve();
    }
  } as unknown as ProfileSettings;
}

describe('Profile', () => {
  it('is kept in the settings and found there again', async () => {
    const composite = { other: 1 };
    const profile = new Profile(settingsOf(composite));
    const told: string[] = [];
    profile.changed.connect(({ name, teams }) => told.push(`${name}: ${teams.join()}`));
    await profile.save(ANA);
    expect(composite).toEqual({ other: 1, ...ANA });
    // Not once for each field: half a profile is somebody else's.
    expect(told).toEqual(['Ana: optics']);
    expect(new Profile(settingsOf(composite))).toMatchObject(ANA);
    expect(profile.actor).toEqual({ kind: 'user', id: 'ana', teams: ['optics'] });
  });

  it('works without settings, for as long as the page is open', async () => {
    const profile = new Profile(null);
    expect(profile.author()).toMatchObject({ name: 'LLMos Lab user' });
    await profile.save(ANA);
    expect(profile.author()).toMatchObject({ name: 'Ana', email: 'user@localhost' });
  });

  it('keeps nothing that the rules refuse, and ignores such settings', async () => {
    const profile = new Profile(settingsOf({ id: '../x', name: 'Ana' }));
    expect(profile).toMatchObject({ id: 'local', name: 'Ana' });
    await expect(profile.save({ ...ANA, id: 'a b' })).rejects.toThrow(/letters/);
    expect(profile.id).toBe('local');
  });
});

describe('ProfileForm', () => {
  it('reads teams with commas or spaces between', () => {
    expect(fromText({ ...toText(ANA), teams: 'optics, lasers  waves' }).teams).toEqual([
      'optics',
      'lasers',
      'waves'
    ]);
  });

  it('says under a field what is wrong with it, and which volumes are mounted', () => {
    const host = document.body.appendChild(document.createElement('div'));
    const root = createRoot(host);
    act(() =>
      root.render(
        <ProfileForm
          first={{ ...toText(ANA), id: 'a b' }}
          change={() => undefined}
          trans={nullTranslator.load('llmos')}
        />
      )
    );
    expect(host.querySelector('.llmos-mod-problem')?.textContent).toMatch(/letters/);
    expect(host.querySelector('[name=id]')?.getAttribute('aria-invalid')).toBe('true');
    expect(host.textContent).toContain('Mounts team-optics');
    act(() => root.unmount());
    host.remove();
  });
});

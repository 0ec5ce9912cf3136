import type { ISettingRegistry } from '@jupyterlab/settingregistry';
import type { TranslationBundle } from '@jupyterlab/translation';
import { isRecord, profileProblems, readProfile, scanSecrets } from '@llmos-lab/skills';
import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';

import { reasonOf } from '../reasonOf';

/** Where settings are read and written. */
export interface ISettingsPlace {
  load(
    id: string
  ): Promise<Pick<ISettingRegistry.ISettings, 'schema' | 'user' | 'save'>>;
}

/** What a person has set, by the name of the settings; those of JupyterLab by their id. */
export type KeptSettings = Readonly<Record<string, ReadonlyPartialJSONObject>>;

/**
 * Settings of ours that a backup has, by the name of their schema, each with what is left
 * out of it. Where keys and tokens are sent is left out: that a person enters for
 * themselves.
 */
export const IN_BACKUPS: Readonly<Record<string, readonly string[]>> = {
  ...{ profile: [], evolution: [], sessions: [], promote: [], run: [], limits: [] },
  ...{ form: [], graph: [], guide: [], insert: [], offline: [] },
  assistant: ['server'],
  github: ['server', 'exchangeUrl', 'clientId', 'connections'],
  'git-servers': ['connections']
};

/** Those of JupyterLab that are the person's own taste. */
const OF_JUPYTERLAB: readonly string[] = [
  '@jupyterlab/apputils-extension:themes',
  '@jupyterlab/translation-extension:plugin',
  '@jupyterlab/notebook-extension:tracker',
  '@jupyterlab/codemirror-extension:plugin',
  '@jupyterlab/shortcuts-extension:shortcuts'
];

const KEPT: typeof IN_BACKUPS = {
  ...IN_BACKUPS,
  ...Object.fromEntries(OF_JUPYTERLAB.map(id => [id, []]))
};

/** What the person has set; what looks like a secret is left out. */
export async function readSettings(place: ISettingsPlace): Promise<KeptSettings> {
  const found: Record<string, ReadonlyPartialJSONObject> = {};
  for (const [name, leftOut] of Object.entries(KEPT)) {
    // A site may have switched a part off: that has no settings.
    const settings = await place.load(idOf(name)).catch(() => null);
    if (settings) {
      found[name] = without(settings.user, leftOut);
    }
  }
  return found;
}

/** Where settings go; null where the site keeps none. */
interface IWritingParts {
  readonly settings: ISettingsPlace | null;
  readonly trans: TranslationBundle;
}

/**
 * Puts settings back, each as a whole. One that cannot be stays as it is.
 *
 * @returns what could not be put back, and why, a line each
 */
export async function writeSettings(
  place: IWritingParts,
  wanted: KeptSettings
): Promise<readonly string[]> {
  const problems: string[] = [];
  for (const name of Object.keys(KEPT).filter(each => each in wanted)) {
    try {
      await writeOne(place, name, wanted[name] ?? {});
    } catch (error) {
      problems.push(`${name}: ${reasonOf(error)}`);
    }
  }
  return problems;
}

/** @throws Error when they are damaged */
export function parseSettings(text: string, trans: TranslationBundle): KeptSettings {
  const data: unknown = JSON.parse(text);
  if (!isRecord(data) || data.v !== 1 || !isRecord(data.settings)) {
    throw new Error(
      trans.__('The settings in the backup are damaged, or of another version.')
    );
  }
  return Object.fromEntries(
    Object.entries(data.settings).flatMap(([name, values]) =>
      isRecord(values) ? [[name, values as ReadonlyPartialJSONObject]] : []
    )
  );
}

export function formatSettings(settings: KeptSettings): string {
  return `${JSON.stringify({ v: 1, settings }, null, 2)}\n`;
}

async function writeOne(
  { settings: place, trans }: IWritingParts,
  name: string,
  values: ReadonlyPartialJSONObject
): Promise<void> {
  if (!place) {
    throw new Error(trans.__('This site keeps no settings.'));
  }
  const [problem] = name === 'profile' ? profileProblems(readProfile(values)) : [];
  if (problem) {
    throw new Error(problem.message);
  }
  const leftOut = KEPT[name] ?? [];
  const settings = await place.load(idOf(name));
  const before = settings.user;
  const stays = Object.entries(before).filter(([key]) => leftOut.includes(key));
  const after = { ...without(values, leftOut), ...Object.fromEntries(stays) };
  try {
    await settings.save(JSON.stringify(after, null, 2));
  } catch (error) {
    // The registry keeps what it has refused, and would write it with the next change.
    await settings.save(JSON.stringify(before, null, 2)).catch(() => undefined);
    throw error;
  }
}

function without(
  values: ReadonlyPartialJSONObject,
  leftOut: readonly string[]
): ReadonlyPartialJSONObject {
  return Object.fromEntries(
    Object.entries(values).filter(
      ([key, value]) =>
        !leftOut.includes(key) &&
        scanSecrets('settings.json', JSON.stringify({ [key]: value })).length === 0
    )
  );
}

function idOf(name: string): string {
  return OF_JUPYTERLAB.includes(name) ? name : `@llmos-lab/extension:${name}`;
}

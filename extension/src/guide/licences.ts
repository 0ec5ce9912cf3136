import type { ServerConnection } from '@jupyterlab/services';
import type { TranslationBundle } from '@jupyterlab/translation';
import { assetUrl } from '@llmos-lab/kernel';

/** One component that the site ships, as the build lists it. */
export interface ILicence {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
  /** Where its source is; undefined when the list has none. */
  readonly homepage: string | undefined;
  /** The licence's own words, where the build found them. */
  readonly text: string | undefined;
}

/** Where the build puts the list, among our own files. */
const LICENCES_FILE = 'licences.json';

/**
 * Reads the site's list of licences.
 *
 * @throws Error when the site has no list or it cannot be read.
 */
export async function fetchLicences(
  settings: ServerConnection.ISettings,
  trans: TranslationBundle
): Promise<readonly ILicence[]> {
  const url = assetUrl(LICENCES_FILE);
  // The browser's own fetch, which may not be called as a method.
  const { fetch } = settings;
  const response = await fetch(url);
  if (!response.ok) {
    throw new Error(trans.__('The list of licences was not found at %1.', url));
  }
  return readLicences(await response.json());
}

/** Takes the entries out of the file's JSON; other fields and odd entries are left out. */
export function readLicences(json: unknown): ILicence[] {
  return listIn(json)
    .flatMap(item => {
      const name = textOf(item, 'name');
      return name === undefined
        ? []
        : {
            name,
            version: textOf(item, 'version') ?? '',
            licence: textOf(item, 'licence', 'license') ?? '',
            homepage: textOf(item, 'homepage', 'url', 'source'),
            text: textOf(item, 'text')
          };
    })
    .sort((a, b) => a.name.localeCompare(b.name, 'en'));
}

/** The list itself, or the first list that an object holds. */
function listIn(json: unknown): unknown[] {
  if (Array.isArray(json)) {
    return json;
  }
  const lists = typeof json === 'object' && json !== null ? Object.values(json) : [];
  return lists.filter(Array.isArray).flat();
}

function textOf(item: unknown, ...keys: readonly string[]): string | undefined {
  if (typeof item !== 'object' || item === null) {
    return undefined;
  }
  const fields = item as Readonly<Record<string, unknown>>;
  for (const key of keys) {
    const value = fields[key];
    if (typeof value === 'string' && value !== '') {
      return value;
    }
  }
  return undefined;
}

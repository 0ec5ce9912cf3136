import type { TranslationBundle } from '@jupyterlab/translation';

import { RemoteError } from '../remoteError';
import type { IGithubPlace } from './client';

/** Reads `owner/name`, also as people copy it from the address bar; `null` otherwise. */
export function parsePlace(text: string): IGithubPlace | null {
  const path = text
    .trim()
    .replace(/^https?:\/\/[^/]+\//, '')
    .replace(/(\.git)?\/*$/, '');
  const [, owner, name] = /^([\w-]+)\/([\w.-]+)$/.exec(path) ?? [];
  return owner !== undefined && name !== undefined ? { owner, name } : null;
}

/** @throws RemoteError `unexpected` when it is none */
export function requirePlace(text: string, trans: TranslationBundle): IGithubPlace {
  const place = parsePlace(text);
  if (!place) {
    throw new RemoteError(
      'unexpected',
      trans.__('"%1" is not of the form owner/name.', text)
    );
  }
  return place;
}

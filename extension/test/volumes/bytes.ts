import { TextDecoder, TextEncoder } from 'node:util';

import { formatSession, volumeOwner, type Actor } from '@llmos-lab/skills';

import type { IWatch } from '../../src/archive/longWork';
import { VolumeAccess } from '../../src/volumes/access';
import type { Bytes } from '../../src/volumes/fileStore';

/** UTF-8 bytes of a text. */
export function bytesOf(text: string): Bytes {
  return Uint8Array.from(new TextEncoder().encode(text));
}

/** Text of UTF-8 bytes. */
export function textOf(bytes: Bytes): string {
  return new TextDecoder().decode(bytes);
}

/** For work that nobody looks at. */
export const QUIET: IWatch = {
  signal: new AbortController().signal,
  progress: () => undefined
};

/** Ana's access to a volume by its drive's name; `actor` may be another person. */
export function accessTo(
  volume: string,
  actor: Actor = { kind: 'user', id: 'ana', teams: ['optics'] }
): VolumeAccess {
  return new VolumeAccess(
    () => volumeOwner(volume, { id: 'ana' }) ?? { kind: 'system' },
    () => actor
  );
}

/** A `session.json` of a team's volume. */
export function sessionOf(user: string, id: string): string {
  return formatSession({
    ...{ v: 1, id, name: 'VQE', volume: 'team', volume_id: 'optics', user },
    ...{ status: 'active', path: 'a.ipynb', metadata: {} },
    created_at: '2026-11-21T10:00:00.000Z',
    updated_at: '2026-11-21T10:00:00.000Z'
  });
}

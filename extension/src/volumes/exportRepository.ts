import { withHeader } from '@llmos-lab/skills';

import type { IWatch } from '../archive/longWork';
import { deflate } from '../archive/streams';
import { ZipWriter, type IArchiveOut } from '../archive/zipWriter';
import { MAIN } from './branchNames';
import type { VolumeConnection } from './connection';
import type { Transaction } from './database';

const CONFIG =
  '[core]\n\trepositoryformatversion = 0\n\tfilemode = false\n\tbare = true\n';

/** So many objects are read and compressed at a time. */
const BATCH = 100;

/** Which objects and branches a repository had at one moment. */
export interface IRepositoryMoment {
  readonly oids: readonly string[];
  readonly refs: ReadonlyMap<string, string>;
}

/**
 * A bare Git repository with all commits of a volume, as a zip: unpacked, `git clone`,
 * `git fsck --strict` and `git push` work on it.
 *
 * @param folder name of the folder in the archive, such as `user.git`
 */
export async function exportRepository(
  connection: VolumeConnection,
  folder: string,
  watch: IWatch
): Promise<Blob> {
  const tx = (await connection.get()).transaction(['objects', 'refs'], 'readonly');
  const moment = await readMoment(tx);
  const zip = new ZipWriter(connection.trans);
  await addRepository(connection, { moment, folder, out: zip, watch });
  return zip.end();
}

/** Reads it in a transaction over `objects` and `refs` at least. */
export async function readMoment(
  tx: Pick<Transaction<'readonly'>, 'objectStore'>
): Promise<IRepositoryMoment> {
  const [oids, names, heads] = await Promise.all([
    tx.objectStore('objects').getAllKeys(),
    tx.objectStore('refs').getAllKeys(),
    tx.objectStore('refs').getAll()
  ]);
  const refs = new Map(names.map((name, at) => [name, heads[at] ?? ''] as const));
  return { oids, refs };
}

/** Adds the files of such a repository. Objects never change, so they are read later. */
export async function addRepository(
  connection: VolumeConnection,
  wanted: {
    readonly moment: IRepositoryMoment;
    readonly folder: string;
    readonly out: IArchiveOut;
    readonly watch: IWatch;
  }
): Promise<void> {
  const { moment, folder, out, watch } = wanted;
  const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
  out.add(`${folder}/HEAD`, encode(`ref: ${MAIN}\n`));
  out.add(`${folder}/config`, encode(CONFIG));
  // Git wants these folders even when they are empty.
  out.add(`${folder}/objects/`, new Uint8Array());
  out.add(`${folder}/refs/heads/`, new Uint8Array());
  for (const [name, oid] of moment.refs) {
    out.add(`${folder}/${name}`, encode(`${oid}\n`));
  }
  const { oids } = moment;
  for (let at = 0; at < oids.length; at += BATCH) {
    watch.signal.throwIfAborted();
    const batch = oids.slice(at, at + BATCH);
    for (const [oid, bytes] of await readLoose(connection, batch)) {
      out.add(`${folder}/objects/${oid.slice(0, 2)}/${oid.slice(2)}`, bytes);
    }
    watch.progress((at + batch.length) / oids.length);
  }
}

/** Loose objects: header and body, compressed with zlib. */
async function readLoose(
  connection: VolumeConnection,
  oids: readonly string[]
): Promise<readonly (readonly [string, Uint8Array])[]> {
  const objects = (await connection.get()).transaction('objects', 'readonly').store;
  const read = await Promise.all(oids.map(oid => objects.get(oid)));
  return Promise.all(
    read.map(async (object, index) => {
      const oid = oids[index] ?? '';
      if (!object) {
        throw new Error(
          connection.trans.__(
            'The volume was replaced while it was read (object %1). Try again.',
            oid
          )
        );
      }
      return [oid, await deflate(withHeader(object), 'deflate')] as const;
    })
  );
}

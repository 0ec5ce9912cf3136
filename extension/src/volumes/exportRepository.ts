import { withHeader, type IGitObject } from '@llmos-lab/skills';
import { zipSync, zlibSync, type Zippable } from 'fflate';

import type { VolumeConnection } from './connection';

const CONFIG =
  '[core]\n\trepositoryformatversion = 0\n\tfilemode = false\n\tbare = true\n';

/**
 * A bare Git repository with all commits of a volume, as a zip: unpacked, `git clone`,
 * `git fsck --strict` and `git push` work on it. Every object is read in one transaction,
 * so that the branch and what it needs are of one moment.
 *
 * @param folder name of the folder in the archive, such as `user.git`
 */
export async function exportRepository(
  connection: VolumeConnection,
  folder: string
): Promise<Uint8Array<ArrayBuffer>> {
  // Objects are compressed already.
  return zipSync(await repositoryFiles(connection, folder), { level: 0 });
}

/** The files of such a repository, by their path in an archive. */
export async function repositoryFiles(
  connection: VolumeConnection,
  folder: string
): Promise<Zippable> {
  const tx = (await connection.get()).transaction(['objects', 'refs'], 'readonly');
  const [oids, objects, names, refs] = await Promise.all([
    tx.objectStore('objects').getAllKeys(),
    tx.objectStore('objects').getAll(),
    tx.objectStore('refs').getAllKeys(),
    tx.objectStore('refs').getAll()
  ]);
  const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
  const files: Zippable = {
    [`${folder}/HEAD`]: encode('ref: refs/heads/main\n'),
    [`${folder}/config`]: encode(CONFIG),
    // Git wants these folders even when they are empty.
    [`${folder}/objects/`]: new Uint8Array(),
    [`${folder}/refs/heads/`]: new Uint8Array()
  };
  oids.forEach((oid, at) => {
    const object = objects[at];
    if (object) {
      files[`${folder}/objects/${oid.slice(0, 2)}/${oid.slice(2)}`] = loose(object);
    }
  });
  names.forEach((name, at) => {
    files[`${folder}/${name}`] = encode(`${refs[at]}\n`);
  });
  return files;
}

/** A loose object: header and body, compressed with zlib. */
function loose(object: IGitObject): Uint8Array {
  return zlibSync(withHeader(object));
}

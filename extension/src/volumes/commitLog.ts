import type { ILogEntry } from '@llmos-lab/skills';

import type { Transaction } from './database';

/** So many entries on their own are worth a pack; a row costs as much as some hundred entries in one. */
const WORTH_A_PACK = 500;
/** Most entries of one pack. */
const PACK = 5_000;
/** One commit in so many looks whether there is something to pack: by its name, two digits. */
const LOOK = '00';

type AnyTransaction = Transaction<'readonly'> | Transaction<'readwrite'>;

/** All entries in any order, some maybe twice. The transaction spans `log` and `packs`. */
export async function readLog(
  tx: Pick<AnyTransaction, 'objectStore'>
): Promise<readonly ILogEntry[]> {
  const [packs, single] = await Promise.all([
    tx.objectStore('packs').getAll(),
    tx.objectStore('log').getAll()
  ]);
  return [...packs.flatMap(pack => JSON.parse(pack) as ILogEntry[]), ...single];
}

/** Adds the entry of a commit; now and then what stands on its own is packed with it. */
export async function logCommit(
  tx: Transaction<'readwrite'>,
  entry: ILogEntry
): Promise<void> {
  await tx.objectStore('log').put(entry);
  if (entry.oid.startsWith(LOOK)) {
    const single = await tx.objectStore('log').getAll();
    if (single.length >= WORTH_A_PACK) {
      await tx.objectStore('log').clear();
      await addPacks(tx, single);
    }
  }
}

/** Adds entries that came together. */
export async function logMany(
  tx: Transaction<'readwrite'>,
  entries: readonly ILogEntry[]
): Promise<void> {
  if (entries.length >= WORTH_A_PACK) {
    await addPacks(tx, entries);
  } else {
    await Promise.all(entries.map(async entry => tx.objectStore('log').put(entry)));
  }
}

async function addPacks(
  tx: Transaction<'readwrite'>,
  entries: readonly ILogEntry[]
): Promise<void> {
  for (let at = 0; at < entries.length; at += PACK) {
    await tx.objectStore('packs').add(JSON.stringify(entries.slice(at, at + PACK)));
  }
}

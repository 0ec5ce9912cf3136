import { zipReader, type IIncomingFile } from '@llmos-lab/skills';
import { unzipSync, zipSync, type Zippable } from 'fflate';

/** Zips that skills come in, read only as far as their stated sizes. */
export const { isZip, readZip } = zipReader(unzipSync);

/** Earliest time that a zip can hold, so that equal skills give equal archives. */
const NO_TIME = new Date(1980, 0, 1);

/** A zip of files. */
export function writeZip(files: readonly IIncomingFile[]): Uint8Array {
  const content: Zippable = Object.fromEntries(
    files.map(({ path, bytes }) => [path, bytes])
  );
  return zipSync(content, { mtime: NO_TIME, level: 6 });
}

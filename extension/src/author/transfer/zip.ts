import { checkIncoming, type IIncomingFile } from '@llmos-lab/skills';
import { unzipSync, zipSync, type Zippable } from 'fflate';

/** Whether bytes begin as a zip does. */
export function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] ?? 0) < 9;
}

/**
 * The files of a zip. Names and stated sizes are checked before anything is unpacked, and
 * no file gets more room than its stated size.
 *
 * @throws Error when it is no zip, or holds what may not be imported.
 */
export function readZip(bytes: Uint8Array): readonly IIncomingFile[] {
  const entries: { path: string; size: number }[] = [];
  // A filter that takes nothing reads the table of contents alone.
  unpack(bytes, file => {
    entries.push({ path: file.name, size: file.originalSize });
    return false;
  });
  checkIncoming(entries);
  const files = unpack(bytes, file => !file.name.endsWith('/'));
  return Object.entries(files).map(([path, content]) => ({ path, bytes: content }));
}

function unpack(
  bytes: Uint8Array,
  filter: (file: { readonly name: string; readonly originalSize: number }) => boolean
): Record<string, Uint8Array> {
  try {
    return unzipSync(bytes, { filter });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`The zip cannot be read (${reason}). Is it damaged or encrypted?`);
  }
}

/** Earliest time that a zip can hold, so that equal skills give equal archives. */
const NO_TIME = new Date(1980, 0, 1);

/** A zip of files. */
export function writeZip(files: readonly IIncomingFile[]): Uint8Array {
  const content: Zippable = Object.fromEntries(
    files.map(({ path, bytes }) => [path, bytes])
  );
  return zipSync(content, { mtime: NO_TIME, level: 6 });
}

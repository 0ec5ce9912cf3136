import { checkIncoming, IncomingError } from './agentFolder';
import type { IUnzip } from './importSkills';

/** Unpacks the entries that the filter takes, as fflate's `unzipSync` does. */
export type UnzipSync = (
  bytes: Uint8Array,
  options: {
    readonly filter: (file: {
      readonly name: string;
      readonly originalSize: number;
    }) => boolean;
  }
) => Record<string, Uint8Array>;

/**
 * Reads zips that skills come in. Names and stated sizes are checked before anything is
 * unpacked, and no file gets more room than its stated size.
 */
export function zipReader(unzipSync: UnzipSync): IUnzip {
  const unpack: UnzipSync = (bytes, options) => {
    try {
      return unzipSync(bytes, options);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new IncomingError(
        `The zip cannot be read (${reason}). Is it damaged or encrypted?`
      );
    }
  };
  return {
    isZip: bytes => bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] ?? 0) < 9,
    readZip: bytes => {
      const entries: { path: string; size: number }[] = [];
      // A filter that takes nothing reads the table of contents alone.
      unpack(bytes, {
        filter: file => {
          entries.push({ path: file.name, size: file.originalSize });
          return false;
        }
      });
      checkIncoming(entries);
      const files = unpack(bytes, { filter: file => !file.name.endsWith('/') });
      return Object.entries(files).map(([path, content]) => ({ path, bytes: content }));
    }
  };
}

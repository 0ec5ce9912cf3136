import type { TranslationBundle } from '@jupyterlab/translation';

import { inflate } from './streams';

/** Files that are read one by one. */
export interface IArchiveIn {
  /** All files, without folders. */
  readonly paths: readonly string[];
  /** @throws Error when there is no such file, or it is damaged */
  read(path: string): Promise<Uint8Array<ArrayBuffer>>;
}

interface IZipEntry {
  readonly method: number;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  readonly offset: number;
}

const END = 0x06054b50;
const END_LENGTH = 22;
const ENTRY = 0x02014b50;
const ENTRY_LENGTH = 46;
const HEADER_LENGTH = 30;
/** Longest comment that may follow the end record. */
const COMMENT = 65_535;

/**
 * Opens a zip by its table of contents: the rest stays where it is until it is read.
 *
 * @throws Error when it is no zip
 */
export async function openZip(
  zip: Blob,
  trans: TranslationBundle
): Promise<IArchiveIn> {
  const tail = await view(zip, Math.max(0, zip.size - END_LENGTH - COMMENT), zip.size);
  let end = tail.byteLength - END_LENGTH;
  while (end >= 0 && tail.getUint32(end, true) !== END) {
    end -= 1;
  }
  if (end < 0) {
    throw new Error(trans.__('This file is no zip, or it is cut off.'));
  }
  const start = tail.getUint32(end + 16, true);
  const table = await view(zip, start, start + tail.getUint32(end + 12, true));
  const entries = readTable(table, tail.getUint16(end + 10, true));
  if (!entries) {
    throw new Error(trans.__('The table of contents of this zip is damaged.'));
  }
  return {
    paths: [...entries.keys()].filter(path => !path.endsWith('/')),
    read: async path => {
      const entry = entries.get(path);
      if (!entry) {
        throw new Error(trans.__('The zip has no file "%1".', path));
      }
      const bytes = await readEntry(zip, entry);
      if (!bytes) {
        throw new Error(trans.__('"%1" is damaged in this zip.', path));
      }
      return bytes;
    }
  };
}

/** Null for a table that is damaged. */
function readTable(
  table: DataView,
  count: number
): ReadonlyMap<string, IZipEntry> | null {
  const entries = new Map<string, IZipEntry>();
  let at = 0;
  for (let index = 0; index < count; index++) {
    if (at + ENTRY_LENGTH > table.byteLength || table.getUint32(at, true) !== ENTRY) {
      return null;
    }
    const length = table.getUint16(at + 28, true);
    const name = new Uint8Array(table.buffer, at + ENTRY_LENGTH, length);
    entries.set(new TextDecoder().decode(name), {
      method: table.getUint16(at + 10, true),
      crc: table.getUint32(at + 16, true),
      packed: table.getUint32(at + 20, true),
      size: table.getUint32(at + 24, true),
      offset: table.getUint32(at + 42, true)
    });
    const after = table.getUint16(at + 30, true) + table.getUint16(at + 32, true);
    at += ENTRY_LENGTH + length + after;
  }
  return entries;
}

/** Null for one that is damaged. */
async function readEntry(
  zip: Blob,
  { method, crc, packed, size, offset }: IZipEntry
): Promise<Uint8Array<ArrayBuffer> | null> {
  const header = await view(zip, offset, offset + HEADER_LENGTH);
  if (header.byteLength < HEADER_LENGTH || (method !== 0 && method !== 8)) {
    return null;
  }
  const extra = header.getUint16(26, true) + header.getUint16(28, true);
  const start = offset + HEADER_LENGTH + extra;
  const stored = new Uint8Array(await zip.slice(start, start + packed).arrayBuffer());
  const bytes =
    method === 0 ? stored : await inflate(stored, 'deflate-raw').catch(() => null);
  return bytes?.length === size && crc32(bytes) === crc ? bytes : null;
}

async function view(zip: Blob, start: number, end: number): Promise<DataView> {
  return new DataView(await zip.slice(start, end).arrayBuffer());
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte;
  for (let bit = 0; bit < 8; bit++) {
    rest = rest & 1 ? (rest >>> 1) ^ 0xedb88320 : rest >>> 1;
  }
  return rest;
});

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc = (CRC_TABLE[(crc ^ byte) & 255] ?? 0) ^ (crc >>> 8);
  }
  return (crc ^ 0xffffffff) >>> 0;
}

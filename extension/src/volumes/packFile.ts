import type { GitObjectType, IGitObject } from '@llmos-lab/skills';

import { inflate } from '../archive/streams';

/** https://git-scm.com/docs/pack-format: the numbers of object types. */
const TYPES: Readonly<Record<number, GitObjectType | 'tag'>> = {
  ...{ 1: 'commit', 2: 'tree', 3: 'blob', 4: 'tag' }
};
const DELTA_BY_OFFSET = 6;
const DELTA_BY_NAME = 7;
const NAME = 20;

/** A pack, or the index beside it, that is damaged. */
export class PackFault extends Error {}

interface IPackedObject {
  readonly type: GitObjectType | 'tag';
  readonly body: Uint8Array;
}

/**
 * The objects of a pack as Git keeps it, by name. Nobody has checked the names yet.
 *
 * @param index the `.idx` beside it, version 2
 * @throws PackFault when one of the two is damaged
 */
export async function readPack(
  pack: Uint8Array,
  index: Uint8Array
): Promise<ReadonlyMap<string, IGitObject>> {
  const offsets = readIndex(index);
  const starts = [...offsets.values()].sort((a, b) => a - b);
  const ends = new Map(
    starts.map((start, at) => [start, starts[at + 1] ?? pack.length - NAME] as const)
  );
  const known = new Map<number, Promise<IPackedObject>>();
  const read = (start: number): Promise<IPackedObject> => {
    const end = ends.get(start);
    if (end === undefined) {
      throw damaged();
    }
    const object = known.get(start) ?? readAt(pack.subarray(start, end), start);
    known.set(start, object);
    return object;
  };
  const readAt = async (bytes: Uint8Array, start: number): Promise<IPackedObject> => {
    const { number, at } = readHeader(bytes);
    const type = TYPES[number];
    if (type) {
      return { type, body: await unpack(bytes.subarray(at)) };
    }
    const { base, data } = baseOf(bytes, { number, at, start }, offsets);
    const { type: same, body } = await read(base);
    return { type: same, body: applyDelta(body, await unpack(bytes.subarray(data))) };
  };
  const objects = new Map<string, IGitObject>();
  for (const [oid, start] of offsets) {
    const { type, body } = await read(start);
    if (type !== 'tag') {
      objects.set(oid, { type, body });
    }
  }
  return objects;
}

/** Where each object begins. */
function readIndex(index: Uint8Array): ReadonlyMap<string, number> {
  const view = new DataView(index.buffer, index.byteOffset, index.byteLength);
  if (
    index.length < 1032 ||
    view.getUint32(0) !== 0xff744f63 ||
    view.getUint32(4) !== 2
  ) {
    throw damaged();
  }
  const names = 8 + 256 * 4;
  const count = view.getUint32(names - 4);
  const small = names + count * (NAME + 4);
  const large = small + count * 4;
  if (large > index.length) {
    throw damaged();
  }
  return new Map(
    Array.from({ length: count }, (_, at) => {
      const value = view.getUint32(small + at * 4);
      const offset =
        value < 0x80000000
          ? value
          : Number(view.getBigUint64(large + (value - 0x80000000) * 8));
      return [hex(index.subarray(names + at * NAME, names + (at + 1) * NAME)), offset];
    })
  );
}

/** Number of the type, and where what follows begins; the size tells itself. */
function readHeader(bytes: Uint8Array): { number: number; at: number } {
  let at = 0;
  while (((bytes[at] ?? 0) & 0x80) !== 0) {
    at += 1;
  }
  return { number: ((bytes[0] ?? 0) >> 4) & 7, at: at + 1 };
}

/** The object that a delta changes, and where the delta begins. */
function baseOf(
  bytes: Uint8Array,
  { number, at, start }: { number: number; at: number; start: number },
  offsets: ReadonlyMap<string, number>
): { readonly base: number; readonly data: number } {
  if (number === DELTA_BY_NAME) {
    const base = offsets.get(hex(bytes.subarray(at, at + NAME)));
    if (base === undefined) {
      throw damaged();
    }
    return { base, data: at + NAME };
  }
  if (number !== DELTA_BY_OFFSET) {
    throw damaged();
  }
  let next = at;
  let back = (bytes[next] ?? 0) & 0x7f;
  while (((bytes[next] ?? 0) & 0x80) !== 0) {
    next += 1;
    back = (back + 1) * 128 + ((bytes[next] ?? 0) & 0x7f);
  }
  return { base: start - back, data: next + 1 };
}

/** Parts of the base and new bytes, one after the other. */
function applyDelta(base: Uint8Array, delta: Uint8Array): Uint8Array {
  let at = 0;
  const byte = (): number => delta[at++] ?? 0;
  const size = (): number => {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const part = byte();
      value += (part & 0x7f) * factor;
      if ((part & 0x80) === 0) {
        return value;
      }
    }
  };
  /** A little-endian number of which only the bytes that are not 0 are written. */
  const sparse = (mask: number, count: number): number => {
    let value = 0;
    for (let place = 0; place < count; place++) {
      value += (mask & (1 << place)) === 0 ? 0 : byte() * 256 ** place;
    }
    return value;
  };
  const length = size();
  const target = new Uint8Array(size());
  let filled = 0;
  const put = (part: Uint8Array): void => {
    if (filled + part.length > target.length) {
      throw damaged();
    }
    target.set(part, filled);
    filled += part.length;
  };
  while (at < delta.length) {
    const code = byte();
    if ((code & 0x80) !== 0) {
      const from = sparse(code & 0xf, 4);
      const count = sparse((code >> 4) & 7, 3) || 0x10000;
      put(base.subarray(from, from + count));
    } else {
      put(delta.subarray(at, at + code));
      at += code;
    }
  }
  if (length !== base.length || filled !== target.length) {
    throw damaged();
  }
  return target;
}

function unpack(bytes: Uint8Array): Promise<Uint8Array> {
  return inflate(bytes, 'deflate').catch(() => Promise.reject(damaged()));
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('');
}

function damaged(): PackFault {
  return new PackFault();
}

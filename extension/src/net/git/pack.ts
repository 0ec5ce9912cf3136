import type { IGitObject } from '@llmos-lab/skills';

/** https://git-scm.com/docs/pack-format: the numbers of object types. */
const TYPES = { commit: 1, tree: 2, blob: 3 } as const;
const HEADER = [0x50, 0x41, 0x43, 0x4b, 0, 0, 0, 2];

/**
 * Objects as a pack that Git reads, each compressed by itself. Sessions and skills are
 * small, so that deltas would save little.
 */
export async function writePack(
  objects: readonly IGitObject[]
): Promise<Uint8Array<ArrayBuffer>> {
  const count = new Uint8Array(4);
  new DataView(count.buffer).setUint32(0, objects.length);
  const parts: Uint8Array[] = [Uint8Array.from(HEADER), count];
  for (const { type, body } of objects) {
    parts.push(sizeHeader(TYPES[type], body.length), await deflate(body));
  }
  const pack = join(parts);
  const digest = await crypto.subtle.digest('SHA-1', pack);
  return join([pack, new Uint8Array(digest)]);
}

/** Type and size: four bits of the size first, then seven at a time, lowest first. */
function sizeHeader(type: number, size: number): Uint8Array {
  const bytes = [(type << 4) | (size & 15)];
  // Not by shifts: those cut sizes at 2 GB.
  for (let rest = Math.floor(size / 16); rest > 0; rest = Math.floor(rest / 128)) {
    bytes.push(rest % 128);
  }
  return Uint8Array.from(bytes, (byte, at) =>
    at < bytes.length - 1 ? byte | 0x80 : byte
  );
}

async function deflate(body: Uint8Array): Promise<Uint8Array> {
  const stream = new Blob([body as BlobPart])
    .stream()
    .pipeThrough(new CompressionStream('deflate'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** Bytes one after another. */
export function join(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

import { toHex } from '../hex';
import type { IPacked } from '../tokens';

async function hash(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
}

/**
 * The sum by which a stored result is known to be whole: sha256 over its kind and the
 * hashes of its text and of each buffer, as lower-case hexadecimal.
 */
export async function checksum({ kind, text, buffers }: IPacked): Promise<string> {
  const encoder = new TextEncoder();
  const parts = [encoder.encode(kind), encoder.encode(text)];
  for (const buffer of buffers) {
    parts.push(new Uint8Array(buffer));
  }
  const hashes = await Promise.all(parts.map(hash));
  const all = await hash(Uint8Array.from(hashes.flatMap(part => [...part])));
  return toHex(all);
}

import { toHex } from '@llmos-lab/skills';

/** Names bytes by what they are, as versions of skills and hashes in traces are written. */
export async function sha256Name(bytes: Uint8Array): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', bytes as BufferSource);
  return `sha256:${toHex(new Uint8Array(digest))}`;
}

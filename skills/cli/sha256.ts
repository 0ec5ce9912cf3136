import { createHash } from 'node:crypto';

/** A file's version: `sha256:` and the hash of its bytes in hexadecimal. */
export function sha256(content: string | Uint8Array): string {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`;
}

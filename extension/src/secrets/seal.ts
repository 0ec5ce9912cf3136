import type { TranslationBundle } from '@jupyterlab/translation';

import { SecretError } from './tokens';

/** Rounds of PBKDF2 with SHA-256, as OWASP's Password Storage Cheat Sheet asks (2023). */
export const ITERATIONS = 600_000;
/** Above this a damaged record would hold the page up for minutes. */
const MAX_ITERATIONS = 10_000_000;
/** What is kept can be tried by who copies it, without end: a short phrase is none. */
export const MIN_PASSPHRASE = 12;

/** A secret as it is kept: nothing of it can be read without the passphrase. */
export interface ISealedSecret {
  readonly v: 1;
  readonly iterations: number;
  /** 16 bytes, new at each sealing. */
  readonly salt: Uint8Array<ArrayBuffer>;
  /** 12 bytes, new at each sealing: AES-GCM must never meet one twice under a key. */
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly sealed: Uint8Array<ArrayBuffer>;
}

/**
 * Encrypts a secret under a passphrase (PBKDF2, AES-GCM of 256 bits).
 *
 * @param name bound to it: under another name it does not open
 * @throws SecretError `weak-passphrase`
 */
export async function sealSecret(
  name: string,
  secret: string,
  passphrase: string,
  trans: TranslationBundle
): Promise<ISealedSecret> {
  if (passphrase.length < MIN_PASSPHRASE) {
    throw new SecretError(
      'weak-passphrase',
      trans.__(
        'A passphrase has at least %1 characters; a few words are good.',
        MIN_PASSPHRASE
      )
    );
  }
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const key = await deriveKey(passphrase, salt, ITERATIONS);
  const sealed = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv, additionalData: encode(name) },
    key,
    encode(secret)
  );
  return { v: 1, iterations: ITERATIONS, salt, iv, sealed: new Uint8Array(sealed) };
}

/**
 * Decrypts what {@link sealSecret} made.
 *
 * @throws SecretError `wrong-passphrase`
 */
export async function openSecret(
  name: string,
  { iterations, salt, iv, sealed }: ISealedSecret,
  passphrase: string,
  trans: TranslationBundle
): Promise<string> {
  const key = await deriveKey(passphrase, salt, iterations);
  try {
    const opened = await crypto.subtle.decrypt(
      { name: 'AES-GCM', iv, additionalData: encode(name) },
      key,
      sealed
    );
    return new TextDecoder().decode(opened);
  } catch {
    // AES-GCM says no more than that: the key, the name or the bytes are others.
    throw new SecretError(
      'wrong-passphrase',
      trans.__(
        'This is not the passphrase. Try again, or forget what is kept and enter it anew.'
      )
    );
  }
}

/** Whether a row of the database is a sealed secret, and not damaged in its form. */
export function isSealed(value: unknown): value is ISealedSecret {
  if (typeof value !== 'object' || value === null) {
    return false;
  }
  const { v, iterations, salt, iv, sealed } = value as Partial<ISealedSecret>;
  return (
    v === 1 &&
    Number.isInteger(iterations) &&
    Number(iterations) >= 1 &&
    Number(iterations) <= MAX_ITERATIONS &&
    [salt, iv, sealed].every(bytes => ArrayBuffer.isView(bytes))
  );
}

async function deriveKey(
  passphrase: string,
  salt: Uint8Array<ArrayBuffer>,
  iterations: number
): Promise<CryptoKey> {
  // The same letters typed on another system may come in another Unicode form.
  const typed = encode(passphrase.normalize('NFKC'));
  const base = await crypto.subtle.importKey('raw', typed, 'PBKDF2', false, [
    'deriveKey'
  ]);
  return crypto.subtle.deriveKey(
    { name: 'PBKDF2', hash: 'SHA-256', salt, iterations },
    base,
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt', 'decrypt']
  );
}

function encode(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

import { Token } from '@lumino/coreutils';
import type { ISignal } from '@lumino/signaling';

/**
 * Where a secret is: `tab` until the page goes, `open` kept in this browser and opened
 * with its passphrase in this tab, `locked` kept and not opened yet.
 */
export type SecretState = 'absent' | 'tab' | 'open' | 'locked';

/** `wrong-passphrase` also when what is kept was damaged: nothing tells them apart. */
export type SecretErrorCode = 'wrong-passphrase' | 'weak-passphrase' | 'absent';

/** An expected fault of the store. Compare `code`; `message` is for people. */
export class SecretError extends Error {
  constructor(
    readonly code: SecretErrorCode,
    message: string
  ) {
    super(message);
    this.name = 'SecretError';
  }
}

/**
 * Tokens and keys of the person at this browser, by names such as
 * `github:https://api.github.com`. A secret is in memory only, or kept in this browser
 * encrypted under a passphrase; it is never written in clear.
 */
export interface ISecretStore {
  /** Emits the name of a secret that was kept, opened or forgotten, in any tab. */
  readonly changed: ISignal<ISecretStore, string>;
  state(name: string): Promise<SecretState>;
  /** The secret where it is open in this tab; `undefined` while it is locked or absent. */
  get(name: string): string | undefined;
  /**
   * Holds a secret in place of the one before.
   *
   * @param passphrase keeps it in this browser too; without one it ends with the page
   * @throws SecretError `weak-passphrase`
   */
  keep(name: string, secret: string, passphrase?: string): Promise<void>;
  /**
   * Opens a kept secret for this tab.
   *
   * @throws SecretError `wrong-passphrase`, `absent`
   */
  unlock(name: string, passphrase: string): Promise<string>;
  /** Forgets a secret, in all tabs and in what is kept. */
  forget(name: string): Promise<void>;
  /** Names of all secrets, sorted; only those that begin with `prefix`. */
  names(prefix?: string): Promise<readonly string[]>;
}

/** The token for extensions that need a secret of the person. */
export const ISecretStore = new Token<ISecretStore>(
  '@llmos-lab/extension:ISecretStore',
  'Tokens and keys of the person: in memory, or kept encrypted under a passphrase.'
);

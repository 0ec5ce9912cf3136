/** @jest-environment node */
import 'fake-indexeddb/auto';
import { nullTranslator } from '@jupyterlab/translation';

import { SecretStore } from '../../src/secrets/secretStore';

// Deriving keys is slow on purpose, and a busy machine makes it slower.
jest.setTimeout(60_000);

const NAME = 'github:https://api.github.com';
const SECRET = 'a-token-of-ana';
const PHRASE = 'four plain words here';
let count = 0;

/** All that stands in a database, as text. */
async function everythingIn(database: string): Promise<string> {
  const db = await new Promise<IDBDatabase>((done, fail) => {
    const request = indexedDB.open(database);
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(new Error('It does not open'));
  });
  const rows = await new Promise<unknown[]>(done => {
    const request = db.transaction('secrets').objectStore('secrets').getAll();
    request.onsuccess = () => done(request.result);
  });
  db.close();
  return rows
    .flatMap(row => Object.values(row as object) as unknown[])
    .map(value =>
      value instanceof Uint8Array ? new TextDecoder().decode(value) : String(value)
    )
    .join('\n');
}

describe('the secret store', () => {
  let database: string;
  let store: SecretStore;
  const stores: SecretStore[] = [];
  const open = (): SecretStore => {
    const opened = new SecretStore(database, nullTranslator.load(''));
    stores.push(opened);
    return opened;
  };

  beforeEach(() => {
    database = `secrets-${count++}`;
    store = open();
  });
  afterEach(() => stores.splice(0).forEach(each => each.dispose()));

  it('holds a secret for this tab only where no passphrase is given', async () => {
    expect(await store.state(NAME)).toBe('absent');
    await store.keep(NAME, SECRET);
    expect(store.get(NAME)).toBe(SECRET);
    expect(await store.state(NAME)).toBe('tab');
    expect(await everythingIn(database)).toBe('');
    expect(await open().state(NAME)).toBe('absent');
  });

  it('keeps a secret under a passphrase, and nothing of it in clear', async () => {
    await store.keep(NAME, SECRET, PHRASE);
    expect(await store.state(NAME)).toBe('open');
    const kept = await everythingIn(database);
    expect(kept).toContain('600000');
    expect(kept).not.toContain(SECRET);
    expect(kept).not.toContain(PHRASE);
    const later = open();
    expect(await later.state(NAME)).toBe('locked');
    expect(later.get(NAME)).toBeUndefined();
    expect(await later.unlock(NAME, PHRASE)).toBe(SECRET);
    expect(await later.state(NAME)).toBe('open');
  });

  it('opens nothing with another passphrase', async () => {
    await store.keep(NAME, SECRET, PHRASE);
    const later = open();
    const wrong = { code: 'wrong-passphrase' };
    await expect(later.unlock(NAME, 'four other words here')).rejects.toMatchObject(
      wrong
    );
    expect(await later.state(NAME)).toBe('locked');
  });

  it('refuses a passphrase that is soon guessed, and keeps what was', async () => {
    await store.keep(NAME, SECRET, PHRASE);
    const weak = { code: 'weak-passphrase' };
    await expect(store.keep(NAME, 'another', 'short')).rejects.toMatchObject(weak);
    expect(store.get(NAME)).toBe(SECRET);
  });

  it('keeps nothing any more when a secret is held for this tab after all', async () => {
    await store.keep(NAME, SECRET, PHRASE);
    await store.keep(NAME, 'another');
    expect(await store.state(NAME)).toBe('tab');
    expect(await everythingIn(database)).toBe('');
  });

  it('forgets a secret here, in other tabs and in what is kept', async () => {
    await store.keep(NAME, SECRET, PHRASE);
    const other = open();
    await other.unlock(NAME, PHRASE);
    const heard = new Promise<string>(done =>
      other.changed.connect((_, name) => done(name))
    );
    await store.forget(NAME);
    expect(await heard).toBe(NAME);
    expect(other.get(NAME)).toBeUndefined();
    expect(await other.state(NAME)).toBe('absent');
    await expect(other.unlock(NAME, PHRASE)).rejects.toMatchObject({ code: 'absent' });
  });

  it('lists names, of those that are locked too', async () => {
    await store.keep(NAME, SECRET, PHRASE);
    const later = open();
    await later.keep('model:anthropic', 'a key');
    expect(await later.names()).toEqual([NAME, 'model:anthropic']);
    expect(await later.names('model:')).toEqual(['model:anthropic']);
  });
});

/** @jest-environment node */
import 'fake-indexeddb/auto';

import type { NotebookPanel } from '@jupyterlab/notebook';
import type { Contents } from '@jupyterlab/services';
import { nullTranslator } from '@jupyterlab/translation';
import {
  FIRST_CONVERSATION,
  NO_USAGE,
  parseConversations,
  parseTraces
} from '@llmos-lab/skills';
import { Signal } from '@lumino/signaling';
import { webcrypto } from 'node:crypto';

import { ConversationStore } from '../../src/assistant/conversationStore';
import { newMessage } from '../../src/assistant/panel/answers';
import { NotebookConversations } from '../../src/assistant/panel/conversations';
import { traceTurn } from '../../src/assistant/traceTurn';
import { Sessions } from '../../src/session/store/sessions';
import type { IVolumes } from '../../src/tokens';
import { DatabaseFileStore } from '../../src/volumes/databaseStore';
import { driveOver } from '../session/driveOver';
import { bytesOf, textOf } from '../volumes/bytes';

/** Locks as browsers have them, for the tabs of one test. */
function createLocks(): Pick<LockManager, 'request'> {
  const last = new Map<string, Promise<unknown>>();
  const request = (name: string, work: () => Promise<unknown>): Promise<unknown> => {
    const mine = (last.get(name) ?? Promise.resolve()).then(work);
    last.set(
      name,
      mine.catch(() => undefined)
    );
    return mine;
  };
  return { request } as unknown as LockManager;
}

const globals = { crypto: webcrypto, navigator: { locks: createLocks() } };
for (const [name, value] of Object.entries(globals)) {
  Object.defineProperty(globalThis, name, { value, configurable: true });
}

const FOLDER = 'sessions/s-1';
const FILE = `${FOLDER}/chat.jsonl`;
const AUTHOR = { name: 'Ana', email: 'ana@example.org', time: 1763719200 };
let count = 0;
const open: { dispose(): void }[] = [];

/** A tab with the notebook open, over the volume that all tabs of a test share. */
async function openTab(volumeName: string) {
  const store = new DatabaseFileStore(volumeName, { folders: ['sessions'] });
  const drive = driveOver(store);
  const fileChanged = new Signal<object, Contents.IChangedArgs>({});
  const global = (value: Contents.IChangedArgs['newValue']) =>
    value?.path === undefined ? value : { ...value, path: `user:${value.path}` };
  drive.fileChanged.connect((_, { type, oldValue, newValue }) =>
    fileChanged.emit({ type, oldValue: global(oldValue), newValue: global(newValue) })
  );
  const contents = {
    fileChanged,
    get: (path: string, options?: Contents.IFetchOptions) =>
      path.startsWith('user:')
        ? drive.get(path.slice('user:'.length), options)
        : Promise.reject(Object.assign(new Error(path), { response: { status: 404 } }))
  } as unknown as Contents.IManager;
  const { repository } = store;
  const volume = {
    ...{ name: 'user', drive, repository, owner: { kind: 'user', id: 'ana' } },
    can: () => ({ allowed: true })
  };
  const volumes = { volumes: [volume], changed: new Signal({}) };
  const sessions = new Sessions(
    volumes as unknown as IVolumes,
    contents,
    nullTranslator.load('llmos'),
    () => 'ana'
  );
  await sessions.ready;
  const failures: unknown[] = [];
  const changed = new Signal<object, void>({});
  const chatStore = new ConversationStore({ sessions, contents });
  const conversations = new NotebookConversations({
    ...{ store: chatStore, onChange: () => changed.emit() },
    onFailure: reason => void failures.push(reason)
  });
  chatStore.fileChanged?.connect((_, change) => void conversations.onFile(change));
  const tab = { store, repository, sessions, conversations, failures };
  open.push(sessions, store);
  const said = (id = conversations.current.id): readonly string[] =>
    (conversations.all.find(each => each.id === id)?.messages ?? []).map(
      ({ content }) => content
    );
  /** Resolves once this is what the tab shows. */
  const shows = (...contentsShown: readonly string[]): Promise<void> =>
    new Promise(resolve => {
      const look = (): void => {
        if (JSON.stringify(said()) === JSON.stringify(contentsShown)) {
          changed.disconnect(look);
          resolve();
        }
      };
      changed.connect(look);
      look();
    });
  const file = async (): Promise<string> =>
    (await store.stat(FILE)) ? textOf(await store.read(FILE)) : '';
  /** The question is kept, and its answer with it. */
  const talk = async (text: string, answer: string): Promise<void> => {
    const question = newMessage('user', text);
    await conversations.ready();
    const { id } = conversations.current;
    conversations.put(id, question);
    await conversations.keep();
    conversations.put(id, question, newMessage('assistant', answer));
    await conversations.keep();
  };
  return { ...tab, said, shows, file, talk };
}

/** The notebook with its session. */
function notebook(path = 'a.ipynb'): NotebookPanel {
  const metadata: Record<string, unknown> = { llmos: { v: 1, session: 's-1' } };
  const model = {
    getMetadata: (key: string) => metadata[key],
    setMetadata: (key: string, value: unknown) => {
      metadata[key] = value;
    }
  };
  const context = { path, model, ready: Promise.resolve(), contentsModel: {} };
  return { context, model, isDisposed: false } as unknown as NotebookPanel;
}

const SESSION = JSON.stringify({
  ...{ v: 1, id: 's-1', name: 'a', volume: 'user', volume_id: 'ana', user: 'ana' },
  ...{ status: 'active', path: 'a.ipynb', metadata: {} },
  created_at: '2026-11-21T10:00:00.000Z',
  updated_at: '2026-11-21T10:00:00.000Z'
});

describe('the conversations of a notebook in several tabs', () => {
  let name = '';
  beforeEach(async () => {
    name = `tabs-${count++}`;
    const store = new DatabaseFileStore(name, { folders: ['sessions'] });
    await store.makeDirectory(FOLDER);
    await store.write(`${FOLDER}/session.json`, bytesOf(SESSION));
    store.dispose();
  });
  afterEach(() => open.splice(0).forEach(each => each.dispose()));

  it('keep what each tab has asked, and show it in the others', async () => {
    const [one, two] = [await openTab(name), await openTab(name)];
    await one.conversations.show(notebook());
    await two.conversations.show(notebook());
    await one.talk('A?', 'a');
    await two.shows('A?', 'a');
    await two.talk('B?', 'b');
    await one.shows('A?', 'a', 'B?', 'b');
    await one.talk('C?', 'c');
    const kept = parseConversations(await one.file()).conversations;
    expect(kept[0]?.messages.map(({ content }) => content)).toEqual([
      ...['A?', 'a', 'B?', 'b', 'C?', 'c']
    ]);
    expect([...one.failures, ...two.failures]).toEqual([]);
  });

  it('keep all of it when both ask at the same time', async () => {
    const [one, two] = [await openTab(name), await openTab(name)];
    await one.conversations.show(notebook());
    await two.conversations.show(notebook());
    await Promise.all([one.talk('A?', 'a'), two.talk('B?', 'b')]);
    const kept = parseConversations(await one.file()).conversations[0]?.messages ?? [];
    expect(kept.map(({ content }) => content).sort()).toEqual(['A?', 'B?', 'a', 'b']);
    const order = kept.map(({ content }) => content);
    await one.shows(...order);
    await two.shows(...order);
  });

  it('keep the traces of their turns, each a line', async () => {
    const [one, two] = [await openTab(name), await openTab(name)];
    const place = { volume: 'user', id: 's-1' };
    const trace = (tab: typeof one, prompt: string): Promise<void> =>
      traceTurn(tab.sessions, 'ana', place, {
        ...{ prompt, skills: [], startedAt: 1e12, ms: 7 },
        result: { parts: [], usage: NO_USAGE, model: 'm', status: 'done', isCut: false }
      });
    await Promise.all([trace(one, 'A?'), trace(two, 'B?'), trace(one, 'C?')]);
    const text = textOf(await two.store.read(`${FOLDER}/traces.jsonl`));
    const { traces, problems } = parseTraces(text);
    expect(problems).toEqual([]);
    expect(new Set(traces.map(({ id }) => id)).size).toBe(3);
    expect(traces.map(each => each.kind === 'chat' && each.prompt).sort()).toEqual([
      ...['A?', 'B?', 'C?']
    ]);
    expect(text.endsWith('\n')).toBe(true);
  });

  it('lose no line that this version cannot read', async () => {
    const tab = await openTab(name);
    const later = '{"v":2,"id":"later","blocks":[]}\nno JSON at all\n';
    await tab.store.write(FILE, bytesOf(later));
    await tab.conversations.show(notebook());
    await tab.talk('A?', 'a');
    expect(await tab.file()).toContain(later);
    await tab.conversations.remove();
    expect(await tab.file()).toBe(later);
  });

  it('come back into their session when a deletion is undone, whatever is shown then', async () => {
    const tab = await openTab(name);
    const panel = notebook();
    await tab.conversations.show(panel);
    await tab.talk('A?', 'a');
    tab.conversations.begin();
    await tab.talk('B?', 'b');
    const both = await tab.file();
    const bringBack = await tab.conversations.remove();
    expect(tab.said()).toEqual(['A?', 'a']);
    expect(await tab.file()).not.toContain('B?');
    await tab.conversations.show(null);
    await bringBack();
    expect(await tab.file()).toBe(both);
    await tab.conversations.show(panel);
    await tab.shows('B?', 'b');
    const again = await tab.conversations.remove();
    await again();
    expect(await tab.file()).toBe(both);
    expect(tab.conversations.all).toHaveLength(2);
  });

  it('have the messages that a merge brings, and lose none of them', async () => {
    const tab = await openTab(name);
    await tab.conversations.show(notebook());
    await tab.talk('A?', 'a');
    await tab.repository.commit({ paths: [FOLDER], message: 'One', author: AUTHOR });
    const pulled = newMessage('user', 'Asked elsewhere');
    const content = bytesOf(`${await tab.file()}${JSON.stringify(pulled)}\n`);
    const changes = [{ path: FILE, content }];
    await tab.repository.apply({ changes, message: 'Two', author: AUTHOR });
    await tab.shows('A?', 'a', 'Asked elsewhere');
    await tab.talk('B?', 'b');
    expect(await tab.file()).toContain('Asked elsewhere');
    expect(tab.said()).toEqual(['A?', 'a', 'Asked elsewhere', 'B?', 'b']);
  });

  it('wait for a commit or a merge that is under way', async () => {
    const tab = await openTab(name);
    await tab.conversations.show(notebook());
    await tab.talk('A?', 'a');
    let end: () => void = () => undefined;
    const held = tab.repository.exclusively(
      () => new Promise<void>(resolve => (end = resolve))
    );
    const before = await tab.file();
    const talked = tab.talk('B?', 'b');
    await tab.shows('A?', 'a', 'B?');
    const merged = `${before}${JSON.stringify(newMessage('user', 'Merged'))}\n`;
    await tab.store.write(FILE, bytesOf(merged));
    end();
    await Promise.all([held, talked]);
    expect(await tab.file()).toContain(merged);
    expect(tab.said()).toEqual(['A?', 'a', 'Merged', 'B?', 'b']);
  });

  it('are the older ones after an older version was restored', async () => {
    const tab = await openTab(name);
    await tab.conversations.show(notebook());
    await tab.talk('A?', 'a');
    const older = bytesOf(await tab.file());
    tab.conversations.begin();
    await tab.talk('B?', 'b');
    expect(tab.conversations.all).toHaveLength(2);
    await tab.repository.commit({ paths: [FOLDER], message: 'One', author: AUTHOR });
    const changes = [{ path: FILE, content: older }];
    await tab.repository.apply({ changes, message: 'Restore', author: AUTHOR });
    await tab.shows('A?', 'a');
    expect(tab.conversations.all).toHaveLength(1);
    await tab.talk('C?', 'c');
    const kept = parseConversations(await tab.file()).conversations;
    expect(kept.map(({ id }) => id)).toEqual([FIRST_CONVERSATION]);
    expect(tab.said()).toEqual(['A?', 'a', 'C?', 'c']);
  });

  it('keep an answer with its question when a restored version came between', async () => {
    const tab = await openTab(name);
    await tab.conversations.show(notebook());
    await tab.talk('A?', 'a');
    const older = bytesOf(await tab.file());
    const question = newMessage('user', 'B?');
    tab.conversations.put(FIRST_CONVERSATION, question);
    await tab.conversations.keep();
    await tab.store.write(FILE, older);
    await tab.conversations.onFile({
      type: 'save',
      ...{ oldValue: null, newValue: { path: `user:${FILE}` } }
    });
    await tab.shows('A?', 'a');
    const answer = newMessage('assistant', 'b');
    tab.conversations.put(FIRST_CONVERSATION, question, answer);
    await tab.conversations.keep();
    expect(tab.said()).toEqual(['A?', 'a', 'B?', 'b']);
  });

  it('are kept for a notebook that was closed meanwhile', async () => {
    const tab = await openTab(name);
    const panel = notebook();
    await tab.conversations.show(panel);
    const question = newMessage('user', 'A?');
    tab.conversations.put(FIRST_CONVERSATION, question);
    await tab.conversations.ready();
    await tab.conversations.keep();
    Object.assign(panel, { isDisposed: true, model: null });
    const answer = newMessage('assistant', 'a');
    tab.conversations.put(FIRST_CONVERSATION, question, answer);
    await tab.conversations.keep();
    expect(
      parseConversations(await tab.file()).conversations[0]?.messages
    ).toHaveLength(2);
    expect(tab.failures).toEqual([]);
  });
});

import '../browser';

import type { Contents, ServerConnection } from '@jupyterlab/services';
import { Signal } from '@lumino/signaling';

import { UNTRANSLATED } from '../../src/volumes/fileStore';
import type { IFileStore, StoreChange } from '../../src/volumes/fileStore';
import { MemoryFileStore } from '../../src/volumes/memoryStore';
import { unpackLibrary } from '../../src/volumes/systemStore';
import { VolumeDrive } from '../../src/volumes/volumeDrive';
import { MARKED } from '../marked';
import { accessTo, bytesOf, textOf } from './bytes';

const NOTEBOOK = {
  cells: [
    {
      cell_type: 'code',
      source: '1',
      metadata: { trusted: true, llmos: { v: 1 } },
      outputs: [],
      execution_count: null
    }
  ],
  metadata: {},
  nbformat: 4,
  nbformat_minor: 5
};

/** A store that another tab can be said to have changed. */
class SharedStore extends MemoryFileStore {
  override get changedElsewhere(): Signal<IFileStore, StoreChange> {
    return this.elsewhere;
  }
  readonly elsewhere = new Signal<IFileStore, StoreChange>(this);
}

function makeDrive(
  store: IFileStore,
  name = 'user',
  trans = UNTRANSLATED
): VolumeDrive {
  return new VolumeDrive({
    name,
    access: accessTo(name),
    serverSettings: {} as ServerConnection.ISettings,
    open: () => Promise.resolve(store),
    refusal: (path, reason) => `${path}: ${reason}`,
    trans
  });
}

describe('VolumeDrive', () => {
  let clock = 0;
  let store: SharedStore;
  let drive: VolumeDrive;
  let changes: Contents.IChangedArgs[];

  beforeEach(async () => {
    store = new SharedStore(() => ++clock);
    await store.makeDirectory('skills');
    drive = makeDrive(store);
    changes = [];
    drive.fileChanged.connect((_, change) => changes.push(change));
  });
  afterEach(() => drive.dispose());

  it('saves text and gives it back with its media type', async () => {
    const saved = await drive.save('skills/a.md', {
      type: 'file',
      format: 'text',
      content: '# Größe\n'
    });
    expect(saved).toMatchObject({ name: 'a.md', path: 'skills/a.md', content: null });
    expect(await drive.get('skills/a.md')).toMatchObject({
      type: 'file',
      format: 'text',
      mimetype: 'text/markdown',
      content: '# Größe\n',
      writable: true
    });
    expect(changes).toMatchObject([
      { type: 'save', newValue: { path: 'skills/a.md' } }
    ]);
  });

  it('lists a folder without contents', async () => {
    await store.write('skills/a.md', bytesOf('a'));
    const folder = await drive.get('skills');
    expect(folder).toMatchObject({ type: 'directory', format: 'json' });
    expect(folder.content).toMatchObject([
      { name: 'a.md', path: 'skills/a.md', content: null, size: 1 }
    ]);
    expect((await drive.get('skills', { content: false })).content).toBeNull();
  });

  it('finds under a decomposed name what it saved under it', async () => {
    const name = 'fu\u0308r.csv';
    const text = (content: string): Partial<Contents.IModel> => ({
      ...{ type: 'file', format: 'text', content }
    });
    const saved = await drive.save(name, text('one'));
    expect(saved.path).toBe(name.normalize('NFC'));
    expect(changes.at(-1)).toMatchObject({ newValue: { path: saved.path } });
    expect(await drive.get(name)).toMatchObject({ path: saved.path, content: 'one' });
    // Python writes it again; an upload asks by another name than the one it would replace.
    await drive.save(name, text('two'));
    await expect(drive.save(name, { ...text('three'), name })).rejects.toMatchObject({
      response: { status: 409 }
    });
    expect(await drive.get(name)).toMatchObject({ content: 'two' });
    await drive.createCheckpoint(name);
    expect(await drive.listCheckpoints(saved.path)).toHaveLength(1);
    expect(await drive.copy(name, 'skills')).toMatchObject({
      path: `skills/${saved.path}`
    });
    await drive.rename(name, 'a.csv');
    await drive.delete(`skills/${name}`);
    expect((await drive.get('skills')).content).toEqual([]);
  });

  it('keeps a decomposed name that others pushed', async () => {
    const name = 'fu\u0308r.csv';
    const pulled = new Map([[name, bytesOf('theirs')]]);
    const stat = store.stat.bind(store);
    jest
      .spyOn(store, 'stat')
      .mockImplementation(path =>
        pulled.has(path)
          ? Promise.resolve({ path, kind: 'file', created: 0, modified: 0, size: 6 })
          : stat(path)
      );
    const read = jest.spyOn(store, 'read').mockResolvedValue(bytesOf('theirs'));
    expect(await drive.get(name)).toMatchObject({ path: name, content: 'theirs' });
    expect(read).toHaveBeenCalledWith(name);
  });

  it('takes trust out of notebooks, whoever wrote them', async () => {
    await store.write('in.ipynb', bytesOf(JSON.stringify(NOTEBOOK)));
    const read = await drive.get('in.ipynb');
    expect(read).toMatchObject({ type: 'notebook', format: 'json' });
    expect(JSON.stringify(read.content)).not.toContain('trusted');
    await drive.save('out.ipynb', {
      type: 'notebook',
      format: 'json',
      content: NOTEBOOK
    });
    const text = textOf(await store.read('out.ipynb'));
    expect(text).not.toContain('trusted');
    expect(text).toContain('"llmos"');
    expect(text).toMatch(/^\{\n "cells"/);
  });

  it('gives a notebook as text when that is asked for', async () => {
    await store.write('in.ipynb', bytesOf('{"cells": ['));
    const model = await drive.get('in.ipynb', { type: 'file', format: 'text' });
    expect(model).toMatchObject({ type: 'file', content: '{"cells": [' });
    await expect(drive.get('in.ipynb')).rejects.toThrow(/not valid JSON/);
  });

  it('keeps bytes that are no text', async () => {
    const content = Buffer.from([0, 255, 254, 10]).toString('base64');
    await drive.save('a.bin', { type: 'file', format: 'base64', content });
    expect(await drive.get('a.bin')).toMatchObject({ format: 'base64', content });
    await expect(drive.get('a.bin', { format: 'text' })).rejects.toMatchObject({
      response: { status: 400 }
    });
  });

  it('shows an upload in parts only when the last has come', async () => {
    const part = (text: string, chunk: number): Partial<Contents.IModel> => ({
      type: 'file',
      format: 'base64',
      content: Buffer.from(text).toString('base64'),
      chunk
    });
    await drive.save('big.txt', part('one ', 1));
    await drive.save('big.txt', part('two ', 2));
    await expect(drive.get('big.txt')).rejects.toMatchObject({
      response: { status: 404 }
    });
    await drive.save('big.txt', part('three', -1));
    expect((await drive.get('big.txt')).content).toBe('one two three');
    expect(changes).toHaveLength(1);
  });

  it('names new files and folders so that they do not meet', async () => {
    const made = [
      await drive.newUntitled({ type: 'notebook' }),
      await drive.newUntitled({ type: 'notebook' }),
      await drive.newUntitled({ type: 'directory', path: 'skills' }),
      await drive.newUntitled({ type: 'file', ext: 'md', path: 'skills' })
    ];
    expect(made.map(model => model.path)).toEqual([
      'Untitled.ipynb',
      'Untitled1.ipynb',
      'skills/Untitled Folder',
      'skills/untitled.md'
    ]);
    expect((await drive.get('Untitled.ipynb')).content).toMatchObject({ nbformat: 4 });
    expect(changes.map(change => change.type)).toEqual(['new', 'new', 'new', 'new']);
  });

  it('renames, copies and deletes, and says so', async () => {
    await store.write('skills/a.md', bytesOf('a'));
    await drive.rename('skills/a.md', 'skills/b.md');
    const copies = [
      await drive.copy('skills/b.md', 'skills'),
      await drive.copy('skills/b.md', '')
    ];
    await drive.delete('skills/b.md');
    expect(copies.map(model => model.path)).toEqual(['skills/b-Copy1.md', 'b.md']);
    expect(changes).toMatchObject([
      {
        type: 'rename',
        oldValue: { path: 'skills/a.md' },
        newValue: { path: 'skills/b.md' }
      },
      { type: 'new' },
      { type: 'new' },
      { type: 'delete', oldValue: { path: 'skills/b.md' }, newValue: null }
    ]);
  });

  it('answers as JupyterLab expects when something is missing or taken', async () => {
    await store.write('a', bytesOf('a'));
    await store.write('b', bytesOf('b'));
    await expect(drive.get('none')).rejects.toMatchObject({
      response: { status: 404 }
    });
    await expect(drive.rename('a', 'b')).rejects.toMatchObject({
      response: { status: 409 }
    });
    await expect(drive.get('../etc')).rejects.toMatchObject({
      response: { status: 400 }
    });
  });

  it('goes back to the checkpoint', async () => {
    await drive.save('a.md', { type: 'file', format: 'text', content: 'old' });
    const { id } = await drive.createCheckpoint('a.md');
    await drive.save('a.md', { type: 'file', format: 'text', content: 'new' });
    expect(await drive.listCheckpoints('a.md')).toMatchObject([{ id }]);
    await drive.restoreCheckpoint('a.md', id);
    expect((await drive.get('a.md')).content).toBe('old');
    await drive.deleteCheckpoint('a.md', id);
    expect(await drive.listCheckpoints('a.md')).toEqual([]);
  });

  it('passes on what other tabs changed', async () => {
    await drive.get('');
    store.elsewhere.emit({ type: 'save', path: 'skills/a.md' });
    store.elsewhere.emit({ type: 'rename', path: 'skills/b.md', from: 'skills/a.md' });
    store.elsewhere.emit({ type: 'delete', path: 'skills/b.md' });
    expect(changes).toMatchObject([
      { type: 'save', newValue: { path: 'skills/a.md' } },
      {
        type: 'rename',
        oldValue: { path: 'skills/a.md' },
        newValue: { path: 'skills/b.md' }
      },
      { type: 'delete', oldValue: { path: 'skills/b.md' } }
    ]);
  });

  it('gives a download address with the file in it', async () => {
    // jsdom has no addresses for blobs.
    const blobs: Blob[] = [];
    const createObjectURL = (blob: Blob): string => `blob:${blobs.push(blob)}`;
    Object.assign(URL, { createObjectURL, revokeObjectURL: () => undefined });
    await store.write('a.html', bytesOf('<b>a</b>'));
    const url = await drive.getDownloadUrl('a.html');
    expect(await drive.getDownloadUrl('a.html')).toBe(url);
    const [blob, ...others] = blobs;
    expect(others).toEqual([]);
    expect(blob?.type).toBe('text/plain');
    const read = new Promise(resolve => {
      const reader = new FileReader();
      reader.onload = () => resolve(reader.result);
      reader.readAsText(blob ?? new Blob());
    });
    expect(await read).toBe('<b>a</b>');
  });

  it('gives no address under which a file is a page of this origin', async () => {
    const types: string[] = [];
    const createObjectURL = (blob: Blob): string => `blob:${types.push(blob.type)}`;
    Object.assign(URL, { createObjectURL, revokeObjectURL: () => undefined });
    await store.write('a.svg', bytesOf('<svg/>'));
    expect(await drive.getDownloadUrl('a.svg')).toBe(
      'data:image/svg+xml;base64,PHN2Zy8+'
    );
    for (const name of ['a.xhtml', 'a.xml', 'a.js', 'a.png']) {
      await store.write(name, bytesOf('<a/>'));
      await drive.getDownloadUrl(name);
    }
    expect(types).toEqual(['text/plain', 'text/plain', 'text/plain', 'image/png']);
  });

  it("says what it cannot do in the person's language", async () => {
    const marked = makeDrive(store, 'user', MARKED);
    await expect(marked.get('b.md')).rejects.toMatchObject({
      message: '«There is no "b.md" in this volume.»',
      response: { status: 404 }
    });
    await store.write('a.ipynb', bytesOf('no'));
    await expect(marked.rename('a.ipynb', 'CON')).rejects.toThrow(
      /^«"CON" is not a path that a volume can hold\.» «Change its name: /
    );
    await expect(marked.get('a.ipynb')).rejects.toThrow(
      /^«"a\.ipynb" is not valid JSON/
    );
    await expect(marked.restoreCheckpoint('a.ipynb', 'x')).rejects.toThrow(
      '«"a.ipynb" has no checkpoint "x".»'
    );
    marked.dispose();
  });

  it('opens the store again after it could not', async () => {
    let tries = 0;
    const flaky = new VolumeDrive({
      name: 'system',
      access: accessTo('system'),
      serverSettings: {} as ServerConnection.ISettings,
      open: () =>
        ++tries === 1
          ? Promise.reject(new Error('Loading chunk failed'))
          : Promise.resolve(store),
      refusal: path => path,
      trans: UNTRANSLATED
    });
    await expect(flaky.get('')).rejects.toThrow(/"system" could not be reached.*chunk/);
    expect(await flaky.get('')).toMatchObject({ type: 'directory' });
    flaky.dispose();
  });
});

describe('the system library', () => {
  const open = async (): Promise<VolumeDrive> =>
    makeDrive(
      await unpackLibrary({
        modified: 1_700_000_000_000,
        files: { 'skills/a.md': 'a', 'skills/a/data/b.cir': '* b' }
      }),
      'system'
    );

  it('holds the packed files in their folders', async () => {
    const drive = await open();
    expect((await drive.get('skills')).content).toMatchObject([
      { path: 'skills/a', type: 'directory', writable: false },
      { path: 'skills/a.md', last_modified: '2023-11-14T22:13:20.000Z' }
    ]);
    expect((await drive.get('skills/a/data/b.cir')).content).toBe('* b');
  });

  it('refuses each change with a way on, and tells of it', async () => {
    const drive = await open();
    const refused: string[] = [];
    drive.refused.connect((_, { path }) => refused.push(path));
    const changes = [
      () => drive.save('skills/a.md', { format: 'text', content: 'x' }),
      () => drive.rename('skills/a.md', 'skills/b.md'),
      () => drive.delete('skills/a.md'),
      () => drive.copy('skills/a.md', 'skills'),
      () => drive.newUntitled({ path: 'skills', type: 'file' }),
      () => drive.createCheckpoint('skills/a.md')
    ];
    for (const change of changes) {
      await expect(change()).rejects.toMatchObject({
        response: { status: 403 },
        message: expect.stringContaining('read-only. Copy this') as string
      });
    }
    expect(refused).toHaveLength(changes.length);
    expect((await drive.get('skills/a.md')).content).toBe('a');
  });
});

import '../browser';

import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { Contents } from '@jupyterlab/services';

import { FileStoreError, UNTRANSLATED } from '../../src/volumes/fileStore';
import type { Bytes, IStoredEntry } from '../../src/volumes/fileStore';
import { addReadOnlyDrive } from '../../src/volumes/readOnlyDrive';
import { bytesOf } from './bytes';

describe('a drive whose files can only be read', () => {
  const times = { created: 0, modified: 0 };
  const given: readonly IStoredEntry[] = [
    { path: '', kind: 'directory', ...times, size: 0 },
    { path: '1', kind: 'directory', ...times, size: 0 },
    { path: '1/a.ipynb', kind: 'file', ...times, size: 2 },
    { path: '1/artifacts', kind: 'directory', ...times, size: 0 }
  ];
  let drive: Contents.IDrive;
  const text = { type: 'file', format: 'text' } as const;

  beforeEach(() => {
    const parent = (path: string): string => path.slice(0, path.lastIndexOf('/'));
    const contents = { addDrive: (added: Contents.IDrive) => (drive = added) };
    addReadOnlyDrive(
      {
        app: {
          serviceManager: { contents, serverSettings: {} }
        } as unknown as JupyterFrontEnd,
        trans: UNTRANSLATED
      },
      'shared',
      {
        kindOf: path => Promise.resolve(given.find(each => each.path === path)?.kind),
        stat: path => Promise.resolve(given.find(each => each.path === path)),
        list: folder =>
          Promise.resolve(
            given.filter(({ path }) => path.includes('/') && parent(path) === folder)
          ),
        read: path =>
          path === '1/a.ipynb'
            ? Promise.resolve<Bytes>(bytesOf('{}'))
            : Promise.reject(new FileStoreError('not-found', path))
      },
      path => `"${path}" is read-only.`
    );
  });
  afterEach(() => drive.dispose());

  const names = async (folder: string): Promise<readonly (readonly unknown[])[]> => {
    const { content } = (await drive.get(folder, { content: true })) as {
      content: readonly Contents.IModel[];
    };
    return content.map(({ name, writable }) => [name, writable]);
  };

  it('refuses whatever would change them', async () => {
    await drive.save('1/new.txt', { ...text, content: 'new' });
    for (const change of [
      () => drive.save('1/a.ipynb', { ...text, content: 'other' }),
      () => drive.delete('1/a.ipynb'),
      () => drive.delete('1'),
      () => drive.rename('1/a.ipynb', '1/b.ipynb'),
      () => drive.rename('1/new.txt', '1/a.ipynb')
    ]) {
      await expect(change()).rejects.toMatchObject({ response: { status: 403 } });
    }
    expect(await names('1')).toEqual([
      ...[
        ['a.ipynb', false],
        ['artifacts', false]
      ],
      ['new.txt', true]
    ]);
  });

  it('has cells write beside them, in folders of theirs too', async () => {
    await drive.save('1/artifacts/plot.csv', { ...text, content: 'a' });
    // As Python makes a folder.
    const made = await drive.newUntitled({ path: '1', type: 'directory' });
    await drive.rename(made.path, '1/out');
    await drive.save('1/out/b.csv', { ...text, content: 'b' });
    await drive.save('1/out/b.csv', { ...text, content: 'c' });
    expect(await names('1/artifacts')).toEqual([['plot.csv', true]]);
    expect(await names('1/out')).toEqual([['b.csv', true]]);
    expect((await drive.get('1/out/b.csv', { content: true })).content).toBe('c');
    await drive.delete('1/out');
    await expect(drive.get('1/out')).rejects.toMatchObject({
      response: { status: 404 }
    });
  });

  it('takes first writes into a folder at once', async () => {
    const write = (name: string): Promise<Contents.IModel> =>
      drive.save(`1/artifacts/${name}`, { ...text, content: name });
    await Promise.all([write('b.csv'), write('a.csv')]);
    expect(await names('1/artifacts')).toEqual([
      ...[
        ['a.csv', true],
        ['b.csv', true]
      ]
    ]);
  });

  it('lists all by name, and says of a folder that is given that it is none to copy', async () => {
    await drive.save('1/Z.txt', { ...text, content: '' });
    await drive.save('1/ab.txt', { ...text, content: '' });
    expect((await names('1')).map(([name]) => name)).toEqual([
      ...['Z.txt', 'a.ipynb', 'ab.txt', 'artifacts']
    ]);
    await drive.save('1/out', { type: 'directory' });
    await drive.copy('1/a.ipynb', '1/out');
    expect(await names('1/out')).toEqual([['a.ipynb', true]]);
    await expect(drive.copy('1/artifacts', '1/out')).rejects.toThrow(
      '"1/artifacts" is a folder, not a file.'
    );
  });

  it('has no file in a folder that is not there', async () => {
    await expect(drive.save('2/a.txt', { ...text, content: '' })).rejects.toMatchObject(
      { response: { status: 404 } }
    );
  });
});

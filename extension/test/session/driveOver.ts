import type { Contents } from '@jupyterlab/services';
import { Signal } from '@lumino/signaling';

import type { DatabaseFileStore } from '../../src/volumes/databaseStore';
import { bytesOf, textOf } from '../volumes/bytes';

/** What sessions need of a drive, without JupyterLab's widgets, which want a page. */
export function driveOver(store: DatabaseFileStore): Contents.IDrive {
  const drive = {};
  const fileChanged = new Signal<object, Contents.IChangedArgs>(drive);
  store.changedElsewhere.connect((_, { type, path }) =>
    fileChanged.emit({
      type,
      oldValue: type === 'delete' ? { path } : null,
      newValue: type === 'delete' ? null : { path }
    })
  );
  const missing = Object.assign(new Error('not there'), { response: { status: 404 } });
  const get = async (path: string, options: Contents.IFetchOptions = {}) => {
    const entry = await store.stat(path);
    if (!entry) {
      throw missing;
    }
    if (entry.kind === 'directory') {
      const content = (await store.list(path)).map(({ path: inside, kind, size }) => ({
        ...{ path: inside, size, type: kind === 'file' ? 'file' : 'directory' },
        name: inside.slice(inside.lastIndexOf('/') + 1)
      }));
      return { content };
    }
    const text = textOf(await store.read(path));
    return { content: options.format === 'base64' ? btoa(text) : text };
  };
  const save = async (path: string, { type, format, content }: Contents.IModel) => {
    if (type === 'directory') {
      await ((await store.stat(path)) ?? store.makeDirectory(path));
      return;
    }
    const text = String(content);
    await store.write(path, bytesOf(format === 'base64' ? atob(text) : text));
    fileChanged.emit({ type: 'save', oldValue: null, newValue: { path } });
  };
  const remove = async (path: string): Promise<void> => {
    if (!(await store.stat(path))) {
      throw missing;
    }
    await store.remove(path);
    fileChanged.emit({ type: 'delete', oldValue: { path }, newValue: null });
  };
  const made = Object.assign(drive, {
    name: 'user',
    fileChanged,
    get,
    save,
    delete: remove
  });
  return made as unknown as Contents.IDrive;
}

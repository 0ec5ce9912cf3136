import type { Contents } from '@jupyterlab/services';
import { decodeBase64, encodeBase64 } from '@llmos-lab/skills';
import { Signal } from '@lumino/signaling';

import type { DatabaseFileStore } from '../../src/volumes/databaseStore';
import { bytesOf, textOf } from '../volumes/bytes';

/** A drive over a store, as far as evolution uses one. */
export function driveOf(store: DatabaseFileStore): Contents.IDrive {
  const fileChanged = new Signal<object, Contents.IChangedArgs>({});
  return {
    name: 'user',
    fileChanged,
    get: async (path: string, { format }: Contents.IFetchOptions = {}) => {
      const found = await store.stat(path);
      if (!found) {
        throw Object.assign(new Error(path), { response: { status: 404 } });
      }
      if (found.kind === 'directory') {
        const content = (await store.list(path)).map(each => ({
          ...{ type: each.kind, path: each.path, name: each.path.split('/').at(-1) },
          ...{ last_modified: new Date(each.modified).toISOString(), size: each.size }
        }));
        return { type: 'directory', content };
      }
      const bytes = await store.read(path);
      const content = format === 'base64' ? encodeBase64(bytes) : textOf(bytes);
      return { type: 'file', content };
    },
    save: async (path: string, { type, format, content }: Partial<Contents.IModel>) => {
      const text = String(content);
      await (type === 'directory'
        ? store.makeDirectory(path)
        : store.write(
            path,
            format === 'base64' ? Uint8Array.from(decodeBase64(text)) : bytesOf(text)
          ));
    },
    delete: (path: string) => store.remove(path)
  } as unknown as Contents.IDrive;
}

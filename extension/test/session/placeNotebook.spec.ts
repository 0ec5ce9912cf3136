/** @jest-environment node */
import type { Contents } from '@jupyterlab/services';
import type { ISession } from '@llmos-lab/skills';

import { placeNotebook, type IPlacedNotebook } from '../../src/session/placeNotebook';
import { isOfOthers } from '../../src/session/store/notebookSessions';
import { readWorking } from '../../src/session/store/workingNotebook';
import { ContentsError } from '../../src/volumes/contentsError';

const SESSION = { id: 's-1', path: 'work/h2.ipynb', user: 'ana' } as ISession;
const notebook = (session: string | null): unknown => ({
  cells: [],
  metadata: session === null ? {} : { llmos: { v: 1, session } }
});

describe('the notebook of a session', () => {
  let files: Map<string, Partial<Contents.IModel>>;
  let contents: Contents.IManager;
  let written: ISession[];
  const place = (): Promise<IPlacedNotebook> =>
    placeNotebook(
      {
        contents,
        sessions: {
          find: () => ({ session: SESSION }) as never,
          write: session => Promise.resolve(void written.push(session)),
          workingNotebook: session => readWorking(contents, session)
        }
      },
      SESSION,
      'user',
      notebook('s-1')
    );

  beforeEach(() => {
    files = new Map();
    written = [];
    contents = {
      get: (path: string) => {
        const model = files.get(path);
        return model
          ? Promise.resolve({ writable: true, ...model })
          : Promise.reject(new ContentsError(404, 'not there'));
      },
      save: (path: string, model: Partial<Contents.IModel>) =>
        Promise.resolve(void files.set(path, model)),
      delete: (path: string) => Promise.resolve(void files.delete(path))
    } as unknown as Contents.IManager;
  });

  it('comes back where nothing stands, and Undo takes it away', async () => {
    const { path, undo } = await place();
    expect(path).toBe(SESSION.path);
    expect(files.get(path)?.content).toEqual(notebook('s-1'));
    await undo();
    expect(files.has(path)).toBe(false);
    expect(written).toEqual([]);
  });

  it.each([
    ['a table', { type: 'file', content: 'a,b' }],
    ['another session’s notebook', { type: 'notebook', content: notebook('s-2') }],
    ['a notebook without a session', { type: 'notebook', content: notebook(null) }]
  ])('never takes the place of %s', async (_, other) => {
    files.set(SESSION.path, other);
    expect(await readWorking(contents, SESSION)).toEqual({ kind: 'other' });
    const { path, undo } = await place();
    expect(path).toBe('work/h2-Copy1.ipynb');
    expect(written).toEqual([{ ...SESSION, path }]);
    expect(files.get(SESSION.path)).toBe(other);
    await undo();
    expect(files.get(SESSION.path)).toBe(other);
    expect(files.has(path)).toBe(false);
    expect(written.at(-1)).toEqual(SESSION);
  });

  it('is replaced by another state of itself, which Undo brings back', async () => {
    const before = { ...(notebook('s-1') as object), cells: [1] };
    files.set(SESSION.path, { type: 'notebook', content: before });
    const { path, undo } = await place();
    expect(path).toBe(SESSION.path);
    expect(files.get(path)?.content).toEqual(notebook('s-1'));
    await undo();
    expect(files.get(path)?.content).toEqual(before);
  });

  it('may lack the id only where it cannot be written', async () => {
    const content = notebook(null);
    files.set(SESSION.path, { type: 'notebook', content, writable: false });
    const found = await readWorking(contents, SESSION);
    expect(found).toEqual({ kind: 'notebook', content });
  });

  it('is looked for in this site only when the session is the person’s', () => {
    expect(isOfOthers(SESSION, 'team-lab', 'ben')).toBe(true);
    expect(isOfOthers(SESSION, 'team-lab', 'ana')).toBe(false);
    expect(isOfOthers(SESSION, 'user', 'ben')).toBe(false);
  });
});

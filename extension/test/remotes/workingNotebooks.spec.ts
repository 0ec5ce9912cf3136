import '../browser';

import type { IDocumentManager } from '@jupyterlab/docmanager';
import type { Contents } from '@jupyterlab/services';
import { notebookCopy, type ISession } from '@llmos-lab/skills';

import {
  updateWorkingNotebooks,
  type IWorkingPlaces
} from '../../src/remotes/transfer/workingNotebooks';
import type { Sessions } from '../../src/session/store/sessions';
import { bytesOf } from '../volumes/bytes';

const ID = 's-01JD0000000000000000000000';
const BEFORE = 'a'.repeat(40);
const notebook = (source: string, outputs: readonly object[] = []): object => ({
  cells: [{ cell_type: 'code', id: 'a', metadata: {}, outputs, source }],
  metadata: { llmos: { v: 1, session: ID } },
  ...{ nbformat: 4, nbformat_minor: 5 }
});

describe('a pulled notebook', () => {
  const session = {
    ...{ id: ID, name: 'Energy', path: 'energy.ipynb', user: 'ana', volume: 'user' }
  } as ISession;
  let working: object | null;
  let isDirty: boolean;
  let reverted: number;
  const saved: unknown[] = [];
  /** Pulls `theirs` on top of `old`. */
  const pull = (old: string, theirs: string): Promise<readonly string[]> => {
    const sessions = {
      find: () => ({ session }),
      volumeOf: () => ({ refresh: () => Promise.resolve() }),
      workingNotebook: () =>
        Promise.resolve(
          working ? { kind: 'notebook', content: working } : { kind: 'missing' }
        )
    } as unknown as Sessions;
    const context = {
      model: { dirty: isDirty },
      revert: () => {
        reverted += 1;
        return Promise.resolve();
      }
    };
    const places: IWorkingPlaces = {
      sessions,
      documents: { findWidget: () => ({ context }) } as unknown as IDocumentManager,
      contents: {
        save: (_: string, model: { content: unknown }) => {
          saved.push(model.content);
          return Promise.resolve({});
        }
      } as unknown as Contents.IManager,
      user: () => 'ana'
    };
    return updateWorkingNotebooks(places, {
      ...{ volume: 'user', before: BEFORE },
      changes: [
        { type: 'save', path: notebookCopy({ id: ID }) },
        { type: 'save', path: 'notes.md' }
      ],
      store: {
        read: (_, at) =>
          Promise.resolve(
            bytesOf(JSON.stringify(notebook(at === BEFORE ? old : theirs)))
          )
      }
    });
  };

  beforeEach(() => {
    working = notebook('x = 1');
    isDirty = false;
    reverted = 0;
    saved.length = 0;
  });

  it('goes to where people work in it, also on the screen', async () => {
    expect(await pull('x = 1', 'x = 2')).toEqual([]);
    expect(saved).toEqual([notebook('x = 2')]);
    expect(reverted).toBe(1);
  });

  it('leaves edits that are not committed, and says so', async () => {
    working = notebook('x = 3');
    expect(await pull('x = 1', 'x = 2')).toEqual(['Energy']);
    expect(saved).toEqual([]);
  });

  it('leaves outputs that are in no commit, and says so', async () => {
    working = notebook('x = 1', [
      { output_type: 'stream', name: 'stdout', text: ['1\n'] }
    ]);
    expect(await pull('x = 1', 'x = 2')).toEqual(['Energy']);
    expect([saved, reverted]).toEqual([[], 0]);
  });

  it('leaves edits that are not saved, and says so', async () => {
    isDirty = true;
    expect(await pull('x = 1', 'x = 2')).toEqual(['Energy']);
    expect([saved, reverted]).toEqual([[], 0]);
  });

  it('changes nothing where it is there already, or not worked in here', async () => {
    working = notebook('x = 2');
    expect(await pull('x = 1', 'x = 2')).toEqual([]);
    working = null;
    expect(await pull('x = 1', 'x = 2')).toEqual([]);
    expect(saved).toEqual([]);
  });
});

import '../browser';

import { nullTranslator } from '@jupyterlab/translation';
import { notebookCopy } from '@llmos-lab/skills';
import { CommandRegistry } from '@lumino/commands';

import { CommandIDs } from '../../src/commands';
import { addBranchCommands } from '../../src/history/branchCommands';
import type { ISessionContext } from '../../src/session/context';
import { Sessions } from '../../src/session/store/sessions';
import { bytesOf } from '../volumes/bytes';

const ID = 's-01JD0000000000000000000000';
const BEFORE = 'a'.repeat(40);
const MERGED = 'b'.repeat(40);
const notebook = (source: string): object => ({
  cells: [{ cell_type: 'code', id: 'a', metadata: {}, outputs: [], source }],
  metadata: { llmos: { v: 1, session: ID } },
  ...{ nbformat: 4, nbformat_minor: 5 }
});

describe('a merged branch', () => {
  it('goes to open files and to where people work, or the next commit takes it back', async () => {
    const session = { id: ID, name: 'Energy', path: 'energy.ipynb', user: 'ana' };
    const saved: unknown[] = [];
    const reverted: string[] = [];
    const store = {
      head: () => Promise.resolve(BEFORE),
      read: (_: string, at?: string) =>
        Promise.resolve(
          bytesOf(JSON.stringify(notebook(at === BEFORE ? 'x = 1' : 'x = 2')))
        )
    };
    const changes = [
      { type: 'save', path: notebookCopy({ id: ID }) },
      { type: 'save', path: 'notes.md' }
    ];
    const volume = {
      volume: {
        ...{ name: 'user', can: () => ({ allowed: true }) },
        repository: {
          store,
          refs: () => Promise.resolve(new Map([['try', MERGED]])),
          merge: () => Promise.resolve({ kind: 'merged', oid: MERGED, changes })
        }
      },
      refresh: () => Promise.resolve()
    };
    const sessions = Object.assign(Object.create(Sessions.prototype) as Sessions, {
      find: () => ({ session }),
      volumeOf: () => volume,
      workingNotebook: () =>
        Promise.resolve({ kind: 'notebook', content: notebook('x = 1') })
    });
    const commands = new CommandRegistry();
    const contents = {
      save: (path: string, { content }: { content: unknown }) => {
        saved.push([path, content]);
        return Promise.resolve({});
      }
    };
    const findWidget = (path: string): object => ({
      context: {
        model: { dirty: false },
        revert: () => Promise.resolve(void reverted.push(path))
      }
    });
    const shown: unknown[] = [];
    addBranchCommands(
      {
        ...{ app: { commands, serviceManager: { contents } }, sessions },
        ...{ documents: { findWidget }, user: () => 'ana' },
        author: () => ({ name: 'Ana', email: '', time: 0 }),
        trans: nullTranslator.load('llmos')
      } as unknown as ISessionContext,
      (_, commit) => void shown.push(commit)
    );
    await commands.execute(CommandIDs.mergeBranch, { name: 'try' });
    expect(saved).toEqual([['energy.ipynb', notebook('x = 2')]]);
    expect(reverted).toContain('user:notes.md');
    expect(reverted).toContain('energy.ipynb');
    expect(shown).toEqual([MERGED]);
  });
});

import '../../browser';

import type { IDocumentManager } from '@jupyterlab/docmanager';
import type { Contents } from '@jupyterlab/services';
import { notebookCells } from '@llmos-lab/skills';
import { webcrypto } from 'node:crypto';

import { openAsNotebook, readWorkflow } from '../../../src/graph/files/openWorkflow';
import { besides, nameOf, workflowPath } from '../../../src/graph/files/paths';
import { HAMILTONIAN, libraryOf, VQE } from '../../skills/fixtures';

if (!('getRandomValues' in (globalThis.crypto ?? {}))) {
  Object.defineProperty(globalThis, 'crypto', { value: webcrypto });
}

/** A drive with files in its root, and which of them were opened. */
class Documents {
  readonly files = new Map<string, unknown>();
  readonly opened: string[] = [];
  /** One that has edits which are not saved. */
  edited = '';

  readonly services = {
    contents: {
      get: (path: string): Promise<Contents.IModel> => {
        const names = [...this.files.keys()].map(each => ({ name: each }));
        const content = this.files.has(path) ? this.files.get(path) : names;
        return Promise.resolve({ content } as Contents.IModel);
      },
      save: (path: string, model: Partial<Contents.IModel>): Promise<void> => {
        this.files.set(path, model.content);
        return Promise.resolve();
      }
    }
  };

  openOrReveal(path: string): void {
    this.opened.push(path);
  }

  findWidget(path: string): object | undefined {
    const model = { dirty: path === this.edited };
    return this.opened.includes(path) ? { context: { model } } : undefined;
  }
}

const WORKFLOW = {
  v: 1,
  name: 'h2',
  nodes: [
    { id: 'h', skill: 'quantum-hamiltonian', inputs: { distance: 0.7 } },
    {
      id: 'vqe',
      skill: 'quantum-vqe',
      inputs: { hamiltonian: { from: ['h', 'hamiltonian'] }, iterations: 5 }
    }
  ]
};

async function open(documents: Documents, workflow: object) {
  const { library } = libraryOf(HAMILTONIAN, VQE);
  const parsed = await readWorkflow(library, JSON.stringify(workflow));
  expect(parsed.problems).toEqual([]);
  if (!parsed.workflow) {
    throw new Error('The workflow could not be read.');
  }
  const manager = documents as unknown as IDocumentManager;
  return openAsNotebook(manager, library, 'h2.workflow.json', parsed.workflow);
}

describe('opening a workflow file', () => {
  it('makes a notebook of it beside the file', async () => {
    const documents = new Documents();
    expect(await open(documents, WORKFLOW)).toEqual({ path: 'h2.ipynb', isNew: true });
    expect(documents.opened).toEqual(['h2.ipynb']);
    const cells = notebookCells(documents.files.get('h2.ipynb')) ?? [];
    const sources = cells.map(({ source }) => source).join('\n');
    expect(sources).toContain('skill("quantum-hamiltonian")(distance=0.7)');
    expect(sources).toContain('hamiltonian=h.hamiltonian');
  });

  it('opens the notebook again that says the same', async () => {
    const documents = new Documents();
    await open(documents, WORKFLOW);
    expect(await open(documents, WORKFLOW)).toEqual({
      path: 'h2.ipynb',
      isNew: false
    });
    expect([...documents.files.keys()]).toEqual(['h2.ipynb']);
  });

  it('makes another beside one with edits that are not saved', async () => {
    const documents = new Documents();
    await open(documents, WORKFLOW);
    documents.edited = 'h2.ipynb';
    expect(await open(documents, WORKFLOW)).toEqual({
      path: 'h2-2.ipynb',
      isNew: true
    });
  });

  it('leaves a notebook alone that says something else', async () => {
    const documents = new Documents();
    await open(documents, WORKFLOW);
    const [first] = WORKFLOW.nodes;
    const other = { ...WORKFLOW, nodes: [{ ...first, inputs: { distance: 0.9 } }] };
    expect((await open(documents, other)).path).toBe('h2-2.ipynb');
    expect(documents.opened).toEqual(['h2.ipynb', 'h2-2.ipynb']);
  });

  it('lists what is wrong, and keeps the rest of the file', async () => {
    const { library } = libraryOf(HAMILTONIAN);
    const read = await readWorkflow(library, JSON.stringify(WORKFLOW));
    expect(read.problems.map(({ message }) => message).join()).toContain('quantum-vqe');
    expect((await readWorkflow(library, '{')).workflow ?? null).toBeNull();
  });
});

describe('paths of workflow files', () => {
  it('keep drive and folder', () => {
    expect(nameOf('user:a/h2.workflow.json')).toBe('h2');
    expect(besides('user:a/h2.ipynb', 'x.py')).toBe('user:a/x.py');
    expect(besides('user:h2.ipynb', 'x.py')).toBe('user:x.py');
    expect(besides('h2.ipynb', 'x.py')).toBe('x.py');
    expect(workflowPath('a/h2.json')).toBe('a/h2.workflow.json');
    expect(workflowPath('a/h2')).toBe('a/h2.workflow.json');
    expect(workflowPath('a/H2.WORKFLOW.JSON')).toBe('a/H2.WORKFLOW.JSON');
  });
});

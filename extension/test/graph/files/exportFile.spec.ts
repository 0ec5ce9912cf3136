import '../../browser';

import type { JupyterFrontEnd } from '@jupyterlab/application';
import { Dialog, showDialog } from '@jupyterlab/apputils';
import { NotebookModel } from '@jupyterlab/notebook';
import type { Contents } from '@jupyterlab/services';
import { nullTranslator } from '@jupyterlab/translation';
import { isRecord } from '@llmos-lab/skills';
import { CommandRegistry } from '@lumino/commands';
import { Blob } from 'node:buffer';

import { CommandIDs } from '../../../src/commands';
import {
  addFileCommands,
  type IFileCommandContext
} from '../../../src/graph/files/commands';

// jsdom's has no text().
Object.defineProperty(globalThis, 'Blob', { value: Blob });

jest.mock('@jupyterlab/apputils', () => ({
  ...jest.requireActual<object>('@jupyterlab/apputils'),
  showDialog: jest.fn()
}));

describe('exporting a notebook to a path', () => {
  const files = new Map<string, unknown>();
  const commands = new CommandRegistry();
  const model = new NotebookModel();
  const contents = {
    get: () =>
      Promise.resolve({ content: [...files.keys()].map(name => ({ name })) } as never),
    save: (path: string, { content }: Partial<Contents.IModel>) =>
      Promise.resolve(void files.set(path, content) as never)
  };
  const panel = { context: { path: 'h2.ipynb' }, model };
  const out = (args: object = {}): Promise<unknown> =>
    commands.execute(CommandIDs.graphExport, {
      ...{ format: 'notebook', path: 'out.ipynb' },
      ...args
    });

  beforeAll(() => {
    // Yjs remarks that JupyterLab fills cells before they are in the document.
    jest.spyOn(console, 'warn').mockImplementation(() => undefined);
    model.fromJSON({
      cells: [],
      metadata: {
        kernelspec: { name: 'python', display_name: 'Python' },
        llmos: { v: 1, session: 's-1' }
      },
      ...{ nbformat: 4, nbformat_minor: 5 }
    });
    addFileCommands({
      app: { commands } as unknown as JupyterFrontEnd,
      notebooks: { currentWidget: panel },
      documents: { services: { contents } },
      library: { ready: Promise.resolve(), get: () => undefined },
      trans: nullTranslator.load('llmos'),
      ...{ browser: null, pictures: null }
    } as unknown as IFileCommandContext);
  });
  beforeEach(() => files.clear());

  it('names no session in the file', async () => {
    expect(await out()).toEqual({ ok: true, path: 'out.ipynb' });
    const file = files.get('out.ipynb');
    const metadata = isRecord(file) ? file['metadata'] : undefined;
    expect(metadata).toMatchObject({ kernelspec: { name: 'python' } });
    expect(metadata).not.toHaveProperty('llmos');
  });

  it('replaces a file only when a person or an argument says so', async () => {
    files.set('out.ipynb', 'mine');
    jest.mocked(showDialog).mockResolvedValue({
      ...{ button: Dialog.cancelButton(), isChecked: null, value: null }
    });
    expect(await out()).toMatchObject({ ok: false });
    expect(files.get('out.ipynb')).toBe('mine');
    expect(await out({ overwrite: true })).toMatchObject({ ok: true });
    expect(files.get('out.ipynb')).not.toBe('mine');
  });
});

import { notebookOf } from './fixture';

import type { ISharedCodeCell } from '@jupyter/ydoc';
import type { JupyterFrontEnd } from '@jupyterlab/application';
import { RenderMimeRegistry, standardRendererFactories } from '@jupyterlab/rendermime';
import { nullTranslator } from '@jupyterlab/translation';
import type { IChatArtifact } from '@llmos-lab/skills';

import { ArtifactView } from '../../src/assistant/artifactView';
import { HAMILTONIAN, libraryOf } from '../skills/fixtures';

const PIXEL = 'iVBORw0KGgo=';

/** Previews of the artifacts of a notebook that is not in front, and where they lead. */
function make() {
  const { panel, model } = notebookOf('work/mine.ipynb', 'x = 1', 'plot()');
  const [, plot] = model.sharedModel.cells;
  const png = {
    ...{ output_type: 'display_data', metadata: {} },
    data: { 'image/png': PIXEL }
  } as const;
  (plot as ISharedCodeCell | undefined)?.setOutputs([png]);
  const went: unknown[] = [];
  Object.assign(panel.content, {
    widgets: [...model.cells].map(cell => ({ model: cell })),
    scrollToItem: (index: number) => Promise.resolve(went.push(`cell ${index}`))
  });
  Object.assign(panel, { id: 'mine' });
  const read: string[] = [];
  const app = {
    serviceManager: {
      contents: {
        get: (path: string) => {
          read.push(path);
          const content = Array.from({ length: 40 }, (_, at) => `line ${at}`);
          const file = { content: content.join('\n'), mimetype: 'text/csv' };
          return Promise.resolve({ ...file, format: 'text' });
        }
      }
    },
    shell: { activateById: (id: string) => went.push(id) },
    commands: {
      execute: (id: string, args: object) => Promise.resolve(went.push([id, args])),
      label: () => 'Open'
    }
  } as unknown as JupyterFrontEnd;
  const view = new ArtifactView({
    ...{ app, notebook: () => panel, library: libraryOf(HAMILTONIAN).library },
    rendermime: new RenderMimeRegistry({ initialFactories: standardRendererFactories }),
    trans: nullTranslator.load('llmos')
  });
  /** What a preview shows, once it does. */
  const preview = async (artifact: IChatArtifact): Promise<HTMLElement> => {
    const host = document.createElement('div');
    document.body.append(host);
    await new Promise<void>(resolve => {
      const shown = new MutationObserver(() => resolve());
      shown.observe(host, { childList: true, subtree: true });
      view.preview(host, artifact);
    });
    return host;
  };
  return { view, panel, preview, read, went };
}

describe('an artifact', () => {
  it('shows the cell, the output and the file of its own notebook', async () => {
    const { preview, read } = make();
    const code = await preview({ type: 'code', name: 'x', cell: 'c0' });
    expect(code.textContent).toBe('x = 1');
    const image = await preview({ type: 'image', name: 'plot', cell: 'c1' });
    expect(image.querySelector('img')?.src).toBe(`data:image/png;base64,${PIXEL}`);
    const file = await preview({ type: 'data', name: 'out.csv', bytes: 12 });
    expect(read).toEqual(['work/out.csv']);
    expect(file.textContent?.split('\n')).toHaveLength(30);
  });

  it('leads to its own notebook, and to files beside that', () => {
    const { view, went } = make();
    view.open({ type: 'code', name: 'x', cell: 'c1' });
    expect(went).toEqual(['mine', 'cell 1']);
    view.open({ type: 'data', name: 'out.csv', bytes: 12 });
    expect(went.at(-1)).toEqual(['docmanager:open', { path: 'work/out.csv' }]);
  });

  it('says what is gone: a cell, a skill, the notebook', async () => {
    const { panel, preview } = make();
    const gone = await preview({ type: 'code', name: 'y', cell: 'c9' });
    expect(gone.textContent).toBe('The cell is no longer in the notebook.');
    const skill = await preview({ type: 'skill', name: 'nope' });
    expect(skill.textContent).toBe('The skill is gone.');
    const large = await preview({ type: 'data', name: 'big.csv', bytes: 3_000_000 });
    expect(large.textContent).toBe('The file is too large for a preview.');
    Object.assign(panel, { isDisposed: true, model: null });
    const closed = await preview({ type: 'code', name: 'x', cell: 'c0' });
    expect(closed.textContent).toBe('The notebook is not open.');
  });
});

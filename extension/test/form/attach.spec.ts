import '../browser';

import { NotebookModel, type NotebookPanel } from '@jupyterlab/notebook';
import { nullTranslator } from '@jupyterlab/translation';
import { Signal } from '@lumino/signaling';

import { CellForms } from '../../src/form/attach';
import { libraryOf } from '../skills/fixtures';

describe('CellForms', () => {
  it('look at the cells that come for as long as the notebook is open', () => {
    // Yjs remarks that JupyterLab fills cells before they are in the document.
    jest.spyOn(console, 'warn').mockImplementation(() => undefined);
    const model = new NotebookModel();
    const looked = jest.fn(() => []);
    const content = {
      ...{ model, node: document.createElement('div'), toggleClass: () => false },
      get widgets() {
        return looked();
      }
    };
    const signals = {
      disposed: new Signal(content),
      modelChanged: new Signal(content)
    };
    Object.assign(content, signals);
    const toolbar = { node: document.createElement('div') };
    const nothing = (): void => undefined;
    const actions = { run: nothing, save: nothing };
    const forms = new CellForms(
      libraryOf().library,
      nullTranslator.load('llmos'),
      actions
    );
    forms.add({ content, toolbar } as unknown as NotebookPanel);
    looked.mockClear();
    model.sharedModel.insertCell(0, { cell_type: 'code', source: '' });
    model.readOnly = true;
    expect(looked).toHaveBeenCalledTimes(2);
    // As widgets do when they are disposed; their model may live on in another view.
    Signal.clearData(content);
    model.sharedModel.insertCell(1, { cell_type: 'code', source: '' });
    model.readOnly = false;
    expect(looked).toHaveBeenCalledTimes(2);
  });
});

import '../browser';

import { nullTranslator } from '@jupyterlab/translation';
import { fromCell } from '@llmos-lab/skills';
import { NotebookModel } from '@jupyterlab/notebook';
import * as React from 'react';
import { createRoot } from 'react-dom/client';

import { replaceCell } from '../../src/author/save/replaceCell';
import { SaveView } from '../../src/author/save/SaveDialog';
import { SaveModel } from '../../src/author/save/saveModel';

const { act } = React;
const trans = nullTranslator.load('llmos');
const ABOUT = {
  id: 'my-step',
  name: 'My step',
  description: 'Does.',
  category: 'general'
};
const modelOf = (source: string, above: readonly string[] = []): SaveModel =>
  new SaveModel(fromCell({ source, above, below: [] }), ABOUT);

describe('SaveModel', () => {
  it('lets the id follow the name until it is written', () => {
    const model = modelOf('y = 1');
    model.setAbout({ name: 'Ring areas' });
    expect(model.state.about.id).toBe('ring-areas');
    model.setAbout({ id: 'rings' });
    model.setAbout({ name: 'Other' });
    expect(model.state.about.id).toBe('rings');
  });

  it('edits ports in the file, the names of variables stay', () => {
    const model = modelOf('y = x + 1\nz = 2', ['x = 3']);
    model.setInput(0, { name: 'start', type: 'number', unit: 'm', default: 4 });
    model.setOutput(0, { name: 'result' });
    model.setOutput(1, { isTaken: false });
    const { text, problems } = model.state;
    expect(problems).toEqual([]);
    expect(text).toContain('- { name: start, type: number, unit: m, default: 4 }');
    expect(text).toContain('x = inputs["start"]');
    expect(text).toContain('return {"result": y}');
    model.setInput(0, { default: null, unit: '' });
    expect(model.state.text).toContain(
      '- { name: start, type: number, required: true }'
    );
  });

  it('tells what is wrong with an edit', () => {
    const model = modelOf('y = x + 1', ['x = 3']);
    model.setInput(0, { type: 'string' });
    expect(model.state.problems[0]?.code).toBe('default-wrong-type');
  });
});

describe('SaveView', () => {
  it('shows notes, tables, the file, and errors that keep it from being saved', () => {
    const model = modelOf('%matplotlib inline\ny = x + lost(2)', ['x = 3']);
    const host = document.body.appendChild(document.createElement('div'));
    const root = createRoot(host);
    const show = (): void =>
      act(() => {
        root.render(
          <SaveView model={model} trans={trans} isTaken={id => `${id} is taken`} />
        );
      });
    show();
    expect(host.textContent).toContain('%matplotlib inline');
    expect(host.textContent).toContain('my-step is taken');
    expect(host.querySelector('.llmos-SaveDialog-file')?.textContent).toContain('---');
    expect(host.querySelector('.jp-mod-error')).toBeNull();
    model.setInput(0, { name: 'not a name' });
    show();
    expect(host.querySelector('.jp-mod-error')?.textContent).toContain('not a name');
    act(() => root.unmount());
  });
});

describe('replaceCell', () => {
  it('is one step for undo, with the import above', () => {
    const model = new NotebookModel();
    const shared = model.sharedModel;
    shared.deleteCellRange(0, shared.cells.length);
    shared.insertCells(0, [
      { cell_type: 'code', source: 'x = 3' },
      { cell_type: 'code', source: 'y = x + 1' }
    ]);
    const sources = (): string[] => shared.cells.map(cell => cell.getSource());
    const cellId = shared.cells[1]?.getId() ?? '';
    const replacement = {
      cellId,
      source: 'call',
      skill: 'my-step',
      version: 'sha256:1'
    };
    expect(replaceCell(model, replacement)).toBe(true);
    expect(sources()).toEqual(['from llmos import skill', 'x = 3', 'call']);
    expect(shared.cells[2]?.getMetadata('llmos')).toMatchObject({ skill: 'my-step' });
    shared.undo();
    expect(sources()).toEqual(['x = 3', 'y = x + 1']);
    expect(shared.cells[1]?.getMetadata('llmos')).toBeUndefined();
    expect(replaceCell(model, { ...replacement, cellId: 'gone' })).toBe(false);
  });
});

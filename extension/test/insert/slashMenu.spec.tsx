import '../browser';

import { EditorState } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { nullTranslator } from '@jupyterlab/translation';
import * as React from 'react';
import { createRoot } from 'react-dom/client';

import { slashExtension } from '../../src/insert/slashExtension';
import { SlashMenuView } from '../../src/insert/SlashMenu';
import { SlashMenuModel, slashQuery } from '../../src/insert/slashModel';
import { contextOf, HAMILTONIAN, libraryOf, VQE } from '../skills/fixtures';

const { act } = React;
const trans = nullTranslator.load('llmos');
const { library } = libraryOf(contextOf('python-coding'), HAMILTONIAN, VQE);
const search = library.search.bind(library);

describe('slashQuery', () => {
  it('reads what follows a slash that begins the cell', () => {
    expect(slashQuery('/')).toBe('');
    expect(slashQuery('/plot xy')).toBe('plot xy');
  });

  it.each(['', 'x / y', ' /a', '/a\n', '/a(1)', '//', `/${'a'.repeat(80)}`])(
    'leaves %j alone',
    text => {
      expect(slashQuery(text)).toBeUndefined();
    }
  );
});

describe('SlashMenuModel', () => {
  it('lists skills with code, filters and marks the best', () => {
    const model = new SlashMenuModel(search);
    expect(model.found).toEqual([HAMILTONIAN, VQE]);
    model.move(1);
    expect(model.chosen).toBe('quantum-vqe');
    model.setQuery('hamil');
    expect(model.chosen).toBe('quantum-hamiltonian');
  });

  it('goes round at the ends, and chooses nothing where nothing fits', () => {
    const model = new SlashMenuModel(search);
    model.move(-1);
    expect(model.marked).toBe(1);
    model.move(1);
    expect(model.marked).toBe(0);
    model.setQuery('zzzz');
    model.move(1);
    expect(model.chosen).toBeUndefined();
  });
});

describe('SlashMenuView', () => {
  it('says what the keys do, and when nothing matches', () => {
    const host = document.createElement('div');
    const root = createRoot(host);
    const show = (found: readonly (typeof VQE)[]): void =>
      act(() =>
        root.render(
          <SlashMenuView
            found={found}
            marked={0}
            mark={() => undefined}
            accept={() => undefined}
            drawn={() => undefined}
            trans={trans}
          />
        )
      );
    show([VQE]);
    expect(host.querySelector('[aria-selected="true"]')?.textContent).toContain('VQE');
    expect(host.textContent).toContain('Esc keeps the text');
    show([]);
    expect(host.querySelector('[role="status"]')?.textContent).toContain('No skill');
    act(() => root.unmount());
  });
});

describe('the menu of an editor', () => {
  let view: EditorView;
  let inserted: string[];
  let isOn: boolean;

  const type = (text: string): void =>
    act(() =>
      view.dispatch({
        ...view.state.replaceSelection(text),
        userEvent: 'input.type'
      })
    );
  const press = (key: string): boolean => {
    const event = new KeyboardEvent('keydown', {
      key,
      bubbles: true,
      cancelable: true
    });
    act(() => {
      view.contentDOM.dispatchEvent(event);
    });
    return event.defaultPrevented;
  };
  const menu = (): Element | null => document.querySelector('.llmos-SlashMenu');

  beforeEach(() => {
    inserted = [];
    isOn = true;
    const extensions = slashExtension({
      ...{ isOn: () => isOn, search, trans },
      insert: id => inserted.push(id)
    });
    view = new EditorView({
      state: EditorState.create({ extensions }),
      parent: document.body
    });
  });
  afterEach(() => {
    act(() => view.destroy());
    expect(menu()).toBeNull();
  });

  it('opens at a typed slash in an empty editor only', () => {
    type('/');
    expect(menu()).not.toBeNull();
    expect(view.contentDOM.getAttribute('aria-activedescendant')).toBe(
      'llmos-slash-quantum-hamiltonian'
    );
  });

  it('stays away from text, from what is not typed, and when it is off', () => {
    type('x ');
    type('/');
    expect(menu()).toBeNull();
    const all = { from: 0, to: view.state.doc.length };
    view.dispatch({ changes: { ...all, insert: '/' } });
    expect(menu()).toBeNull();
    view.dispatch({ changes: { from: 0, to: 1 } });
    isOn = false;
    type('/');
    expect(menu()).toBeNull();
  });

  it('filters, moves the mark and inserts by Enter', () => {
    type('/');
    type('q');
    expect(press('ArrowDown')).toBe(true);
    const marked = view.contentDOM.getAttribute('aria-activedescendant');
    expect(press('Enter')).toBe(true);
    expect(`llmos-slash-${inserted[0]}`).toBe(marked);
    expect(menu()).toBeNull();
    expect(view.contentDOM.hasAttribute('aria-activedescendant')).toBe(false);
  });

  it('closes by Escape and leaves the text and later keys alone', () => {
    type('/');
    type('vqe');
    expect(press('Escape')).toBe(true);
    expect(menu()).toBeNull();
    expect(view.state.doc.toString()).toBe('/vqe');
    expect(press('Escape')).toBe(false);
    type('2');
    expect(menu()).toBeNull();
    expect(inserted).toEqual([]);
  });

  it('closes when the text is no search any more, and lets Enter be where nothing fits', () => {
    type('/');
    type('zzzz');
    expect(press('Enter')).toBe(false);
    type('(');
    expect(menu()).toBeNull();
  });
});

import '../browser';

import { NotebookModel } from '@jupyterlab/notebook';
import type { ICodeCellModel } from '@jupyterlab/cells';
import { nullTranslator } from '@jupyterlab/translation';
import { CommandRegistry } from '@lumino/commands';
import { Widget } from '@lumino/widgets';
import * as React from 'react';
import { createRoot, type Root } from 'react-dom/client';

import { CellForm, CellFormView } from '../../src/form/CellForm';
import { CellFormModel } from '../../src/form/formModel';
import { entryOf, libraryOf, VQE } from '../skills/fixtures';

const { act } = React;
const MIXED = entryOf('mixed', {
  name: 'Mixed',
  inputs: [
    { name: 'a', type: 'number', default: 1, maximum: 10, unit: 'Ha' },
    { name: 'b', type: 'string', default: 'x', enum: ['x', 'y'] },
    { name: 'c', type: 'boolean', default: false },
    { name: 'd', type: 'object', default: { k: 1 } },
    { name: 'r', type: 'any', default: 1000, unit: 'Ω' },
    { name: 's', type: 'string', default: '' }
  ]
});

describe('the form of a cell', () => {
  let root: Root;
  let host: HTMLElement;
  let notebook: NotebookModel;
  let model: CellFormModel;
  let jumps: string[];
  let runs: string[];
  let saves: string[];
  let left: number;
  let isReadOnly: boolean;
  let form: CellForm | undefined;

  const open = (source: string): void => {
    notebook = new NotebookModel();
    notebook.sharedModel.deleteCellRange(0, notebook.sharedModel.cells.length);
    notebook.sharedModel.insertCell(0, { cell_type: 'code', source });
    const { library } = libraryOf(MIXED, VQE);
    model = new CellFormModel(notebook.cells.get(0) as ICodeCellModel, library);
    model.changed.connect(show);
    show();
  };
  const show = (): void =>
    act(() =>
      root.render(
        model.form && (
          <CellFormView
            form={model.form}
            setValue={(name, value) => model.setValue(name, value)}
            setSource={(name, source) => model.setSource(name, source)}
            reset={name => model.reset(name)}
            undo={() => model.undo()}
            redo={() => model.redo()}
            run={() => {
              runs.push(source());
            }}
            save={() => {
              saves.push(source());
            }}
            leave={() => {
              left += 1;
            }}
            isReadOnly={() => isReadOnly}
            jump={variable => {
              jumps.push(variable);
              return variable === 'h';
            }}
            trans={nullTranslator.load('llmos')}
          />
        )
      )
    );
  const source = (): string => model.cell.sharedModel.getSource();
  const control = (label: string): HTMLInputElement => {
    const found = [...host.querySelectorAll('label')].find(
      each => each.textContent === label
    );
    return document.getElementById(found?.htmlFor ?? '') as HTMLInputElement;
  };
  const type = (label: string, value: string): void =>
    act(() => {
      control(label).value = value;
      control(label).dispatchEvent(new Event('change', { bubbles: true }));
    });
  const undo = (): void =>
    act(() => {
      void model.cell.sharedModel.undo();
    });

  beforeEach(() => {
    jumps = [];
    runs = [];
    saves = [];
    left = 0;
    isReadOnly = false;
    // Yjs remarks that JupyterLab fills cells before they are in the document.
    jest.spyOn(console, 'warn').mockImplementation(() => undefined);
    host = document.createElement('div');
    document.body.append(host);
    root = createRoot(host);
  });
  afterEach(() => {
    act(() => root.unmount());
    act(() => form?.dispose());
    form = undefined;
    host.remove();
    model.dispose();
    Reflect.deleteProperty(Element.prototype, 'scrollIntoView');
    jest.restoreAllMocks();
  });

  it('has the control that fits each type, with the default and the unit', () => {
    open('m = await skill("mixed")()');
    expect(control('a')).toMatchObject({ type: 'number', value: '1', max: '10' });
    expect(control('b')).toMatchObject({ tagName: 'SELECT', value: '"x"' });
    expect(control('c')).toMatchObject({ type: 'checkbox', checked: false });
    expect(control('d')).toMatchObject({ type: 'text', value: '{"k": 1}' });
    expect(host.textContent).toContain('Ha');
    expect(host.querySelector('.llmos-FormField-reset:not([hidden])')).toBeNull();
  });

  it('takes nothing in a notebook that is read-only, and says why', () => {
    isReadOnly = true;
    open('m = await skill("mixed")(a=2)');
    expect(control('a').matches(':disabled')).toBe(true);
    expect(control('c').matches(':disabled')).toBe(true);
    expect(host.textContent).toContain('This notebook is read-only. Keep a copy');
    isReadOnly = false;
    show();
    expect(control('a').matches(':disabled')).toBe(false);
    expect(host.textContent).not.toContain('read-only');
  });

  it('writes what is typed into the source, one step of undo each', () => {
    open('m = await skill("mixed")()');
    type('a', '2.5');
    type('d', '{"k": [1, 2]}');
    act(() => control('c').click());
    expect(source()).toBe('m = await skill("mixed")(a=2.5, d={"k": [1, 2]}, c=True)');
    undo();
    undo();
    expect(source()).toBe('m = await skill("mixed")(a=2.5)');
    expect(control('d').value).toBe('{"k": 1}');
  });

  it('quotes a text that an input of any type takes, such as a SPICE value', () => {
    open('m = await skill("mixed")()');
    type('r', '4k7');
    expect(source()).toBe('m = await skill("mixed")(r="4k7")');
    type('r', '4700');
    expect(source()).toBe('m = await skill("mixed")(r=4700)');
    type('r', 'other.value');
    expect(source()).toBe('m = await skill("mixed")(r=other.value)');
  });

  it('shows a text of several lines in an area, and keeps its lines', () => {
    open('m = await skill("mixed")(s="""RC\nR1 a 0 1k\n""")');
    expect(control('s')).toMatchObject({
      tagName: 'TEXTAREA',
      value: 'RC\nR1 a 0 1k\n'
    });
    type('s', 'RC\nR1 a 0 2k\n');
    expect(source()).toBe('m = await skill("mixed")(s="""RC\nR1 a 0 2k\n""")');
  });

  it('takes Enter as finished and Escape as never typed', () => {
    open('m = await skill("mixed")()');
    const key = (label: string, value: string, key: string): void =>
      act(() => {
        control(label).value = value;
        control(label).dispatchEvent(
          new KeyboardEvent('keydown', { key, bubbles: true })
        );
      });
    key('a', '7', 'Escape');
    expect([control('a').value, left]).toEqual(['1', 0]);
    key('a', '1', 'Escape');
    key('b', '"x"', 'Escape');
    expect(left).toBe(2);
    key('a', '8', 'Enter');
    expect(source()).toBe('m = await skill("mixed")(a=8)');
  });

  it('follows what is typed in the source', () => {
    open('m = await skill("mixed")(a=2)');
    act(() => model.cell.sharedModel.setSource('m = await skill("mixed")(a=3)'));
    expect(control('a').value).toBe('3');
    act(() => model.cell.sharedModel.setSource('m = 1'));
    expect(host.textContent).toBe('');
  });

  it('shows an expression and keeps it one', () => {
    open('v = await skill("quantum-vqe")(hamiltonian=h.hamiltonian, iterations=2 * n)');
    expect(control('iterations')).toMatchObject({ type: 'text', value: '2 * n' });
    type('iterations', 'n + 1');
    expect(source()).toContain('iterations=n + 1)');
    type('iterations', 'n +');
    expect(source()).toContain('iterations=n + 1)');
    expect(host.textContent).toContain('"n +" is no Python expression');
    expect(control('iterations').getAttribute('aria-invalid')).toBe('true');
    type('iterations', 'n + 2');
    expect(host.querySelector('[role="alert"]')?.textContent).toBe('');
  });

  it('links a value from another cell to that cell, and lets it be edited', () => {
    open('v = await skill("quantum-vqe")(hamiltonian=h.hamiltonian, iterations=n)');
    const [first, second] = [
      ...host.querySelectorAll<HTMLButtonElement>('.llmos-FormField-jump')
    ];
    act(() => first?.click());
    expect(host.querySelector('[role="alert"]')?.textContent).toBe('');
    act(() => second?.click());
    expect(jumps).toEqual(['h', 'n']);
    expect(host.querySelector('[role="alert"]')?.textContent).toContain(
      'No cell above makes n'
    );
    const edit = host.querySelector<HTMLButtonElement>(
      '[aria-label="Edit iterations"]'
    );
    act(() => edit?.click());
    expect(control('iterations')).toBe(document.activeElement);
    type('iterations', '50');
    expect(source()).toContain('iterations=50)');
    expect(control('iterations').type).toBe('number');
  });

  it('leaves a link that was opened as it was by Escape', () => {
    open('v = await skill("quantum-vqe")(hamiltonian=h.hamiltonian)');
    const edit = host.querySelector<HTMLButtonElement>('[aria-label^="Edit"]');
    act(() => edit?.click());
    act(() => {
      control('hamiltonian').value = 'x';
      control('hamiltonian').dispatchEvent(
        new KeyboardEvent('keydown', { key: 'Escape', bubbles: true })
      );
    });
    expect(host.querySelector('.llmos-FormField-jump')?.textContent).toBe(
      'h.hamiltonian'
    );
    expect(source()).toContain('hamiltonian=h.hamiltonian)');
    // The field has gone, and the focus with it.
    expect(left).toBe(1);
  });

  it('undoes by Ctrl+Z what the form wrote, not what is being typed', () => {
    open('m = await skill("mixed")()');
    const undoIn = (label: string): void =>
      act(() => {
        control(label).dispatchEvent(
          new KeyboardEvent('keydown', { key: 'z', ctrlKey: true, bubbles: true })
        );
      });
    type('a', '2');
    type('a', '3');
    control('a').value = '34';
    undoIn('a');
    expect(source()).toBe('m = await skill("mixed")(a=3)');
    control('a').value = '3';
    undoIn('a');
    expect(source()).toBe('m = await skill("mixed")(a=2)');
    expect(control('a').value).toBe('2');
  });

  it('saves the notebook by Ctrl+S, with what was typed last', () => {
    open('m = await skill("mixed")(s="one\\ntwo")');
    const save = (label: string, value: string): boolean => {
      const event = new KeyboardEvent('keydown', {
        ...{ key: 's', ctrlKey: true, bubbles: true, cancelable: true }
      });
      control(label).value = value;
      act(() => void control(label).dispatchEvent(event));
      return event.defaultPrevented;
    };
    // The browser is not to save the page.
    expect(save('a', '4')).toBe(true);
    expect(saves[0]).toBe('m = await skill("mixed")(s="one\\ntwo", a=4)');
    expect(save('s', 'one\nthree')).toBe(true);
    expect(saves[1]).toContain('three');
  });

  it('runs the cell by Shift+Enter, with what was typed last', () => {
    open('m = await skill("mixed")()');
    control('a').value = '4';
    act(() => {
      control('a').dispatchEvent(
        new KeyboardEvent('keydown', { key: 'Enter', shiftKey: true, bubbles: true })
      );
    });
    expect(runs).toEqual(['m = await skill("mixed")(a=4)']);
  });

  it('goes back to the default', () => {
    open('m = await skill("mixed")(a=2, b="y")');
    const reset = host.querySelector<HTMLButtonElement>(
      '[aria-label="Reset a to its default"]'
    );
    act(() => reset?.click());
    expect(source()).toBe('m = await skill("mixed")(b="y")');
    expect(control('a').value).toBe('1');
  });

  it('takes nothing back that the browser undoes where nobody is typing', () => {
    open('m = await skill("mixed")(s="one")');
    const historyOf = (label: string, value: string): void => {
      const field = control(label);
      act(() => {
        field.value = value;
        const event = { bubbles: true, inputType: 'historyUndo' };
        field.dispatchEvent(new InputEvent('input', event));
        field.dispatchEvent(new Event('change', { bubbles: true }));
      });
    };
    type('s', 'two');
    historyOf('s', 'one');
    expect([control('s').value, source()]).toEqual([
      'two',
      expect.stringContaining('two')
    ]);
    // What is being typed there can be taken back.
    act(() => {
      control('s').value = 'three';
      control('s').dispatchEvent(new InputEvent('input', { bubbles: true }));
    });
    historyOf('s', 'thr');
    expect(source()).toBe('m = await skill("mixed")(s="thr")');
  });

  it('takes an input out of the call that is set back to its default', () => {
    open('m = await skill("mixed")(a=2, b="y")');
    type('a', '1');
    expect(source()).toBe('m = await skill("mixed")(b="y")');
    undo();
    expect(source()).toBe('m = await skill("mixed")(a=2, b="y")');
  });

  it('goes back to the default by Alt+R, past which Tab goes from field to field', () => {
    open('m = await skill("mixed")(a=2, b="y")');
    const reset = host.querySelector<HTMLButtonElement>('.llmos-FormField-reset');
    expect(reset?.tabIndex).toBe(-1);
    act(() => {
      control('a').dispatchEvent(
        new KeyboardEvent('keydown', { code: 'KeyR', altKey: true, bubbles: true })
      );
    });
    expect(source()).toBe('m = await skill("mixed")(b="y")');
  });

  it('says when a value does not fit', () => {
    open('m = await skill("mixed")()');
    type('a', '11');
    expect(source()).toContain('a=11');
    const alert = host.querySelector('[role="alert"]');
    expect(alert?.textContent).toBe('a is 11. Give a number of at most 10 Ha.');
    // It stands in the bar, so that no field is pushed aside.
    expect(alert?.closest('.llmos-CellForm-fields')).toBeNull();
  });

  it('says when the call names something that is no input', () => {
    open('m = await skill("mixed")(colour="red", b="z")');
    const alert = host.querySelector('[role="alert"]');
    expect(alert?.textContent).toBe(
      'colour is no input of this skill. Take it out of the call.and 1 more'
    );
  });

  it('keeps what is typed from shortcuts, and lets chords be theirs', () => {
    const field = document.createElement('input');
    const { press, ran } = hearIn(field, {
      D: ANYWHERE,
      'Ctrl Shift C': ANYWHERE,
      'Ctrl Alt Q': ANYWHERE
    });
    press('d', 68);
    press('C', 67, { ctrlKey: true, shiftKey: true });
    press('d', 68);
    // What types @ with some layouts.
    press('q', 81, { ctrlKey: true, altKey: true });
    expect(ran).toEqual(['Ctrl Shift C']);
  });

  it('keeps the chords for cells from its lists and buttons', () => {
    const { press, ran } = hearIn(document.createElement('select'), {
      'Ctrl Backspace': '.jp-Notebook.jp-mod-commandMode:not(.jp-mod-readWrite) :focus',
      'Ctrl Shift C': ANYWHERE
    });
    press('Backspace', 8, { ctrlKey: true });
    press('C', 67, { ctrlKey: true, shiftKey: true });
    expect(ran).toEqual(['Ctrl Shift C']);
  });

  it('brings its first field into sight with the cursor', () => {
    const widget = formOf('m = await skill("mixed")()');
    widget.node.innerHTML =
      '<div class="llmos-FormField"><textarea></textarea></div><input>';
    host.append(widget.node);
    const seen: unknown[] = [];
    const [row] = widget.node.children;
    Object.assign(row as Element, { scrollIntoView: (how: unknown) => seen.push(how) });
    widget.focusField();
    expect(document.activeElement?.tagName).toBe('TEXTAREA');
    expect(seen).toEqual([{ block: 'nearest' }]);
  });

  it('opens for that where it is folded', () => {
    const widget = formOf('m = await skill("mixed")()');
    act(() => Widget.attach(widget, host));
    const head = widget.node.querySelector('button') ?? host;
    // jsdom has none.
    Object.assign(Element.prototype, { scrollIntoView: () => undefined });
    act(() => head.click());
    expect(widget.node.querySelector('input')).toBeNull();
    act(() => widget.focusField());
    expect(document.activeElement).toBe(widget.node.querySelector('input'));
    expect(head.getAttribute('aria-expanded')).toBe('true');
    act(() => widget.dispose());
  });

  const ANYWHERE = '.llmos-CellForm';

  /** Presses keys in a field of a form in a notebook, and has which commands they ran. */
  function hearIn(field: HTMLElement, bindings: Readonly<Record<string, string>>) {
    const { node } = formOf('m = await skill("mixed")()');
    node.append(field);
    host.classList.add('jp-Notebook', 'jp-mod-commandMode');
    host.append(node);
    field.focus();
    const commands = new CommandRegistry();
    const ran: string[] = [];
    for (const [command, selector] of Object.entries(bindings)) {
      commands.addCommand(command, { execute: () => ran.push(command) });
      commands.addKeyBinding({ command, keys: [command], selector });
    }
    host.addEventListener('keydown', event => commands.processKeydownEvent(event));
    const press = (key: string, keyCode: number, more: KeyboardEventInit = {}): void =>
      void field.dispatchEvent(
        new KeyboardEvent('keydown', { key, keyCode, bubbles: true, ...more })
      );
    return { press, ran };
  }

  function formOf(text: string): CellForm {
    open(text);
    const nothing = (): void => undefined;
    form = new CellForm(
      model,
      {
        ...{ run: nothing, save: nothing, leave: nothing },
        ...{ jump: () => false, isReadOnly: () => false }
      },
      nullTranslator.load('llmos')
    );
    return form;
  }
});

import '../browser';

import { nullTranslator } from '@jupyterlab/translation';
import { CommandRegistry } from '@lumino/commands';
import { MessageLoop } from '@lumino/messaging';

import { CommandIDs } from '../../src/commands';
import type { IDrawing } from '../../src/graph/layout/drawing';
import type { IMenuTarget } from '../../src/graph/panel/menuTarget';
import { contextEntries, openMenu } from '../../src/graph/panel/menus';
import { NODE_KEYS } from '../../src/graph/panel/nodeKeys';
import { targetOf } from '../../src/graph/panel/OutlineRow';
import type { IOutlineRow } from '../../src/graph/panel/outlineTree';

const VALUES = [
  { to: 'b', input: 'x' },
  { to: 'b', input: 'y' }
];

const DRAWING = {
  items: ['a', 'b', 'c'].map(id => ({ kind: 'cell', id })),
  edges: [
    { id: 'one', edges: VALUES.slice(0, 1) },
    { id: 'two', edges: VALUES }
  ]
} as unknown as IDrawing;

/** The labels of a menu with the keys beside them, as they are drawn. */
function shown(target: IMenuTarget): readonly (readonly [string, string])[] {
  const commands = new CommandRegistry();
  for (const id of Object.values(CommandIDs)) {
    commands.addCommand(id, { label: id, execute: () => undefined });
  }
  openMenu(
    commands,
    contextEntries(target, DRAWING),
    { clientX: 0, clientY: 0 },
    nullTranslator.load('llmos')
  );
  const menu = document.querySelector('.lm-Menu');
  const texts = (part: string): string[] =>
    [...(menu?.querySelectorAll(`.lm-Menu-item${part}`) ?? [])].map(
      ({ textContent }) => textContent ?? ''
    );
  const keys = texts('Shortcut');
  menu?.remove();
  return texts('Label').flatMap((label, at) =>
    keys[at] ? [[label, keys[at]] as const] : []
  );
}

describe('the menu of a node', () => {
  it.each(['div', 'g'])('gives the focus back to it: %s', tag => {
    const node = document.createElementNS(
      tag === 'g' ? 'http://www.w3.org/2000/svg' : 'http://www.w3.org/1999/xhtml',
      tag
    ) as HTMLElement | SVGElement;
    node.setAttribute('tabindex', '0');
    document.body.append(node);
    node.focus();
    openMenu(
      new CommandRegistry(),
      [],
      { clientX: 0, clientY: 0 },
      nullTranslator.load('llmos')
    );
    const menu = document.querySelector('.lm-Menu');
    MessageLoop.flush();
    expect(document.activeElement).toBe(menu);
    const escape = { keyCode: 27, bubbles: true };
    menu?.dispatchEvent(new KeyboardEvent('keydown', escape));
    expect(document.activeElement).toBe(node);
    node.remove();
  });

  it('names the keys of what it offers', () => {
    expect(shown({ cells: ['a'], edge: null, keys: NODE_KEYS })).toEqual([
      [CommandIDs.graphChooseConnection, 'C'],
      [CommandIDs.graphRenameVariable, 'F2'],
      [CommandIDs.graphDuplicate, 'Ctrl+D'],
      [CommandIDs.graphDelete, 'Del']
    ]);
  });

  it('is about its own cell first, and about all that are selected', () => {
    const row = {
      about: { kind: 'cell', node: { id: 'b' } }
    } as unknown as IOutlineRow;
    const target = targetOf(row, new Set(['a', 'b']));
    expect(target.cells).toEqual(['b', 'a']);
    expect(contextEntries(target, DRAWING)).toContainEqual(
      expect.objectContaining({
        command: CommandIDs.graphRenameVariable,
        args: { cell: 'b' }
      })
    );
    expect(targetOf(row, new Set(['a'])).cells).toEqual(['b']);
  });

  it('names none that does something else where it is opened', () => {
    expect(shown({ cells: ['b'], edge: null, keys: [] })).toEqual([]);
    const keys = [CommandIDs.graphDisconnect];
    expect(shown({ cells: ['b'], edge: 'one', keys })).toEqual([
      [CommandIDs.graphDisconnect, 'Del']
    ]);
    // The key would cut both.
    expect(shown({ cells: [], edge: 'two', keys })).toEqual([]);
  });

  it('deletes with the neighbour to go on at, as the key does', () => {
    const last = (...cells: string[]): unknown =>
      contextEntries({ cells, edge: null, keys: [] }, DRAWING).at(-1);
    expect(last('b')).toMatchObject({ args: { cells: ['b'], next: 'c' } });
    expect(last('b', 'c')).toMatchObject({ args: { cells: ['b', 'c'], next: 'a' } });
    expect(last('a', 'b', 'c')).toMatchObject({ args: { cells: ['a', 'b', 'c'] } });
  });
});

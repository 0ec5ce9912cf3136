import '../browser';

import { CommandRegistry } from '@lumino/commands';
import { Menu } from '@lumino/widgets';

import { tapMenus } from '../../src/narrow/touchMenus';

/** A menu of two items, and what was chosen in it. */
function openMenu(): { readonly items: readonly Element[]; readonly chosen: string[] } {
  const commands = new CommandRegistry();
  const chosen: string[] = [];
  const menu = new Menu({ commands });
  for (const id of ['first', 'second']) {
    commands.addCommand(id, { label: id, execute: () => chosen.push(id) });
    menu.addItem({ command: id });
  }
  menu.open(0, 0);
  const items = [...menu.node.querySelectorAll('.lm-Menu-item')];
  items.forEach((item, at) => {
    item.getBoundingClientRect = () => new DOMRect(0, 20 * at, 100, 20);
  });
  return { items, chosen };
}

function click(item: Element | undefined, pointerType: string): void {
  const at = { clientX: 50, clientY: 30 };
  item?.dispatchEvent(new PointerEvent('click', { bubbles: true, pointerType, ...at }));
}

describe('tapMenus', () => {
  it('chooses the item that a finger taps, once', () => {
    const end = tapMenus(document);
    const { items, chosen } = openMenu();
    click(items[1], 'touch');
    expect(chosen).toEqual(['second']);
    expect(document.querySelector('.lm-Menu')).toBeNull();
    end();
  });

  it('leaves the mouse alone, and everything once it has ended', () => {
    const end = tapMenus(document);
    const { items, chosen } = openMenu();
    click(items[1], 'mouse');
    end();
    click(items[1], 'touch');
    expect(chosen).toEqual([]);
  });
});

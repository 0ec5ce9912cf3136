import type { CommandRegistry } from '@lumino/commands';
import type { ReadonlyJSONObject } from '@lumino/coreutils';
import { Menu } from '@lumino/widgets';

/** A command in a menu of the panel. */
export interface IMenuEntry {
  readonly command: string;
  readonly args: ReadonlyJSONObject;
}

/** Opens a menu below the button that was pressed, with a line between groups. */
export function showMenu(
  commands: CommandRegistry,
  groups: readonly (readonly IMenuEntry[])[],
  button: HTMLElement
): void {
  const menu = new Menu({ commands });
  groups.forEach((group, at) => {
    if (at > 0) {
      menu.addItem({ type: 'separator' });
    }
    for (const { command, args } of group) {
      if (commands.hasCommand(command)) {
        menu.addItem({ command, args });
      }
    }
  });
  menu.aboutToClose.connect(() => {
    button.focus();
    // The menu still runs the chosen command after it has closed.
    requestAnimationFrame(() => menu.dispose());
  });
  const { left, bottom } = button.getBoundingClientRect();
  menu.open(left, bottom);
}

import { Menu } from '@lumino/widgets';
import type { CommandRegistry } from '@lumino/commands';

import { CommandIDs } from '../commands';

/** What a card's menu offers, in groups; what cannot be done with the skill is grey. */
const GROUPS: readonly (readonly string[])[] = [
  [
    ...[CommandIDs.insertSkill, CommandIDs.openSkill, CommandIDs.testSkill],
    CommandIDs.pinSkill
  ],
  [CommandIDs.copySkill, CommandIDs.duplicateSkill, CommandIDs.exportSkill],
  [CommandIDs.promoteSkill, CommandIDs.demoteSkill],
  [CommandIDs.deleteSkill]
];

/** Opens the menu of a skill's card below the button that was pressed. */
export function showCardMenu(
  commands: CommandRegistry,
  id: string,
  button: HTMLElement
): void {
  const menu = new Menu({ commands });
  GROUPS.forEach((group, at) => {
    if (at > 0) {
      menu.addItem({ type: 'separator' });
    }
    group
      .filter(command => commands.hasCommand(command))
      .forEach(command => menu.addItem({ command, args: { id } }));
  });
  menu.aboutToClose.connect(() => {
    button.focus();
    // The menu still runs the chosen command after it has closed.
    requestAnimationFrame(() => menu.dispose());
  });
  const { left, bottom } = button.getBoundingClientRect();
  menu.open(left, bottom);
}

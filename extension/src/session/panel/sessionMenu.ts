import type { ISessionSummary } from '@llmos-lab/skills';
import type { CommandRegistry } from '@lumino/commands';
import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';
import { Menu } from '@lumino/widgets';

import { CommandIDs } from '../../commands';

interface IEntry {
  readonly command: string;
  readonly args?: ReadonlyPartialJSONObject;
}

/** Opens the menu of a session below the button that was pressed. */
export function showSessionMenu(
  commands: CommandRegistry,
  { session, volume }: ISessionSummary,
  button: HTMLElement
): void {
  const menu = new Menu({ commands });
  groups(session.status).forEach((group, at) => {
    if (at > 0) {
      menu.addItem({ type: 'separator' });
    }
    for (const { command, args } of group) {
      if (commands.hasCommand(command)) {
        menu.addItem({ command, args: { ...args, id: session.id, volume } });
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

function groups(current: string): readonly (readonly IEntry[])[] {
  const statuses = ['active', 'paused', 'completed'].filter(each => each !== current);
  return [
    [
      { command: CommandIDs.openSession },
      { command: CommandIDs.commitSession },
      { command: CommandIDs.compareSession }
    ],
    [
      { command: CommandIDs.renameSession },
      ...statuses.map(status => ({
        command: CommandIDs.setSessionStatus,
        args: { status }
      }))
    ],
    [
      { command: CommandIDs.shareSession, args: { as: 'zip' } },
      { command: CommandIDs.shareSession, args: { as: 'link' } },
      { command: CommandIDs.exportChat, args: { format: 'markdown' } },
      { command: CommandIDs.exportChat, args: { format: 'json' } }
    ],
    [{ command: CommandIDs.deleteSession }]
  ];
}

import { CommandRegistry } from '@lumino/commands';

import { CommandIDs } from '../../commands';

/** Commands that canvas and outline run by keys, on what has the focus. */
const KEYS = {
  [CommandIDs.graphChooseConnection]: 'C',
  [CommandIDs.graphDisconnect]: 'Delete',
  [CommandIDs.graphRenameVariable]: 'F2',
  [CommandIDs.graphDuplicate]: 'Accel D',
  [CommandIDs.graphDelete]: 'Delete'
};

/** A command that has such a key. */
export type KeyCommand = keyof typeof KEYS;

/** All of them, in the order of the keyboard map. */
export const COMMAND_KEYS = Object.keys(KEYS) as readonly KeyCommand[];

/** Keys of the canvas that no command has, in the notation of commands' keys. */
export const CANVAS_KEYS = {
  edit: ['Enter'],
  move: ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'],
  selectAll: ['Accel A'],
  undo: ['Accel Z'],
  redo: ['Accel Shift Z', 'Accel Y'],
  leave: ['Escape']
} as const;

/** Those of a node. */
export const NODE_KEYS: readonly KeyCommand[] = [
  CommandIDs.graphChooseConnection,
  CommandIDs.graphRenameVariable,
  CommandIDs.graphDuplicate,
  CommandIDs.graphDelete
];

/** Whether a key is the one of a command; Backspace does what Delete does. */
export function isKeyOf(
  command: KeyCommand,
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey'>
): boolean {
  const { key, ctrl, cmd } = CommandRegistry.parseKeystroke(keyOf(command));
  const pressed = event.key === 'Backspace' ? 'Delete' : event.key;
  return (
    pressed.toLowerCase() === key.toLowerCase() &&
    (event.ctrlKey || event.metaKey) === (ctrl || cmd)
  );
}

/** The key of a command, in the notation of commands' keys. */
export function keyOf(command: KeyCommand): string {
  return KEYS[command];
}

/** The same, as menus write keys on this system. */
export function keyText(command: KeyCommand): string {
  return CommandRegistry.formatKeystroke(keyOf(command));
}

type Key = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>;

/** Whether a key asks for undo or redo: Ctrl or Cmd with Z, Shift+Z or Y. */
export function isUndoKey(event: Key): boolean {
  const isCommand = (event.ctrlKey || event.metaKey) && !event.altKey;
  return isCommand && ['z', 'y'].includes(event.key.toLowerCase());
}

/** Takes a step back, or forth again, as such a key says. */
export function stepBack(
  { key, shiftKey }: Pick<KeyboardEvent, 'key' | 'shiftKey'>,
  { undo, redo }: { readonly undo: () => void; readonly redo: () => void }
): void {
  (shiftKey || key.toLowerCase() === 'y' ? redo : undo)();
}

import type * as React from 'react';

/** Whether a key asks for undo or redo: Ctrl or Cmd with Z, Shift+Z or Y. */
export function isUndoKey(event: React.KeyboardEvent): boolean {
  const isCommand = (event.ctrlKey || event.metaKey) && !event.altKey;
  return isCommand && ['z', 'y'].includes(event.key.toLowerCase());
}

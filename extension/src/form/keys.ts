import type * as React from 'react';

/** Keys of a form, in the notation of commands' keys, for those who are to know them. */
export const FORM_KEYS = {
  set: ['Enter'],
  run: ['Shift Enter', 'Accel Enter'],
  reset: ['Alt R'],
  leave: ['Escape']
} as const;

/** Whether a key asks to save: Ctrl or Cmd with S. */
export function isSaveKey(event: React.KeyboardEvent): boolean {
  const isCommand =
    (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
  return isCommand && event.key.toLowerCase() === 's';
}

/** Whether a key asks to run the cell: Enter with Shift, Ctrl or Cmd. */
export function isRunKey(event: React.KeyboardEvent): boolean {
  return event.key === 'Enter' && (event.shiftKey || event.ctrlKey || event.metaKey);
}

/** Whether a key asks to leave the form: Escape, where it does not end composed text. */
export function isLeaveKey(event: React.KeyboardEvent): boolean {
  return event.key === 'Escape' && !event.nativeEvent.isComposing;
}

/** Whether a key is one of a chord with Ctrl or Cmd; with Alt it may type a character. */
export function isChord(event: KeyboardEvent): boolean {
  return (event.ctrlKey || event.metaKey) && !event.altKey;
}

/** Whether a key asks for the default of a field: Alt with R, wherever a layout has it. */
export function isResetKey(event: React.KeyboardEvent): boolean {
  const isPlain = !event.ctrlKey && !event.metaKey && !event.shiftKey;
  return event.altKey && isPlain && event.code === 'KeyR';
}

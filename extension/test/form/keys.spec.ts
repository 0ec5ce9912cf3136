import '../browser';

import { CommandRegistry } from '@lumino/commands';
import type * as React from 'react';

import { FORM_KEYS, isLeaveKey, isResetKey, isRunKey } from '../../src/form/keys';

/** Pressing a key, as the keyboard map writes it. */
function pressed(keystroke: string): React.KeyboardEvent {
  const { key, alt, ctrl, shift } = CommandRegistry.parseKeystroke(keystroke);
  const event = new KeyboardEvent('keydown', {
    ...{ key, code: /^[A-Z]$/.test(key) ? `Key${key}` : key },
    ...{ altKey: alt, ctrlKey: ctrl, shiftKey: shift }
  });
  return Object.assign(event, { nativeEvent: event }) as unknown as React.KeyboardEvent;
}

describe('the keys that the keyboard map tells of forms', () => {
  it('are those that forms hear', () => {
    expect(FORM_KEYS.run.map(pressed).every(isRunKey)).toBe(true);
    expect(FORM_KEYS.reset.map(pressed).every(isResetKey)).toBe(true);
    expect(FORM_KEYS.leave.map(pressed).every(isLeaveKey)).toBe(true);
    expect(FORM_KEYS.set.map(pressed).some(isRunKey)).toBe(false);
  });
});

import type { ModelEvent } from '@llmos-lab/skills';

import { keyBegun, withoutKey } from '../core';

/** Takes the key out of what an answer brings, also where it comes in pieces. */
export class HideKey {
  constructor(private readonly _key: string) {
    this._hide = withoutKey(_key);
  }

  /** The events to tell now; what may be the beginning of the key waits for the next. */
  take(event: ModelEvent): readonly ModelEvent[] {
    switch (event.type) {
      case 'text':
      case 'thinking': {
        const before = this._held?.type === event.type ? this._held.text : '';
        const others = this._held?.type === event.type ? [] : this._release();
        const text = this._hide(before + event.text);
        const end = text.length - keyBegun(this._key, text);
        const { type } = event;
        this._held = end < text.length ? { type, text: text.slice(end) } : null;
        return end > 0 ? [...others, { type, text: text.slice(0, end) }] : others;
      }
      case 'calling':
        return [...this._release(), event];
      case 'call': {
        const { id, tool, input } = event.call;
        const call = { id, tool, input: this._hide(input) };
        return [...this._release(), { type: 'call', call }];
      }
      case 'end': {
        const { opaque } = event;
        const told = opaque ? { ...event, opaque: this._hide(opaque) } : event;
        return [...this._release(), told];
      }
      case 'retry':
      case 'problem': {
        const { code, detail } = event.problem;
        const problem = { code, detail: this._hide(detail) };
        return [...this._release(), { ...event, problem }];
      }
    }
  }

  private _release(): readonly ModelEvent[] {
    const held = this._held;
    this._held = null;
    return held ? [held] : [];
  }

  private readonly _hide: ReturnType<typeof withoutKey>;
  private _held: Extract<ModelEvent, { type: 'text' | 'thinking' }> | null = null;
}

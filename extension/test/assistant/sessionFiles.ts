import type { Contents } from '@jupyterlab/services';
import { parseConversations, parseTraces, type TraceRecord } from '@llmos-lab/skills';
import { Signal } from '@lumino/signaling';

import type { ISessions } from '../../src/tokens';

/** The session of every notebook. */
export const PLACE = { volume: 'user', id: 's-1' };

/** A session's files, and who waits for a change of them. */
export class SessionFiles {
  private readonly _fileChanged = new Signal<object, Contents.IChangedArgs>({});
  readonly texts = new Map<string, string>();
  readonly changed = new Signal<this, void>(this);

  readonly sessions = {
    ...{ ready: Promise.resolve(), all: [], changed: new Signal({}) },
    ensure: () => Promise.resolve(PLACE),
    append: async (_: unknown, file: string, lines: string): Promise<void> => {
      await this.change(file, text => text + lines);
    },
    change: (_: unknown, file: string, edit: (text: string) => string) =>
      this.change(file, edit)
  } as unknown as ISessions;

  readonly contents = {
    fileChanged: this._fileChanged,
    get: (path: string) =>
      Promise.resolve({ content: this.texts.get(path.replace(/^.*\//, '')) ?? '' })
  } as unknown as Contents.IManager;

  /** The records of its runs and turns. */
  get traces(): readonly TraceRecord[] {
    return parseTraces(this.texts.get('traces.jsonl') ?? '').traces;
  }

  /** Resolves once the conversation on the disk is so. */
  async says(...expected: readonly string[]): Promise<void> {
    await new Promise<void>(resolve => {
      const look = (): void => {
        if (JSON.stringify(this.said()) === JSON.stringify(expected)) {
          this.changed.disconnect(look);
          resolve();
        }
      };
      this.changed.connect(look);
      look();
    });
  }

  said(): readonly string[] {
    const { conversations } = parseConversations(this.texts.get('chat.jsonl') ?? '');
    return conversations.flatMap(({ messages }) =>
      messages.map(({ role, status, content }) =>
        [role, ...(status ? [status] : []), content].join(' ')
      )
    );
  }

  private change(file: string, edit: (text: string) => string): Promise<string> {
    const text = edit(this.texts.get(file) ?? '');
    this.texts.set(file, text);
    this.changed.emit();
    const newValue = { path: `user:sessions/s-1/${file}` };
    this._fileChanged.emit({ ...{ type: 'save', oldValue: null }, newValue });
    return Promise.resolve(text);
  }
}

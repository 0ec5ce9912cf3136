import fc from 'fast-check';
import { readMessage } from '../../cli/executor/protocol';

describe('readMessage', () => {
  it('reads the messages of the process', () => {
    const outcome = { type: 'outcome', id: 3, outcome: { ok: true } } as const;
    expect(readMessage(outcome)).toEqual(outcome);
    expect(readMessage({ type: 'files', id: 1, path: 'a.md', more: 1 })).toEqual({
      ...{ type: 'files', id: 1, path: 'a.md' }
    });
    expect(readMessage({ type: 'wrote', path: 'a.csv', base64: {} })).toBeNull();
    expect(readMessage({ type: 'lost', path: 'a.csv', why: {} })).toEqual({
      ...{ type: 'lost', path: 'a.csv', why: 'unread' }
    });
  });

  it('takes anything that a skill can send', () => {
    expect(readMessage(null)).toBeNull();
    expect(readMessage({ type: 'files' })).toBeNull();
    const odd = { toString: 1, valueOf: 1 };
    expect(readMessage({ type: 'called', record: odd })).toEqual({
      ...{ type: 'called', record: '' }
    });
    const types = fc.constantFrom('ready', 'failed', 'outcome', 'output', 'called');
    const record = fc.record({
      type: types,
      id: fc.jsonValue(),
      record: fc.jsonValue()
    });
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), record), value => {
        readMessage(value);
      })
    );
  });
});

import fc from 'fast-check';

import type { ToPython } from '../../../src/host/answers/messages';
import { CommPort, partsOf } from '../../../src/host/ordinary/commPort';
import { decodeWire, encodeWire } from '../../../src/runtimes/engine/wire';

type Comm = ConstructorParameters<typeof CommPort>[0];

/** A comm that keeps what is sent, and by which Python says what it likes. */
function connect() {
  const sent: { text?: string; more?: boolean; heard?: number }[] = [];
  const comm = { send: (data: object) => sent.push(data) } as unknown as Comm;
  const port = new CommPort(comm);
  const taken: unknown[] = [];
  const listening = port.listen(message => taken.push(message));
  const say = (data: unknown): void => {
    void comm.onMsg({ content: { data } } as Parameters<Comm['onMsg']>[0]);
  };
  return { port, sent, taken, listening, say };
}

describe('partsOf', () => {
  it('gives a text back whole, in parts of whole characters', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.integer({ min: 1, max: 9 }),
        (text, length) => {
          const parts = [...partsOf(text, length)];
          expect(parts.map(({ part }) => part).join('')).toBe(text);
          expect(parts.map(({ more }) => more)).toEqual([
            ...parts.slice(1).map(() => true),
            false
          ]);
          parts.forEach(({ part }) => {
            expect(part.length).toBeLessThanOrEqual(length + 1);
            expect(() => encodeURIComponent(part)).not.toThrow();
          });
        }
      )
    );
  });
});

describe('CommPort', () => {
  it('sends answers with arrays as text', () => {
    const { port, sent } = connect();
    const message: ToPython = {
      ...{ type: 'reply', id: 3 },
      value: { y: new Float64Array([1, NaN]), n: Infinity }
    };
    port.post(message);
    expect(sent).toHaveLength(1);
    expect(decodeWire(sent[0]?.text ?? '')).toEqual(message);
  });

  it('sends what is long in parts', () => {
    const { port, sent } = connect();
    const message: ToPython = { type: 'reply', id: 3, value: '😀'.repeat(1_500_000) };
    port.post(message);
    expect(sent.map(({ more }) => more)).toEqual([true, undefined]);
    expect(decodeWire(sent.map(({ text }) => text).join(''))).toEqual(message);
  });

  it('puts questions together and says at once that it has heard them', () => {
    const { sent, taken, listening, say } = connect();
    const text = encodeWire({ type: 'call', id: 5, request: { inputs: { x: -0 } } });
    say({ text: text.slice(0, 9), more: true });
    expect([sent, taken]).toEqual([[], []]);
    say({ text: text.slice(9) });
    expect(sent).toEqual([{ heard: 5 }]);
    expect(taken).toEqual([{ type: 'call', id: 5, request: { inputs: { x: -0 } } }]);
    say({ text: encodeWire({ type: 'called', parent: 'p', record: '{}' }) });
    expect([sent.length, taken.length]).toEqual([1, 2]);
    listening.dispose();
    say({ text: encodeWire({ type: 'called', parent: 'p', record: '{}' }) });
    expect(taken).toHaveLength(2);
  });

  it('takes no harm from what is no message', () => {
    const { sent, taken, say } = connect();
    [
      undefined,
      1,
      {},
      { text: 1 },
      { text: '{' },
      { text: '{"$llmos":"x","of":1}' }
    ].forEach(say);
    say({ text: encodeWire({ type: 'read', id: 1, path: 'user:x' }) });
    expect(sent).toEqual([{ heard: 1 }]);
    expect(taken.filter(message => message !== undefined)).toEqual([
      { type: 'read', id: 1, path: 'user:x' }
    ]);
  });
});

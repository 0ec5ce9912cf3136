/** @jest-environment node */
import type { MessagePart } from '@llmos-lab/skills';
import fc from 'fast-check';

import { cutRows } from '../../src/assistant/panel/rows';

const PIECES = [
  'word ',
  '\n\n',
  '\n',
  '- item\n',
  '1. one\n',
  '`x` ',
  '```\n',
  '| a |\n'
];
const texts = fc
  .array(fc.constantFrom(...PIECES), { maxLength: 300 })
  .map(pieces => pieces.join(''));

const tool = (id: string): MessagePart => ({
  ...{ kind: 'tool', id, tool: 'run', input: {}, status: 'done', result: '' }
});

/** The blocks of rows, whatever row they are in. */
const blocksOf = (parts: readonly MessagePart[]): unknown[] =>
  cutRows('a', parts).flatMap(row =>
    row.parts.flatMap((part): unknown[] =>
      part.kind === 'text' ? [...part.blocks] : [part]
    )
  );

describe('the rows of an answer', () => {
  it('are one for a short answer, with its calls', () => {
    const rows = cutRows('a', [{ kind: 'text', text: 'One\n\nTwo' }, tool('t')]);
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ key: 'a', isFirst: true, isLast: true });
    expect(rows[0]?.parts.map(({ kind }) => kind)).toEqual(['text', 'tool']);
  });

  it('are there before anything was said', () => {
    expect(cutRows('a', [])).toMatchObject([{ key: 'a', parts: [], isLast: true }]);
  });

  it('hold every block once, a few in each', () => {
    fc.assert(
      fc.property(texts, texts, (one, two) => {
        const parts: MessagePart[] = [
          { kind: 'text', text: one },
          tool('t'),
          { kind: 'text', text: two }
        ];
        const rows = cutRows('a', parts);
        const alone = parts.flatMap(part => blocksOf([part]));
        expect(blocksOf(parts)).toEqual(alone);
        expect(new Set(rows.map(({ key }) => key)).size).toBe(rows.length);
        for (const row of rows) {
          const count = row.parts.reduce(
            (sum, part) => sum + (part.kind === 'text' ? part.blocks.length : 1),
            0
          );
          expect(count).toBeLessThanOrEqual(12);
        }
      })
    );
  });

  it('stay as they are while the answer grows, but for the last', () => {
    fc.assert(
      fc.property(texts, fc.nat(), (text, at) => {
        const early = cutRows('a', [{ kind: 'text', text: text.slice(0, at % 400) }]);
        const late = cutRows('a', [{ kind: 'text', text }]);
        const done = early.slice(0, -1).map(({ key, parts }) => ({ key, parts }));
        const same = late
          .slice(0, done.length)
          .map(({ key, parts }) => ({ key, parts }));
        expect(same).toEqual(done);
      })
    );
  });
});

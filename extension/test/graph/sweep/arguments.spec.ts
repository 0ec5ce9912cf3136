import '../../browser';

import { nullTranslator } from '@jupyterlab/translation';
import { buildGraph } from '@llmos-lab/skills';

import { readWish, type IWishContext } from '../../../src/graph/sweep/arguments';
import { entryOf } from '../../skills/fixtures';

const SQUARE = entryOf('square', {
  inputs: [
    { name: 'x', type: 'number', required: false, minimum: 0, default: 1 },
    { name: 'n', type: 'integer', required: false }
  ],
  outputs: [{ name: 'y', type: 'number', required: false }]
});

const SOURCES = ['from llmos import skill', 'a = await skill("square")(x=2)', 'k = 1'];

const CONTEXT: IWishContext = {
  graph: buildGraph(SOURCES.map((source, at) => ({ id: `c${at}`, source }))),
  find: id => (id === 'square' ? SQUARE.skill : undefined),
  trans: nullTranslator.load('')
};

const read = (args: Parameters<typeof readWish>[0], selected?: string) =>
  readWish(args, CONTEXT, selected);
const texts = (args: Parameters<typeof readWish>[0]): unknown =>
  read(args).axes?.map(({ cell, input, values, isLog }) => [
    `${cell}.${input}`,
    values.map(({ text }) => text).join(' '),
    ...(isLog === true ? ['log'] : [])
  ]);

describe('readWish', () => {
  it('reads a range, a list, a text and the notation of the command line', () => {
    const x = { cell: 'a', input: 'x' };
    expect(texts({ ...x, from: 0, to: 1, count: 3 })).toEqual([
      ['c1.x', '0.0 0.5 1.0']
    ]);
    expect(texts({ ...x, from: 1, to: 4, count: 3, scale: 'log' })).toEqual([
      ['c1.x', '1.0 2.0 4.0', 'log']
    ]);
    expect(texts({ ...x, values: [1, 2.5] })).toEqual([['c1.x', '1.0 2.5']]);
    expect(texts({ ...x, values: '0:1:2' })).toEqual([['c1.x', '0.0 1.0']]);
    expect(texts({ sweep: ['a.x=0:1:2', 'c1.n=3,4'] })).toEqual([
      ['c1.x', '0.0 1.0'],
      ['c1.n', '3 4']
    ]);
    const inputs = [
      { input: 'x', values: [1] },
      { input: 'n', from: 1, to: 3, count: 3 }
    ];
    expect(texts({ cell: 'c1', inputs })).toEqual([
      ['c1.x', '1.0'],
      ['c1.n', '1 2 3']
    ]);
  });

  it('leaves to a dialog what is missing', () => {
    expect(read({}, 'c1')).toEqual({
      ...{ cell: 'c1', input: undefined, axes: null, columns: null }
    });
    expect(read({ cell: 'a', input: 'n' })).toMatchObject({ cell: 'c1', axes: null });
    const outputs = ['a.y'];
    expect(read({ cell: 'a', input: 'n', outputs })).toMatchObject({
      columns: ['a.y']
    });
  });

  it('says what is wrong before anything runs', () => {
    const wrong: readonly (readonly [Parameters<typeof readWish>[0], string])[] = [
      [{ cell: 'a', input: 'x', values: [-1] }, 'at least 0'],
      [{ cell: 'a', input: 'q', values: [1] }, 'has no input "q"'],
      [{ cell: 'zz', input: 'x', values: [1] }, 'no code cell "zz"'],
      [{ cell: 'c2', input: 'x', values: [1] }, 'calls no skill'],
      [{ sweep: ['a.x'] }, 'write CELL.INPUT=A:B:N'],
      [{ sweep: 3 }, 'list of texts'],
      [{ cell: 'a', input: 'x', from: 0, to: 1, scale: 'odd' }, '"linear" or "log"'],
      [{ cell: 'a', inputs: [{ values: [1] }] }, 'Name the input']
    ];
    for (const [args, reason] of wrong) {
      expect(() => read(args)).toThrow(reason);
    }
  });
});

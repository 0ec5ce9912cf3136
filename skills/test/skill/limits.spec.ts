import { limitsText, type IPort } from '../../src';

describe('limitsText', () => {
  it.each<[Partial<IPort>, string]>([
    [{}, ''],
    [{ minimum: 0, maximum: 5 }, '0 to 5'],
    [{ minimum: 0 }, 'at least 0'],
    [{ maximum: 5 }, 'at most 5'],
    [{ enum: ['a', 2] }, 'one of "a", 2'],
    [{ minimum: 0, enum: [1, 2] }, 'at least 0, one of 1, 2']
  ])('says of %j "%s"', (port, text) => {
    expect(limitsText({ name: 'x', type: 'any', ...port })).toBe(text);
  });

  it('writes choices as they are to be read', () => {
    const port: IPort = { name: 'x', type: 'string', enum: ['a', 'b'] };
    expect(limitsText(port, choice => `<${JSON.stringify(choice)}>`)).toBe(
      'one of <"a">, <"b">'
    );
  });
});

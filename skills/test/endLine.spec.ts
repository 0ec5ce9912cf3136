import { endLine } from '../src/endLine';

describe('endLine', () => {
  it.each([
    ['', ''],
    ['one', 'one\n'],
    ['one\n', 'one\n'],
    ['one\n\n', 'one\n\n']
  ])('makes %j %j', (text, ended) => expect(endLine(text)).toBe(ended));
});

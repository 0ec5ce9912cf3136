import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { appendLines } from '../../cli/appendLines';

describe('appendLines', () => {
  it.each([
    ['no file', null, 'new\n'],
    ['an empty file', '', 'new\n'],
    ['a file of whole lines', 'old\n', 'old\nnew\n'],
    ['a last line without its end', 'old', 'old\nnew\n']
  ])('adds to %s', async (_what, before, after) => {
    const place = join(await mkdtemp(join(tmpdir(), 'lines-')), 'deep', 'x.jsonl');
    if (before !== null) {
      await appendLines(place, '');
      await writeFile(place, before);
    }
    await appendLines(place, 'new\n');
    expect(await readFile(place, 'utf8')).toBe(after);
  });

  it('keeps all lines of writers at a time', async () => {
    const place = join(await mkdtemp(join(tmpdir(), 'lines-')), 'x.jsonl');
    const lines = Array.from({ length: 50 }, (_, at) => `${at} ${'x'.repeat(3000)}`);
    await Promise.all(lines.map(line => appendLines(place, `${line}\n`)));
    const text = await readFile(place, 'utf8');
    expect(text.trimEnd().split('\n').sort()).toEqual([...lines].sort());
  });
});

import { MOST_FILE_BYTES, WrittenFiles } from '../../cli/workflow/writtenFiles';

const base64 = (size: number): string => Buffer.alloc(size).toString('base64');
const sizes = (files: WrittenFiles, ...paths: string[]): unknown =>
  files.of(paths).map(({ path, bytes }) => [path, bytes?.length]);

describe('the files that a process sends', () => {
  it('are those that it still has, as they were last', () => {
    const files = new WrittenFiles();
    files.add('a', base64(1));
    files.add('b', base64(2));
    files.add('a', base64(3));
    files.add('c', base64(4));
    files.add('c', null);
    expect(sizes(files, 'a', 'c', 'never')).toEqual([
      ['a', 3],
      ['c', undefined],
      ['never', undefined]
    ]);
  });

  it('are limited, whatever is sent', () => {
    const files = new WrittenFiles();
    const half = base64(MOST_FILE_BYTES / 2);
    files.add('a', half);
    files.add('b', half);
    files.add('c', base64(1));
    files.add('b', base64(5));
    files.add('d', base64(1));
    expect(sizes(files, 'a', 'b', 'c', 'd')).toEqual([
      ['a', MOST_FILE_BYTES / 2],
      ['b', 5],
      ['c', undefined],
      ['d', 1]
    ]);
    const many = Array.from({ length: 1001 }, (_, n) => `f${n}`);
    many.forEach(path => files.add(path, base64(0)));
    expect(files.of(many)).toHaveLength(1000);
    expect(sizes(files, 'f1000')).toEqual([['f1000', undefined]]);
  });

  it.each([
    ...['/etc/passwd', '../up', 'a/../../up', 'a//b', '', 'a/', 'C:x', 'a\\b', '~/x'],
    ...['.bashrc', '.git/hooks/x', 'git~1/x', 'a/.x', 'con', 'x.', 'a\nb', 'a\u009bb'],
    'a\u202eb'
  ])('are not named %j', path => {
    const files = new WrittenFiles();
    files.add(path, base64(1));
    expect(files.of([path])).toEqual([]);
  });
});

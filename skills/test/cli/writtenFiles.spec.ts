import { FILE_ROOM, WrittenFiles } from '../../cli/workflow/writtenFiles';

const base64 = (size: number): string => Buffer.alloc(size).toString('base64');
/** The size of each, or why it is not there. */
const sizes = (files: WrittenFiles, ...paths: string[]): unknown =>
  files.of(paths).map(each => each.bytes?.length ?? ('reason' in each && each.reason));

const LARGE = 'All files together may have 64 MB.';
const MANY = 'At most 1000 files are kept.';
const UNREAD = 'It could not be read.';

describe('the files that a process sends', () => {
  it('are those that it still has, as they were last', () => {
    const files = new WrittenFiles();
    files.add('a', base64(1));
    files.add('b', base64(2));
    files.add('a', base64(3));
    files.add('c', base64(4));
    files.lose('c', 'large');
    files.lose('d', 'many');
    expect(sizes(files, 'a', 'c', 'd', 'never')).toEqual([3, LARGE, MANY, UNREAD]);
  });

  it('are limited, whatever is sent, and what is lost gives its room', () => {
    const files = new WrittenFiles();
    const half = base64(FILE_ROOM.bytes / 2);
    files.add('a:b', half);
    files.add('a', half);
    files.add('b', half);
    files.add('c', base64(1));
    expect(sizes(files, 'a', 'b', 'c')).toEqual([
      FILE_ROOM.bytes / 2,
      FILE_ROOM.bytes / 2,
      LARGE
    ]);
    files.lose('b', 'unread');
    files.add('c', base64(1));
    expect(sizes(files, 'b', 'c')).toEqual([UNREAD, 1]);
  });

  it('are limited in number', () => {
    const files = new WrittenFiles();
    const all = Array.from({ length: 1001 }, (_, n) => `f${n}`);
    all.forEach(path => files.add(path, base64(0)));
    expect(sizes(files, 'f999', 'f1000')).toEqual([0, MANY]);
    files.lose('f7', 'unread');
    files.add('f1000', base64(1));
    expect(sizes(files, 'f1000')).toEqual([1]);
  });

  it.each([
    ...['/etc/passwd', '../up', 'a/../../up', 'a//b', '', 'a/', 'C:x', 'a\\b', '~/x'],
    ...['git~1/x', 'con', 'x.', '(1).csv']
  ])('are not kept as %j', path => {
    const files = new WrittenFiles();
    files.add(path, base64(1));
    expect(files.of([path])).toEqual([
      {
        ...{ path, bytes: null },
        reason: expect.stringMatching(
          /^A name has letters|^The name cannot be used: |^It is outside the folder/
        ) as string
      }
    ]);
  });

  it.each(['.bashrc', '.git/hooks/x', 'a/.x', '...'])('are hidden as %j', path => {
    const files = new WrittenFiles();
    files.add(path, base64(1));
    expect(files.of([path])).toMatchObject([{ path, bytes: null, code: 'hidden' }]);
  });

  it.each(['\n', '\u009b', '\u202e', '\u2028', '\ud800'])(
    'are shown without %j',
    sign => {
      const [file] = new WrittenFiles().of([`a${sign}b`]);
      expect(file).toMatchObject({ path: 'a?b', bytes: null });
    }
  );
});

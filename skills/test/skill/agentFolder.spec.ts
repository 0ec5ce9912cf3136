import { checkIncoming, findSkills, IMPORT_LIMITS, packFolder } from '../../src';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const file = (path: string, text = ''): { path: string; bytes: Uint8Array } => ({
  path,
  bytes: bytesOf(text)
});

describe('checkIncoming', () => {
  it.each([
    ['../evil.md', 'would leave'],
    ['a/../../b', 'would leave'],
    ['/etc/passwd', 'empty part'],
    ['C:/x', 'not every file system'],
    ['a\\..\\b', 'not every file system'],
    ['x/.git/config', "Git's own"],
    ['a\u0000b', 'not every file system'],
    ['con.txt', 'Windows']
  ])('refuses the path %j', (path, words) => {
    expect(() => checkIncoming([{ path, size: 1 }])).toThrow(words);
    expect(() => checkIncoming([{ path, size: 1 }])).toThrow('Nothing was imported');
  });

  it('refuses too much, before anything is unpacked', () => {
    const { files, fileBytes, bytes } = IMPORT_LIMITS;
    const many = Array.from({ length: files + 1 }, (_, at) => ({
      path: `f${at}`,
      size: 1
    }));
    expect(() => checkIncoming(many)).toThrow(`at most ${files}`);
    expect(() => checkIncoming([{ path: 'a', size: fileBytes + 1 }])).toThrow(
      '20.0 MB'
    );
    const large = Array.from({ length: bytes / fileBytes + 1 }, (_, at) => ({
      path: `f${at}`,
      size: fileBytes
    }));
    expect(() => checkIncoming(large)).toThrow('100.0 MB');
    expect(() => checkIncoming(many.slice(0, files))).not.toThrow();
  });

  it('refuses two names that are one on other systems', () => {
    const twins = [
      { path: 'a/Data.csv', size: 1 },
      { path: 'a/data.csv', size: 1 }
    ];
    expect(() => checkIncoming(twins)).toThrow('same name');
  });
});

describe('findSkills', () => {
  it('takes each folder with SKILL.md, with all below it', () => {
    const found = findSkills(
      [
        file('repo/README.md', '---\n'),
        file('repo/skills/b/SKILL.md', 'B'),
        file('repo/skills/b/refs/x.md', 'x'),
        file('repo/skills/b/inner/SKILL.md', 'no skill of its own'),
        file('repo/skills/a/skill.md', 'A'),
        file('__MACOSX/repo/skills/a/._skill.md')
      ],
      'repo'
    );
    expect(
      found.map(({ folder, beside }) => [folder, beside.map(({ path }) => path)])
    ).toEqual([
      ['a', []],
      ['b', ['inner/SKILL.md', 'refs/x.md']]
    ]);
  });

  it('names a folder without a name after its archive', () => {
    const [skill] = findSkills([file('SKILL.md', 'x'), file('a.txt')], 'my-zip');
    expect([skill?.folder, skill?.path, skill?.beside[0]?.path]).toEqual([
      'my-zip',
      'SKILL.md',
      'a.txt'
    ]);
  });

  it('takes Markdown files with front matter where there is no SKILL.md', () => {
    const found = findSkills(
      [file('a.md', '---\nname: A'), file('a/data.csv'), file('b.md', '# B')],
      'x'
    );
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ path: 'a.md', folder: undefined });
    expect(found[0]?.beside.map(({ path }) => path)).toEqual(['data.csv']);
  });

  it('finds again what packFolder made', () => {
    const beside = [file('refs/x.md', 'x'), file('data.bin', '\u0001')];
    const packed = packFolder({ name: 'my-skill', text: '---\n' }, beside, bytesOf);
    expect(packed.map(({ path }) => path)).toEqual([
      'my-skill/SKILL.md',
      'my-skill/refs/x.md',
      'my-skill/data.bin'
    ]);
    const [skill] = findSkills(packed, 'other');
    expect(skill?.folder).toBe('my-skill');
    expect(new Set(skill?.beside)).toEqual(new Set(beside));
  });
});

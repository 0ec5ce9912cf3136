import '../browser';

import { packFolder, readImport, toAgentSkill } from '@llmos-lab/skills';

import { isZip, readZip, writeZip } from '../../src/author/transfer/zip';

const unpackAndRead = (
  files: Parameters<typeof readImport>[0]
): ReturnType<typeof readImport> => readImport(files, { isZip, readZip });

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const NOTE = '---\nname: pdf-forms\ndescription: Fills forms.\n---\nSee refs/a.md\n';
const PYTHON =
  '---\nskill_id: twice\nname: Twice\ndescription: Doubles.\ntype: python-wasm\n' +
  'inputs:\n  - { name: x, type: number }\noutputs:\n  - { name: y, type: number }\n---\n' +
  '~~~python\ndef execute(inputs):\n    return {"y": 2 * inputs["x"]}\n~~~\n';

describe('readImport', () => {
  it('reads folders, zips and Markdown files together', () => {
    const zip = writeZip(
      packFolder(
        toAgentSkill(PYTHON, 'twice.md'),
        [{ path: 'data/a.bin', bytes: new Uint8Array([0, 255]) }],
        bytesOf
      )
    );
    expect(isZip(zip)).toBe(true);
    const { skills, problems } = unpackAndRead([
      { path: 'skill.zip', bytes: zip },
      { path: 'note.md', bytes: bytesOf(NOTE.replace('pdf-forms', 'A note')) }
    ]);
    expect(problems).toEqual([]);
    expect(skills.map(({ id, name }) => [id, name])).toEqual([
      ['note', 'A note'],
      ['twice', 'Twice']
    ]);
    expect(skills[1]?.text).toBe(PYTHON);
    expect(skills[1]?.beside.map(({ path, bytes }) => [path, [...bytes]])).toEqual([
      ['data/a.bin', [0, 255]]
    ]);
  });

  it('keeps a folder from elsewhere byte for byte', () => {
    const { skills } = unpackAndRead([
      { path: 'pdf-forms/SKILL.md', bytes: bytesOf(NOTE) },
      { path: 'pdf-forms/refs/a.md', bytes: bytesOf('a') }
    ]);
    expect(skills).toHaveLength(1);
    expect(skills[0]).toMatchObject({ id: 'pdf-forms', text: NOTE });
  });

  it('takes the first of two skills of one id, and says so', () => {
    const { skills, problems } = unpackAndRead([
      { path: 'a/pdf-forms/SKILL.md', bytes: bytesOf(NOTE) },
      { path: 'b/pdf-forms/SKILL.md', bytes: bytesOf(NOTE) }
    ]);
    expect(skills).toHaveLength(1);
    expect(problems).toMatchObject([
      { code: 'duplicate-id', file: 'b/pdf-forms/SKILL.md' }
    ]);
  });

  it('says what is wrong with a skill, and takes the others', () => {
    const { skills, problems } = unpackAndRead([
      { path: 'a/SKILL.md', bytes: bytesOf('---\nname: a\n---\n') },
      { path: 'b/SKILL.md', bytes: new Uint8Array([0x2d, 0x2d, 0x2d, 0xff]) },
      { path: 'pdf-forms/SKILL.md', bytes: bytesOf(NOTE) }
    ]);
    expect(skills.map(({ id }) => id)).toEqual(['pdf-forms']);
    expect(problems.map(({ file, code }) => [file, code])).toEqual([
      ['a/SKILL.md', 'missing-description'],
      ['b/SKILL.md', 'unreadable-file']
    ]);
  });

  it('refuses a zip that would leave its folder, or is none', () => {
    const slip = writeZip([{ path: '../evil.md', bytes: bytesOf(NOTE) }]);
    const read = (bytes: Uint8Array) => () => unpackAndRead([{ path: 'a.zip', bytes }]);
    expect(read(slip)).toThrow('would leave the folder');
    expect(read(slip.subarray(0, 20))).toThrow('cannot be read');
  });

  it('refuses a zip that states too much, unpacking nothing', () => {
    const zip = writeZip([
      { path: 'a/SKILL.md', bytes: new Uint8Array(21 * 1024 * 1024) }
    ]);
    expect(zip.length).toBeLessThan(100_000);
    expect(() => readZip(zip)).toThrow('a file may have 20.0 MB');
  });

  it('writes equal zips for equal skills', () => {
    const files = [{ path: 'a/SKILL.md', bytes: bytesOf(NOTE) }];
    expect(writeZip(files)).toEqual(writeZip(files));
  });
});

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { parseDocument } from 'yaml';
import { formatSkill, parseSkill, type JsonValue } from '../../src/index';

const FOLDER = join(__dirname, '../fixtures/shapes');
const TEXTS = readdirSync(FOLDER, { recursive: true })
  .map(String)
  .filter(file => file.endsWith('.md'))
  .map(file => [file, readFileSync(join(FOLDER, file), 'utf8')] as const);
const [, COMMENTED] = TEXTS.find(([file]) => file === 'comments.md') ?? ['', ''];

/** The front matter as the yaml package reads it. */
function dataOf(text: string): Record<string, JsonValue> {
  const front = /^\uFEFF?---\r?\n([\s\S]*?)^---/m.exec(text)?.[1] ?? '';
  return parseDocument(front).toJS() as Record<string, JsonValue>;
}

const json = fc.letrec<{ value: JsonValue }>(tie => ({
  value: fc.oneof(
    { depthSize: 'small', maxDepth: 3 },
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom(
      'true',
      'no',
      '1',
      '1e3',
      '',
      ' x ',
      'a: b',
      '- x',
      '#c',
      "it's",
      '*',
      '&x',
      '@a',
      '%',
      '|',
      'x, y',
      'null',
      '~',
      '2026-11-21',
      '0x1f'
    ),
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map(value => value + 0),
    fc.boolean(),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.stringMatching(/^[a-z][a-z ]{0,5}$/), tie('value'), { maxKeys: 3 })
  )
})).value;

const KEYS = [
  'name',
  'description',
  'keywords',
  'inputs',
  'x-unknown',
  'brand new',
  'type'
];

describe('formatSkill', () => {
  it.each(TEXTS)('gives %s back byte for byte when nothing changes', (file, text) => {
    expect(formatSkill(text)).toBe(text);
    const keys = dataOf(text);
    expect(formatSkill(text, { keys })).toBe(text);
    const { skill } = parseSkill(text, file);
    if (skill?.kind === 'executable') {
      expect(formatSkill(text, { code: skill.code })).toBe(text);
    }
    expect(formatSkill(text, { body: skill?.body ?? '' })).toBe(text);
  });

  it('changes one scalar and keeps the comment behind it', () => {
    const text = formatSkill(COMMENTED, { keys: { name: 'Other: name' } });
    expect(text).toBe(COMMENTED.replace('name: Test ', 'name: "Other: name" '));
  });

  it('changes one value deep in a list and nothing else', () => {
    const inputs = [
      { name: 'x', type: 'number', default: 2.5 },
      { name: 'z', type: 'string', default: 'a' }
    ];
    expect(formatSkill(COMMENTED, { keys: { inputs } })).toBe(
      COMMENTED.replace('default: 1 # one', 'default: 2.5 # one')
    );
  });

  it('writes a list of another length anew, one port a line', () => {
    const inputs = [{ name: 'only', type: 'any', description: 'Text, with a comma' }];
    const text = formatSkill(COMMENTED, { keys: { inputs } });
    expect(text).toContain(
      'inputs:\n  - { name: only, type: any, description: "Text, with a comma" }\nx-unknown:'
    );
  });

  it('replaces folded text and takes a key away with its lines', () => {
    const text = formatSkill(COMMENTED, {
      keys: { description: 'Short.', keywords: undefined }
    });
    expect(text).toContain('description: Short.\n');
    expect(text).toContain('\n\n# ports below\ntype: python-wasm\n');
    expect(text).not.toContain('- one');
    expect(dataOf(text)).not.toHaveProperty('keywords');
  });

  it('edits the older key where only that is written', () => {
    const [, older] = TEXTS.find(([file]) => file === 'older-keys.md') ?? ['', ''];
    const text = formatSkill(older, { keys: { keywords: ['new'], type: 'qiskit' } });
    expect(text).toBe(
      older
        .replace('language: python', 'language: qiskit')
        .replace('[old, style]', '[new]')
    );
  });

  it('keeps Windows line ends in what it adds', () => {
    const [, crlf] = TEXTS.find(([file]) => file === 'crlf.md') ?? ['', ''];
    const text = formatSkill(crlf, {
      keys: { pure: false },
      code: 'def execute(inputs):\n    pass\n'
    });
    expect(text.replace(/\r\n/g, '')).not.toMatch(/[\r\n]/);
    expect(parseSkill(text, 'x.md').skill).toMatchObject({
      pure: false,
      code: 'def execute(inputs):\n    pass\n'
    });
  });

  it('lengthens the fence when the code would close it', () => {
    const [, text] = TEXTS.find(([file]) => file === 'quantum-vqe.md') ?? ['', ''];
    const code = 'def execute(inputs):\n    """\n~~~\n~~~~\n"""\n    return {}\n';
    const edited = formatSkill(text, { code });
    expect(parseSkill(edited, 'x.md')).toMatchObject({ skill: { code }, problems: [] });
  });

  it('adds a block where there is none', () => {
    const text = '---\nname: N\ndescription: D.\ntype: javascript\n---\nText';
    const edited = formatSkill(text, { code: 'return {};' });
    expect(edited).toBe(`${text}\n\n~~~javascript\nreturn {};\n~~~\n`);
  });

  it('throws on a text without front matter', () => {
    expect(() => formatSkill('Text', { keys: { name: 'x' } })).toThrow(/front matter/);
  });

  it('sets any key of any file to any value, and all other keys stay', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...TEXTS),
        fc.constantFrom(...KEYS),
        fc.option(json, { nil: undefined }),
        ([, text], key, value) => {
          const before = dataOf(text);
          const edited = formatSkill(text, { keys: { [key]: value } });
          const after = dataOf(edited);
          const older = { type: 'language', keywords: 'tags' }[key] ?? '';
          const at = older in before && !(key in before) ? older : key;
          const without = (data: Record<string, JsonValue>): unknown =>
            Object.fromEntries(Object.entries(data).filter(([name]) => name !== at));
          expect(without(after)).toEqual(without(before));
          expect(after[at]).toEqual(value);
          expect(edited.slice(edited.indexOf('\n---') + 4)).toBe(
            text.slice(text.indexOf('\n---') + 4)
          );
          expect(formatSkill(edited, { keys: { [key]: value } })).toBe(edited);
        }
      ),
      { numRuns: 400 }
    );
  });

  it('leaves every line of other keys as it was', () => {
    const plain = fc.constantFrom<JsonValue>('Other', 'a: b', 3, ['x'], { a: 1 }, true);
    fc.assert(
      fc.property(fc.constantFrom('name', 'x-unknown', 'new'), plain, (key, value) => {
        const kept = (text: string): string[] =>
          text.split('\n').filter(line => !line.startsWith(key));
        expect(kept(formatSkill(COMMENTED, { keys: { [key]: value } }))).toEqual(
          kept(COMMENTED)
        );
      })
    );
  });

  it('writes a skill as a file that reads back the same', () => {
    for (const [file, text] of TEXTS) {
      const { skill } = parseSkill(text, file);
      if (!skill) {
        throw new Error(file);
      }
      const back = parseSkill(formatSkill(skill), 'other.md');
      expect(back.problems).toEqual([]);
      expect({ ...back.skill, codeLine: 0 }).toEqual({ ...skill, codeLine: 0 });
    }
  });
});

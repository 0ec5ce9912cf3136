import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkSkill, checkSkills, parseSkill, PROBLEM_CODES } from '../../src/index';

const FOLDER = join(__dirname, '../fixtures/problems');
const read = (file: string): string => readFileSync(join(FOLDER, file), 'utf8');

/** File, code, line, and a part of what to write instead. */
const TABLE: readonly (readonly [string, string, number, RegExp])[] = [
  ['empty-file', 'empty-file', 1, /Begin with "---"/],
  ['not-text', 'not-text', 2, /UTF-8/],
  ['missing-front-matter', 'missing-front-matter', 1, /very first line/],
  ['missing-front-matter-late', 'missing-front-matter', 2, /very first line/],
  ['unclosed-front-matter', 'unclosed-front-matter', 1, /a line "---"/],
  ['front-matter-language', 'front-matter-language', 1, /"---" alone/],
  ['front-matter-toml', 'front-matter-language', 1, /"---" alone/],
  ['malformed-yaml', 'malformed-yaml', 5, /quotes/],
  ['malformed-yaml-colon', 'malformed-yaml', 3, /quotes/],
  ['tab-indent', 'tab-indent', 5, /spaces/],
  ['duplicate-key', 'duplicate-key', 4, /Keep one/],
  ['not-a-mapping', 'not-a-mapping', 2, /"key: value"/],
  ['not-a-mapping-empty', 'not-a-mapping', 2, /"key: value"/],
  ['non-text-key', 'non-text-key', 4, /keys as words/],
  ['forbidden-key', 'forbidden-key', 6, /another name/],
  ['forbidden-key-constructor', 'forbidden-key', 4, /another name/],
  ['unknown-tag', 'unknown-tag', 4, /quotes/],
  ['unknown-anchor', 'unknown-anchor', 3, /quotes/],
  ['too-many-aliases', 'too-many-aliases', 6, /Write the repeated values out/],
  ['too-deep', 'too-deep', 4, /less deeply/],
  ['not-json', 'not-json', 4, /finite number/],
  ['wrong-kind', 'wrong-kind', 2, /Write text/],
  ['wrong-kind-flag', 'wrong-kind', 5, /"pure: true"/],
  ['wrong-kind-words', 'wrong-kind', 4, /Write a list/],
  ['missing-name', 'missing-name', 2, /"name: A few words"/],
  ['missing-description', 'missing-description', 3, /"description:/],
  ['invalid-id', 'invalid-id', 2, /skill_id: my-skill/],
  ['Invalid File Name', 'invalid-id', 1, /skill_id: invalid-file-name/],
  ['invalid-alias', 'invalid-alias', 4, /small letters/],
  ['unknown-type', 'unknown-type', 4, /"type: javascript"/],
  ['missing-type', 'missing-type', 4, /"type:"/],
  ['conflicting-keys', 'conflicting-keys', 5, /remove "language"/],
  ['unknown-execution-mode', 'unknown-execution-mode', 5, /browser-wasm/],
  ['mode-not-for-type', 'mode-not-for-type', 5, /browser-wasm/],
  ['unknown-objective', 'unknown-objective', 5, /outputs: y/],
  ['unknown-objective-verb', 'unknown-objective', 5, /"minimise" or "maximise"/],
  ['ports-not-list', 'ports-not-list', 5, /Write a list/],
  ['port-not-mapping', 'port-not-mapping', 6, /name: x, type: number/],
  ['port-without-name', 'port-without-name', 6, /"name: x"/],
  ['invalid-port-name', 'invalid-port-name', 6, /"bond_length"/],
  ['invalid-port-name-keyword', 'invalid-port-name', 6, /no reserved word/],
  ['duplicate-port', 'duplicate-port', 7, /own name/],
  ['duplicate-output', 'duplicate-port', 9, /own name/],
  ['port-without-type', 'port-without-type', 6, /array<number>/],
  ['unknown-port-type', 'unknown-port-type', 6, /Write "number"/],
  ['range-not-number', 'range-not-number', 6, /"minimum: 1"/],
  ['range-on-other-type', 'range-on-other-type', 6, /Remove "maximum"/],
  ['minimum-above-maximum', 'minimum-above-maximum', 8, /Exchange/],
  ['invalid-enum', 'invalid-enum', 6, /type string/],
  ['invalid-enum-type', 'invalid-enum', 6, /type integer/],
  ['unknown-port-key', 'unknown-port-key', 7, /Write "minimum"/],
  ['unknown-port-key-other', 'unknown-port-key', 6, /Write "maximum"/],
  ['default-wrong-type', 'default-wrong-type', 6, /type integer/],
  ['default-out-of-range', 'default-out-of-range', 6, /within the range/],
  ['default-not-in-enum', 'default-not-in-enum', 6, /"a" or "b"/],
  ['required-with-default', 'required-with-default', 6, /Remove "required: true"/],
  ['missing-code', 'missing-code', 10, /~~~python/],
  ['wrong-code-language', 'wrong-code-language', 12, /~~~python/],
  ['wrong-code-language-none', 'wrong-code-language', 12, /~~~python/],
  ['empty-code', 'empty-code', 12, /python code/],
  ['unclosed-fence', 'unclosed-fence', 12, /same fence/],
  ['missing-execute', 'missing-execute', 12, /def execute\(inputs\):/],
  ['missing-execute-js', 'missing-execute', 12, /function execute\(inputs\)/],
  ['execute-without-inputs', 'execute-without-inputs', 15, /def execute\(inputs\):/],
  ['malformed-code', 'malformed-code', 14, /bracket/],
  ['other-name/SKILL', 'name-not-folder', 2, /name: other-name/]
];

describe('checkSkill', () => {
  it.each(TABLE)('%s.md has the problem %s on line %d', (name, code, line, hint) => {
    const file = `${name}.md`;
    const problems = checkSkill(read(file), file);
    expect(problems.map(problem => [problem.code, problem.line])).toEqual([
      [code, line]
    ]);
    const [problem] = problems;
    expect(problem?.file).toBe(file);
    expect(problem?.hint).toMatch(hint);
    expect(problem?.message).toMatch(/^[A-Z"'−].*[.)] .+\.$/s);
    expect(problem?.message.endsWith(problem.hint ?? '?')).toBe(true);
    expect(problem?.severity).toBe(PROBLEM_CODES[code as keyof typeof PROBLEM_CODES]);
  });

  it('has a fixture for every file of the table and the other way round', () => {
    const files = readdirSync(FOLDER, { recursive: true })
      .map(String)
      .filter(file => file.endsWith('.md'));
    expect(files.sort()).toEqual(TABLE.map(([name]) => `${name}.md`).sort());
  });

  it('covers every code, more than 25 of them', () => {
    const elsewhere = ['file-too-large', 'duplicate-id', 'alias-taken'];
    const seen = new Set([...TABLE.map(([, code]) => code), ...elsewhere]);
    expect([...seen].sort()).toEqual(Object.keys(PROBLEM_CODES).sort());
    expect(seen.size).toBeGreaterThan(25);
  });

  it('refuses a file above 1 MB, counted in bytes of UTF-8', () => {
    const head = '---\nname: Big\ndescription: Too big.\n---\n';
    expect(checkSkill(head + 'ä'.repeat(600_000), 'big.md')[0]?.code).toBe(
      'file-too-large'
    );
    expect(checkSkill(head + 'a'.repeat(600_000), 'big.md')).toEqual([]);
  });

  it('says one thing a line and at most five of broken YAML', () => {
    const problems = checkSkill(`---\na: ${'['.repeat(900)}\n---\n`, 'x.md');
    expect(problems).toHaveLength(1);
    const many = checkSkill(`---\n${'a: b: c\n'.repeat(50)}---\n`, 'x.md');
    expect(many.length).toBeLessThanOrEqual(5);
  });

  it('survives nesting that exhausts the parser', () => {
    const problems = checkSkill(`---\na: ${'['.repeat(200_000)}\n---\n`, 'x.md');
    expect(problems.map(problem => problem.code)).toEqual(['too-deep']);
  });

  it('does not let front matter reach a prototype', () => {
    checkSkill(read('forbidden-key.md'), 'x.md');
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});

describe('checkSkills', () => {
  const text = (id: string, more = ''): string =>
    `---\nskill_id: ${id}\nname: N\ndescription: D.\n${more}---\n`;

  it('loads the rest of a library beside a broken file', () => {
    const { skills, problems } = checkSkills([
      { path: 'skills/b.md', text: text('b') },
      { path: 'skills/a.md', text: read('malformed-yaml.md') },
      { path: 'skills/c.md', text: text('c') }
    ]);
    expect(skills.map(({ skill }) => skill.id)).toEqual(['b', 'c']);
    expect(problems.map(({ file, code }) => [file, code])).toEqual([
      ['skills/a.md', 'malformed-yaml']
    ]);
  });

  it('gives an id that two files claim to the first path', () => {
    const { skills, problems } = checkSkills([
      { path: 'z.md', text: text('same') },
      { path: 'y.md', text: text('same') }
    ]);
    expect(skills.map(({ path }) => path)).toEqual(['y.md']);
    expect(problems).toMatchObject([
      { code: 'duplicate-id', severity: 'error', file: 'z.md', line: 2 }
    ]);
    expect(problems[0]?.message).toContain('y.md');
  });

  it('warns of an alias that another skill has', () => {
    const { skills, problems } = checkSkills([
      { path: 'a.md', text: text('a') },
      { path: 'b.md', text: text('b', 'aliases: [a]\n') }
    ]);
    expect(skills).toHaveLength(2);
    expect(problems).toMatchObject([
      { code: 'alias-taken', severity: 'warning', file: 'b.md', line: 5 }
    ]);
  });

  it('keeps the skill of a file that only has warnings', () => {
    const file = 'required-with-default.md';
    expect(parseSkill(read(file), file).skill).toMatchObject({
      inputs: [{ name: 'x', type: 'number', default: 1 }]
    });
  });

  it('lets keys of others be, and a key whose meaning is there already', () => {
    const port = '{ name: x, type: array, dtype: float64, label: X, x-unit: V }';
    const file = read('unknown-port-key.md').replace(
      / {2}- name: x[^]*?(?=outputs)/,
      `  - ${port}\n`
    );
    expect(checkSkill(file, 'x.md')).toEqual([]);
  });

  it.each([
    ['python', 'result '],
    ['python', 'def execute( '],
    ['javascript', 'execute('],
    ['javascript', '/* '],
    ['javascript', '; result '],
    ['javascript', 'function   '],
    ['javascript', 'export {'],
    ['javascript', 'execute:  ']
  ])('reads %s of a megabyte of "%s" at once', (language, piece) => {
    const type = language === 'python' ? 'python-wasm' : language;
    const code = piece.repeat(Math.floor(900_000 / piece.length));
    const head = `---\nname: A\ndescription: A.\ntype: ${type}\n---\n`;
    parseSkill(`${head}~~~${language}\n${code}\n~~~\n`, 'a.md');
  });
});

import fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

import { formatSkill, fromAgentSkill, parseSkill, toAgentSkill } from '../../src';

const SYSTEM = join(__dirname, '../../library/system');
const STRICT_KEYS = [
  'name',
  'description',
  'license',
  'allowed-tools',
  'metadata',
  'compatibility'
];

/** What skills-ref checks (agentskills.io/specification), over its own way to cut. */
function faults(text: string, folder: string): string[] {
  const parts = text.split('---');
  const front = parse(parts[1] ?? '', { schema: 'failsafe' }) as Record<
    string,
    unknown
  >;
  const { name, description, compatibility, metadata } = front;
  const found: string[] = Object.keys(front).filter(key => !STRICT_KEYS.includes(key));
  if (!text.startsWith('---') || parts.length < 3) {
    found.push('fences');
  }
  if (
    name !== folder ||
    !/^(?!.*--)[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/.test(folder)
  ) {
    found.push(`name ${String(name)}`);
  }
  if (typeof description !== 'string' || description.trim() === '') {
    found.push('description');
  } else if ([...description].length > 1024) {
    found.push('description length');
  }
  if (compatibility !== undefined && [...(compatibility as string)].length > 500) {
    found.push('compatibility');
  }
  if (Object.values(metadata ?? {}).some(value => typeof value !== 'string')) {
    found.push('metadata');
  }
  // Flow style, anchors and tags are no strict YAML.
  if (/^[^"'|\n]*: [[{&!*]/m.test(parts[1]?.replace(/^ {4}.*$/gm, '') ?? '')) {
    found.push('style');
  }
  return found;
}

const library = readdirSync(SYSTEM).map(file => ({
  file,
  text: readFileSync(join(SYSTEM, file), 'utf8')
}));

describe('toAgentSkill and fromAgentSkill', () => {
  it.each(library)('take $file out and back, byte for byte', ({ file, text }) => {
    const { name, text: strict } = toAgentSkill(text, `skills/${file}`);
    expect(faults(strict, name)).toEqual([]);
    expect(strict.endsWith(text.slice(text.indexOf('\n---\n')))).toBe(true);
    const id = file.replace(/\.md$/, '');
    expect(fromAgentSkill(strict, name)).toEqual({ id, text });
  });

  it('keep a folder from elsewhere as it is, both ways', () => {
    const text =
      '---\nname: pdf-forms # yes\nlicense: MIT\ndescription: Fills forms.\nmetadata:\n  version: "1.0"\n---\nSee references/a.md\n';
    const { id, text: own } = fromAgentSkill(text, 'pdf-forms');
    expect([id, own]).toEqual(['pdf-forms', text]);
    expect(parseSkill(own, 'skills/pdf-forms.md').skill).toMatchObject({
      kind: 'context',
      id: 'pdf-forms',
      license: 'MIT'
    });
    expect(toAgentSkill(own, 'skills/pdf-forms.md')).toEqual({
      name: 'pdf-forms',
      text
    });
  });

  it('make a loose folder strict and give it back as it was', () => {
    const text =
      '---\nname: pdf-forms\ndescription: Fills forms.\nmetadata: { version: 1.0 }\nhomepage: x\n---\nText\n';
    const own = fromAgentSkill(text, 'pdf-forms');
    const strict = toAgentSkill(own.text, `skills/${own.id}.md`);
    expect(faults(strict.text, strict.name)).toEqual([]);
    expect(fromAgentSkill(strict.text, strict.name).text).toBe(text);
  });

  it('take over what was edited outside', () => {
    const text = library.find(({ file }) => file === 'quantum-vqe.md')?.text ?? '';
    const { name, text: strict } = toAgentSkill(text, 'skills/quantum-vqe.md');
    const edited = strict
      .replace(/^description: .*$/m, 'description: Another one')
      .replace('metadata:\n', 'license: MIT\nmetadata:\n  author: ana\n')
      .replace(/\n---\n/, '\n---\nFirst words.\n');
    const back = fromAgentSkill(edited, name);
    expect(back.text).toContain('\nFirst words.\n');
    const expected = formatSkill(text, {
      keys: { description: 'Another one', license: 'MIT', metadata: { author: 'ana' } }
    });
    expect(back.text.replace('First words.\n', '')).toBe(expected);
    // Its own folder, copied under another name, is another skill.
    const copied = strict.replace(`name: ${name}`, 'name: my-vqe');
    expect(parseSkill(fromAgentSkill(copied, 'my-vqe').text, 'x.md').skill?.id).toBe(
      'my-vqe'
    );
  });

  it('give ids that strict names may not have back', () => {
    const text = '---\nname: Odd\ndescription: An odd id\n---\n';
    const strict = toAgentSkill(text, 'skills/a--b-.md');
    expect(strict.name).toBe('a-b');
    expect(faults(strict.text, 'a-b')).toEqual([]);
    expect(fromAgentSkill(strict.text, 'a-b')).toEqual({ id: 'a--b-', text });
  });

  it('shorten a description that is too long, without losing it', () => {
    const text = `---\nname: long\ndescription: ${'word '.repeat(300)}\n---\n`;
    const strict = toAgentSkill(text, 'long.md');
    expect(faults(strict.text, 'long')).toEqual([]);
    expect(fromAgentSkill(strict.text, 'long').text).toBe(text);
  });

  it('lose nothing of any skill (property)', () => {
    const word = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 });
    const value = fc.oneof(word, fc.integer(), fc.boolean(), fc.array(word));
    const keys = fc.dictionary(
      fc.constantFrom(
        'license',
        'note',
        'x-y',
        'allowed-tools',
        'compatibility',
        'category'
      ),
      value
    );
    fc.assert(
      fc.property(
        fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,20}$/),
        word.filter(text => text.trim() !== ''),
        keys,
        fc.string({ unit: 'grapheme' }),
        fc.constantFrom('\n', '\r\n'),
        (id, description, more, body, eol) => {
          const base = `---${eol}name: A name # with a remark${eol}---${eol}${body}`;
          const text = formatSkill(base, { keys: { description, ...more } });
          fc.pre(!text.includes('\0'));
          const file = `skills/${id}.md`;
          const strict = toAgentSkill(text, file);
          expect(faults(strict.text, strict.name)).toEqual([]);
          expect(fromAgentSkill(strict.text, strict.name)).toEqual({ id, text });
          // And once more: what came back goes out the same.
          expect(toAgentSkill(text, file)).toEqual(strict);
        }
      ),
      { numRuns: 150 }
    );
  });
});

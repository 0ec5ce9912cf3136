import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import {
  findFences,
  idFromPath,
  parseSkill,
  type IExecutableSkill,
  type ISkill
} from '../../src/index';

const FOLDER = join(__dirname, '../fixtures/shapes');
const FILES = readdirSync(FOLDER, { recursive: true })
  .map(String)
  .filter(file => file.endsWith('.md'))
  .sort();

function load(file: string): ISkill {
  const { skill, problems } = parseSkill(
    readFileSync(join(FOLDER, file), 'utf8'),
    file
  );
  expect(problems).toEqual([]);
  if (!skill) {
    throw new Error(`${file} does not load`);
  }
  return skill;
}

function loadExecutable(file: string): IExecutableSkill {
  const skill = load(file);
  if (skill.kind !== 'executable') {
    throw new Error(`${file} is no executable skill`);
  }
  return skill;
}

describe('parseSkill', () => {
  it.each(FILES)('reads %s without a problem', file => {
    expect(load(file).description).not.toBe('');
  });

  it('reads every key of an executable skill', () => {
    const { body, ...skill } = loadExecutable('quantum-vqe.md');
    expect(body.startsWith('Free Markdown')).toBe(true);
    expect(skill).toEqual({
      kind: 'executable',
      id: 'quantum-vqe',
      name: 'VQE Optimizer',
      description:
        'Finds the ground-state energy of a Hamiltonian with a variational circuit.',
      category: 'quantum',
      keywords: ['vqe', 'eigenvalue', 'ground state'],
      aliases: ['quantum-vqe-node'],
      type: 'qiskit',
      mode: 'browser-wasm',
      pure: true,
      inputs: [
        {
          name: 'hamiltonian',
          type: 'object',
          required: true,
          description: 'Pauli sum'
        },
        {
          name: 'iterations',
          type: 'integer',
          default: 100,
          minimum: 1,
          maximum: 10000
        }
      ],
      outputs: [
        { name: 'eigenvalue', type: 'number', unit: 'Ha' },
        { name: 'convergence_trace', type: 'array<number>', unit: 'Ha' }
      ],
      code: 'def execute(inputs):\n    return {"eigenvalue": -1.0, "convergence_trace": []}\n',
      codeLine: 23,
      objective: 'minimise eigenvalue'
    });
  });

  it('reads a file without type as a context skill, code or not', () => {
    const skill = load('context-note.md');
    expect(skill).toMatchObject({ kind: 'context', category: 'guides' });
    expect(skill).not.toHaveProperty('code');
  });

  it('takes the id from the file name when none is written', () => {
    expect(load('no-id-from-name.md').id).toBe('no-id-from-name');
  });

  it('reads language, tags and a spice type as today’s keys', () => {
    expect(loadExecutable('older-keys.md')).toMatchObject({
      type: 'python-wasm',
      keywords: ['old', 'style'],
      code: "result = {'y': inputs.get('x', 1)}\n"
    });
    expect(loadExecutable('spice-alias.md').type).toBe('ngspice');
  });

  it('takes the first block in the runtime’s language', () => {
    const skill = loadExecutable('two-blocks.md');
    expect(skill.code).toBe('def execute(inputs):\n    return {}\n');
    expect(skill.codeLine).toBe(17);
  });

  it('gives code with plain line ends, whatever the file has', () => {
    const skill = loadExecutable('crlf.md');
    expect(skill.code).toBe("def execute(inputs):\n    return {'y': 1}\n");
    expect(skill.keywords).toEqual(['a', 'b']);
    expect(skill.codeLine).toBe(12);
  });

  it('takes the indentation of the fence off the code', () => {
    expect(loadExecutable('indented-fence.md').code).toBe(
      'def execute(inputs):\n    return {}\n'
    );
  });

  it('reads empty inputs in every notation as none', () => {
    for (const inputs of ['', ' []', ' {}', ' null']) {
      const text = `---\nname: N\ndescription: D.\ntype: threejs\ninputs:${inputs}\n---\n~~~js\nscene.add(x);\n~~~\n`;
      expect(parseSkill(text, 'x.md')).toMatchObject({
        skill: { inputs: [] },
        problems: []
      });
    }
  });

  it('reads an Agent Skill by its folder', () => {
    expect(load('pdf-forms/SKILL.md')).toMatchObject({
      kind: 'context',
      id: 'pdf-forms',
      name: 'pdf-forms',
      license: 'Apache-2.0',
      allowedTools: ['Bash(python:*)', 'Read', 'Write']
    });
  });

  it('finds the line of the code for tracebacks', () => {
    for (const file of FILES) {
      const text = readFileSync(join(FOLDER, file), 'utf8');
      const { skill } = parseSkill(text, file);
      if (skill?.kind === 'executable') {
        const line = text.split(/\r?\n/)[skill.codeLine - 1];
        expect(line?.trim()).toBe(skill.code.split('\n')[0]?.trim());
      }
    }
  });

  it('never throws', () => {
    const piece = fc.constantFrom(
      '---',
      '\n',
      '\r\n',
      'name: x',
      'description: y',
      'type: python-wasm',
      'inputs:',
      '  - ',
      '{ name: x, type: number }',
      '~~~python',
      '```',
      'def execute(inputs):',
      '&a',
      '*a',
      '!!js',
      '[',
      '{',
      '"',
      ': ',
      '\t',
      '__proto__: 1',
      '|',
      '? '
    );
    const text = fc
      .array(fc.oneof(piece, fc.string()), { maxLength: 30 })
      .map(parts => parts.join(''));
    fc.assert(
      fc.property(text, fc.string(), fc.boolean(), (body, file, front) => {
        const { skill, problems } = parseSkill(front ? `---\n${body}` : body, file);
        expect(skill !== null || problems.length > 0).toBe(true);
        expect(problems.every(problem => problem.line >= 1)).toBe(true);
      }),
      { numRuns: 500 }
    );
  });
});

describe('idFromPath', () => {
  it.each([
    ['system:skills/quantum-vqe.md', 'quantum-vqe'],
    ['skills/pdf-forms/SKILL.md', 'pdf-forms'],
    ['user:SKILL.md', 'user'],
    ['SKILL.md', 'SKILL'],
    ['a\\b\\c.markdown', 'c'],
    ['', '']
  ])('reads %s as %s', (path, id) => {
    expect(idFromPath(path)).toBe(id);
  });
});

describe('findFences', () => {
  it('follows CommonMark: lengths, kinds and info strings', () => {
    const text = '````py {a=1}\n```\nx\n~~~\n````\n\n``` no`pe\n~~~ {.js}\ny\n~~~~\n';
    expect(
      findFences(text).map(({ language, code, line }) => [language, code, line])
    ).toEqual([
      ['py', '```\nx\n~~~\n', 1],
      ['js', 'y\n', 8]
    ]);
  });
});

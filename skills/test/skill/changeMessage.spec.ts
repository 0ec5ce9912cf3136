import { skillChangeMessage } from '../../src/skill/changeMessage';

const skill = (input: string, code = 'return {"y": 1}'): string =>
  [
    '---',
    'skill_id: curve',
    'name: Curve',
    'description: Computes a curve.',
    'type: python-wasm',
    'category: maths',
    'inputs:',
    `  - ${input}`,
    'outputs:',
    '  - { name: y, type: number }',
    '---',
    'Text.',
    '',
    '```python',
    'def execute(inputs):',
    `    ${code}`,
    '```',
    ''
  ].join('\n');
const COUNT = '{ name: n, type: integer, default: 100 }';

describe('skillChangeMessage', () => {
  it.each([
    ['a new file', null, skill(COUNT), 'skill: Add curve'],
    ['a deleted file', skill(COUNT), null, 'skill: Delete curve'],
    [
      'a default',
      skill(COUNT),
      skill('{ name: n, type: integer, default: 200 }'),
      'skill: Update curve\n\n- default of input n: 100 → 200'
    ],
    [
      'an input under another name',
      skill(COUNT),
      skill('{ name: m, type: integer, default: 100 }'),
      'skill: Update curve\n\n- new input m\n- input n taken away'
    ],
    [
      'code',
      skill(COUNT),
      skill(COUNT, 'return {"y": 2}'),
      'skill: Update curve\n\n- code'
    ],
    [
      'text',
      skill(COUNT),
      skill(COUNT).replace('Text.', 'Words.'),
      'skill: Update curve\n\n- text'
    ],
    [
      'a file that does not parse',
      skill(COUNT),
      '---\nbroken: [\n---\n',
      'skill: Update curve\n\n- text'
    ]
  ])('tells of %s', (_, before, after, message) => {
    expect(skillChangeMessage('skills/curve.md', before, after)).toBe(message);
  });

  it('names a file that never parsed by its path', () => {
    expect(skillChangeMessage('skills/odd.md', null, '---\n[\n---\n')).toBe(
      'skill: Add odd'
    );
  });

  it('lists a dozen changes and counts the rest', () => {
    const inputs = (count: number): string =>
      Array.from({ length: count }, (_, at) => `{ name: a${at}, type: number }`).join(
        '\n  - '
      );
    const message = skillChangeMessage('c.md', skill(inputs(1)), skill(inputs(21)));
    expect(message.split('\n')).toHaveLength(15);
    expect(message).toMatch(/- and 8 more$/);
  });
});

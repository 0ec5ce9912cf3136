import '../browser';

import { categoryLook } from '../../src/skills/category';
import { bodyText, portText } from '../../src/skills/skillText';
import { contextOf, entryOf } from './fixtures';

describe('bodyText', () => {
  it('leaves the code block out, and nothing else', () => {
    const code = 'def execute(inputs):\n    return {}';
    const body = `Intro.\n\n~~~python\n${code}\n~~~\n\nMore:\n\n\`\`\`python\nx = 1\n\`\`\`\n`;
    const { skill } = entryOf('a', { body, code: `${code}\n` });
    expect(bodyText(skill)).toBe('Intro.\n\nMore:\n\n```python\nx = 1\n```');
  });

  it('keeps all of a context skill', () => {
    expect(bodyText(contextOf('a').skill)).toBe('## Approach\nThink.');
  });
});

describe('portText', () => {
  it('writes defaults and limits as people read them', () => {
    expect(
      portText({ name: 'n', type: 'integer', default: 3, minimum: 1, unit: 'm' })
    ).toMatchObject({ fallback: '3', limits: '≥ 1', unit: 'm', isRequired: false });
    expect(
      portText({ name: 'kind', type: 'string', required: true, enum: ['a', 'b'] })
    ).toMatchObject({ fallback: undefined, limits: '"a", "b"', isRequired: true });
    const long = portText({ name: 'xs', type: 'array', default: Array(99).fill(1) });
    expect(long.fallback).toHaveLength(40);
  });
});

describe('categoryLook', () => {
  it('is steady, also for a category that is not known', () => {
    expect(categoryLook('Quantum')).toBe(categoryLook('quantum'));
    expect(categoryLook('zoology')).toEqual(categoryLook('zoology'));
    expect(categoryLook('zoology').hue).not.toBe(categoryLook('botany').hue);
  });
});

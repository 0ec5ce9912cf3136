import { parseSkill } from '@llmos-lab/skills';
import type { ISkillEntry } from '../../../src/host/tokens';
import { encodeIndex } from '../../../src/host/answers/entries';

const TEXT = `---
skill_id: half
name: Half
description: Halves a number.
category: test
keywords: [divide]
aliases: [halve]
type: python-wasm
inputs:
  - { name: x, type: number, default: 4, unit: m }
outputs:
  - { name: y, type: number }
---
~~~python
def execute(inputs):
    return {"y": inputs["x"] / 2}
~~~
`;

function entry(text: string, path: string): ISkillEntry {
  const { skill } = parseSkill(text, path);
  if (!skill) {
    throw new Error('The fixture is broken.');
  }
  return {
    skill,
    volume: 'user',
    path,
    text,
    version: 'sha256:1',
    shadows: ['system:x']
  };
}

describe('encodeIndex', () => {
  it('gives Python what it calls, under the agreed names', () => {
    const entries = [entry(TEXT, 'user:skills/half.md')];
    expect(
      JSON.parse(
        encodeIndex({ entries, shadowed: [], earlier: [], volumes: ['user', 'system'] })
      )
    ).toEqual({
      places: ['user', 'system'],
      entries: [
        {
          id: 'half',
          aliases: ['halve'],
          name: 'Half',
          description: 'Halves a number.',
          category: 'test',
          keywords: ['divide'],
          type: 'python-wasm',
          mode: 'browser-wasm',
          pure: true,
          inputs: [{ name: 'x', type: 'number', default: 4, unit: 'm' }],
          outputs: [{ name: 'y', type: 'number' }],
          code: 'def execute(inputs):\n    return {"y": inputs["x"] / 2}\n',
          codeLine: 15,
          version: 'sha256:1',
          volume: 'user',
          path: 'user:skills/half.md',
          shadows: ['system:x']
        }
      ]
    });
  });

  it('gives nearer volumes first, and hidden skills last for pinned calls', () => {
    const far = { ...entry(TEXT, 'system:skills/a.md'), volume: 'system' };
    const near = entry(TEXT, 'user:skills/b.md');
    const index = {
      entries: [far, near],
      shadowed: [far],
      earlier: [],
      volumes: ['user', 'system']
    };
    const { entries } = JSON.parse(encodeIndex(index)) as { entries: ISkillEntry[] };
    expect(entries.map(({ volume }) => volume)).toEqual(['user', 'system', 'system']);
  });

  it('leaves context skills out: they guide, and cannot be called', () => {
    const text = '---\nname: Note\ndescription: Says how.\n---\nText\n';
    const entries = [entry(text, 'user:skills/note.md')];
    expect(
      JSON.parse(encodeIndex({ entries, shadowed: [], earlier: [], volumes: [] }))
    ).toMatchObject({
      entries: []
    });
  });
});

import { layerSkills, parseSkill, type ISkill } from '../../src/index';

function skill(id: string, aliases = ''): ISkill {
  const text = `---\nskill_id: ${id}\nname: N\ndescription: D.\naliases: [${aliases}]\n---\n`;
  const parsed = parseSkill(text, 'x.md').skill;
  if (!parsed) {
    throw new Error('does not load');
  }
  return parsed;
}
const file = (volume: string, id: string, aliases = '') => ({
  skill: skill(id, aliases),
  path: `${volume}:skills/${id}.md`
});

describe('layerSkills', () => {
  const library = layerSkills([
    { volume: 'user', skills: [file('user', 'b')] },
    { volume: 'team', skills: [file('team', 'c', 'old'), file('team', 'b')] },
    { volume: 'system', skills: [file('system', 'b'), file('system', 'a', 'old, c')] }
  ]);

  it('puts the nearest skill of an id in force and says what it hides', () => {
    expect(library.get('b')).toMatchObject({
      volume: 'user',
      file: { path: 'user:skills/b.md' },
      shadows: [
        { volume: 'team', path: 'team:skills/b.md' },
        { volume: 'system', path: 'system:skills/b.md' }
      ]
    });
  });

  it('lists one entry an id, sorted', () => {
    expect(library.skills.map(entry => entry.file.skill.id)).toEqual(['a', 'b', 'c']);
  });

  it('finds by alias, nearest volume first, and an id before any alias', () => {
    expect(library.get('old')?.file.skill.id).toBe('c');
    expect(library.get('c')?.volume).toBe('team');
    expect(library.get('none')).toBeUndefined();
  });
});

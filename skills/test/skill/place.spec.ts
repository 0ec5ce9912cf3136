import { skillPlace } from '../../src';

describe('skillPlace', () => {
  it.each([
    ['skills/amp.md', '', 'amp', 'skills/amp', true],
    ['user:skills/amp.md', 'user', 'amp', 'user:skills/amp', true],
    ['team-x:skills/amp/SKILL.md', 'team-x', 'amp', 'team-x:skills/amp', true],
    ['skills/amp/skill.md', '', 'amp', 'skills/amp', true],
    ['skills/amp/fooSKILL.md', '', 'amp', 'skills/amp', false],
    ['skills/amp/data/SKILL.md', '', 'amp', 'skills/amp', false],
    ['skills/amp', '', 'amp', 'skills/amp', false],
    ['user:skills/amp/models/bjt.lib', 'user', 'amp', 'user:skills/amp', false]
  ])('finds the skill of %s', (path, drive, id, folder, isOwn) => {
    expect(skillPlace(path)).toEqual({ drive, id, folder, isOwn });
  });

  it.each(['skills', 'skills/', 'user:', 'a/skills/b.md', 'notes.md', 'myskills/a.md'])(
    'finds none for %s',
    path => {
      expect(skillPlace(path)).toBeNull();
    }
  );
});

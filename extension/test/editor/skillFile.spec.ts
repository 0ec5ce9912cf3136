import '../browser';

import { DocumentRegistry } from '@jupyterlab/docregistry';

import { preferSkillEditor } from '../../src/editor/registry';
import { isSkillFile, SKILL_EDITOR } from '../../src/editor/skillFile';

describe('isSkillFile', () => {
  it.each([
    ['user:skills/a.md', true],
    ['system:skills/pdf-forms/SKILL.md', true],
    ['user:skills/a/notes.md', false],
    ['user:notes/a.md', false],
    ['user:evolution/candidates/a.md', true],
    ['user:evolution/runs.jsonl', false],
    ['evolution/candidates/a.md', false],
    ['skills/a.md', false],
    ['user:skills/a.txt', false]
  ])('%s: %s', (path, expected) => expect(isSkillFile(path)).toBe(expected));
});

describe('preferSkillEditor', () => {
  it('puts the skill editor first for skill files and nowhere else', () => {
    const registry = new DocumentRegistry();
    for (const name of ['Editor', SKILL_EDITOR]) {
      registry.addWidgetFactory({
        name,
        fileTypes: ['markdown'],
        defaultFor: name === 'Editor' ? ['markdown'] : []
      } as unknown as DocumentRegistry.WidgetFactory);
    }
    preferSkillEditor(registry);
    const names = (path: string): string[] =>
      registry.preferredWidgetFactories(path).map(({ name }) => name);
    expect(names('user:skills/a.md')).toEqual([SKILL_EDITOR, 'Editor']);
    expect(registry.defaultWidgetFactory('user:skills/a.md').name).toBe(SKILL_EDITOR);
    expect(names('notes.md')).toEqual(['Editor']);
  });
});

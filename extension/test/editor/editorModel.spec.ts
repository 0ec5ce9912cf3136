import '../browser';

import { newSkillText, toAgentSkill } from '@llmos-lab/skills';
import { Signal } from '@lumino/signaling';

import { SkillEditorModel } from '../../src/editor/editorModel';
import type { TestModel } from '../../src/editor/testModel';

const NOTE = '---\nname: A note\ndescription: Says how.\n---\nText\n';

function modelAt(path: () => string): SkillEditorModel {
  const owner = {};
  const test = { changed: new Signal(owner), dispose: () => Signal.clearData(owner) };
  return new SkillEditorModel(test as unknown as TestModel, path);
}

it('takes a SKILL.md that was exported for the skill that it is', () => {
  const { text } = toAgentSkill(newSkillText('a', 'A', 'javascript'), 'a.md');
  const model = modelAt(() => 'user:skills/a/SKILL.md');
  expect(model.setText(text)).toEqual([]);
  expect(model.skill?.kind).toBe('executable');
  const unknown = text.replace('type: javascript', 'type: cobol');
  const line = unknown.split('\n').findIndex(each => each.includes('cobol')) + 1;
  expect(model.setText(unknown)).toMatchObject([{ code: 'unknown-type', line }]);
  model.dispose();
});

it('reads a text once, and tells of what it says', () => {
  let path = 'user:skills/note.md';
  const model = modelAt(() => path);
  let count = 0;
  model.changed.connect(() => {
    count += 1;
  });
  expect(model.setText('---\nname: A\n---\n').map(({ code }) => code)).toContain(
    'missing-description'
  );
  expect(model.skill).toBeUndefined();
  expect(model.setText(NOTE)).toEqual([]);
  expect(model.setText(NOTE)).toEqual([]);
  expect([model.skill?.id, count]).toEqual(['note', 2]);
  path = 'user:skills/other.md';
  model.setText(NOTE);
  expect([model.skill?.id, count]).toEqual(['other', 3]);
  model.dispose();
});

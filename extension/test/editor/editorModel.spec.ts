import '../browser';

import { Signal } from '@lumino/signaling';

import { SkillEditorModel } from '../../src/editor/editorModel';
import type { TestModel } from '../../src/editor/testModel';

const NOTE = '---\nname: A note\ndescription: Says how.\n---\nText\n';

it('reads a text once, and tells of what it says', () => {
  const owner = {};
  const test = { changed: new Signal(owner), dispose: () => Signal.clearData(owner) };
  let path = 'user:skills/note.md';
  const model = new SkillEditorModel(test as unknown as TestModel, () => path);
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

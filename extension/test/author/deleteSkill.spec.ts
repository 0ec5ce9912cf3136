import '../page';

import { Notification } from '@jupyterlab/apputils';

import { addManageCommands } from '../../src/author/manageCommands';
import { CommandIDs } from '../../src/commands';
import { entryOf, libraryOf } from '../skills/fixtures';
import { answerDialog, Workbench } from '../session/workbench';

/** A skill that was applied automatically. */
const LEARNED = `---
skill_id: energies
name: energies
description: Of a molecule
type: python-wasm
learned: { v: 1, signature: s, date: '2026-11-21T10:00:00.000Z', runs: 5, users: 1, sessions: 5, success: 1 }
learned_members: [{ node: quantum-vqe, skill: quantum-vqe, version: 'sha256:1' }]
learned_replay: { verdict: accepted, reason: 3 of 3 runs agree., agreed: 3, replayed: 3, lower: 0.4 }
learned_draft: true
---
\`\`\`python
def execute(inputs):
    return {}
\`\`\`
`;
const PATH = 'user:skills/energies.md';
const REJECTED = 'user:evolution/rejected.jsonl';

describe('deleting a skill that was applied automatically', () => {
  let bench: Workbench;
  const textAt = (path: string): Promise<unknown> =>
    bench.contents.get(path, { content: true }).then(
      ({ content }) => content as unknown,
      () => null
    );
  const deleteIt = async (): Promise<void> => {
    const deleted = bench.commands.execute(CommandIDs.deleteSkill, { id: 'energies' });
    await answerDialog('Delete');
    await deleted;
  };
  const said = (): readonly string[] =>
    Notification.manager.notifications.map(({ message }) => message);
  /** Presses the button of the message that tells of the deletion. */
  const undo = async (): Promise<void> => {
    const written = new Promise<void>(done =>
      bench.contents.fileChanged.connect((_, { newValue }) => {
        if (newValue?.path === PATH) {
          done();
        }
      })
    );
    const actions = Notification.manager.notifications.flatMap(
      ({ options }) => options.actions ?? []
    );
    actions.find(({ label }) => label === 'Undo')?.callback(new MouseEvent('click'));
    await written;
  };

  beforeEach(async () => {
    bench = new Workbench();
    const { app, notebooks, trans } = bench.context;
    addManageCommands({
      ...{ app, notebooks, trans, contents: bench.contents },
      library: libraryOf(entryOf('energies', { volume: 'user' })).library,
      open: () => Promise.resolve()
    });
    await bench.contents.save('user:skills', { type: 'directory' });
    await bench.contents.save('user:evolution', { type: 'directory' });
    await bench.contents.save(PATH, { type: 'file', format: 'text', content: LEARNED });
  });
  afterEach(() => {
    Notification.manager.dismiss();
    bench.dispose();
  });

  it('remembers that it is not wanted', async () => {
    await deleteIt();
    expect(await textAt(PATH)).toBeNull();
    expect(await textAt(REJECTED)).toContain('"signature":"s"');
    expect(said()).toEqual([
      'Deleted "energies" from your volume. Its workflow is not proposed until you press Propose again in the panel.'
    ]);
  });

  it('can be undone also where that could not be written', async () => {
    await bench.contents.save(REJECTED, { type: 'directory' });
    await deleteIt();
    expect(await textAt(PATH)).toBeNull();
    expect(said()).toEqual([
      'Deleted "energies" from your volume.',
      expect.stringContaining('The workflow of "energies" may be proposed again: ')
    ]);
    await undo();
    expect(await textAt(PATH)).toBe(LEARNED);
  });

  it('can be undone also where the folder beside it stays', async () => {
    const folder = 'user:skills/energies';
    await bench.contents.save(folder, { type: 'directory' });
    const remove = bench.contents.delete.bind(bench.contents);
    const refused = jest
      .spyOn(bench.contents, 'delete')
      .mockImplementation(path =>
        path === folder ? Promise.reject(new Error('The disk is full.')) : remove(path)
      );
    await deleteIt();
    expect(await textAt(PATH)).toBeNull();
    expect(said()).toEqual([
      expect.stringContaining('Deleted "energies" from your volume.'),
      expect.stringContaining('Files of "energies" are still there: The disk is full.')
    ]);
    await undo();
    expect(await textAt(PATH)).toBe(LEARNED);
    refused.mockRestore();
  });
});

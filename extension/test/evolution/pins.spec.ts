/** @jest-environment node */
import 'fake-indexeddb/auto';

import type { ISkillEntry } from '@llmos-lab/kernel';
import { mine, propose } from '@llmos-lab/skills';

import { LIBRARY, vqeAndPlot } from '../../../skills/test/evolution/traces';
import { Pins } from '../../src/evolution/pins';
import { versionOf } from '../../src/promote/plan';
import type { IVolume } from '../../src/tokens';
import { DatabaseFileStore } from '../../src/volumes/databaseStore';
import { bytesOf } from '../volumes/bytes';
import { mergeFrom } from '../volumes/mergeFrom';

const AUTHOR = { name: 'Ana', email: 'ana@example.org', time: 1763719200 };
const MEMBER =
  '---\nskill_id: quantum-vqe\nname: VQE\ndescription: x\ntype: python-wasm\n---\n' +
  '```python\ndef execute(inputs):\n    return {}\n```\n';

describe('Pins', () => {
  let store: DatabaseFileStore;
  afterEach(() => store.dispose());

  const traces = [100, 150, 120, 130, 110].map(n => vqeAndPlot(n));

  /** A learned skill whose first member is pinned to a version. */
  const learnedWith = (version: string): ISkillEntry => {
    const { proposals } = propose(traces, {
      context: {
        date: '2026-11-21T10:00:00.000Z',
        taken: () => false,
        find: id => {
          const found = LIBRARY.get(id);
          return (
            found && { ...found, version: id === 'quantum-vqe' ? version : 'sha256:x' }
          );
        }
      }
    });
    const { skill, text } = proposals[0]?.compound ?? { skill: null, text: '' };
    if (!skill) {
      throw new Error(`No pattern among ${mine(traces).length}.`);
    }
    return {
      skill,
      text,
      version: 'sha256:learned',
      volume: 'user',
      path: '',
      shadows: []
    };
  };

  it.each([
    ['the history of its volume', false],
    ['what a merge has brought there', true]
  ])('finds the pinned version of a member in %s', async (_, merged) => {
    store = new DatabaseFileStore(`pins-${String(merged)}`, { folders: ['skills'] });
    const volume = { name: 'user', repository: store.repository } as IVolume;
    const version = await versionOf(bytesOf(MEMBER));
    const note = async (text: string): Promise<void> => {
      await store.write('skills/note.md', bytesOf(text));
      await store.repository.commit({ message: 'x', author: AUTHOR });
    };
    const edit = async (files: DatabaseFileStore): Promise<void> => {
      for (const text of [MEMBER, `${MEMBER}\nEdited.\n`]) {
        await files.write('skills/quantum-vqe.md', bytesOf(text));
        await files.repository.commit({ message: 'x', author: AUTHOR });
      }
    };
    if (merged) {
      await note('1');
      await mergeFrom(store, { theirs: edit, mine: () => note('2') });
    } else {
      await edit(store);
    }
    const index = {
      entries: [learnedWith(version)],
      shadowed: [],
      earlier: [] as readonly ISkillEntry[]
    };
    const pins = new Pins(index, () => [volume]);
    await pins.refresh();
    expect(index.earlier.map(entry => [entry.skill.id, entry.version])).toEqual([
      ['quantum-vqe', version]
    ]);
    await pins.refresh();
    expect(index.earlier).toHaveLength(1);
  });

  it('looks again for what could not be read', async () => {
    store = new DatabaseFileStore('pins-again', { folders: ['skills'] });
    const version = await versionOf(bytesOf(MEMBER));
    for (const text of [MEMBER, `${MEMBER}\nEdited.\n`]) {
      await store.write('skills/quantum-vqe.md', bytesOf(text));
      await store.repository.commit({ message: 'x', author: AUTHOR });
    }
    const { store: real } = store.repository;
    const log = jest
      .fn(real.log.bind(real))
      .mockRejectedValueOnce(new Error('The database is closed.'));
    const repository = { store: { log, read: real.read.bind(real) } };
    const volume = { name: 'user', repository } as unknown as IVolume;
    const index = {
      entries: [learnedWith(version)],
      shadowed: [],
      earlier: [] as readonly ISkillEntry[]
    };
    const pins = new Pins(index, () => [volume]);
    await expect(pins.refresh()).rejects.toThrow('The database is closed.');
    await pins.refresh();
    expect(index.earlier.map(entry => entry.version)).toEqual([version]);
  });
});

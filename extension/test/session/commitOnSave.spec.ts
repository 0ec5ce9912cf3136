/** @jest-environment node */
import 'fake-indexeddb/auto';

import type { Contents } from '@jupyterlab/services';
import type { ISecretFinding } from '@llmos-lab/skills';
import { Signal } from '@lumino/signaling';
import { commitSkillsOnSave } from '../../src/session/commitOnSave';
import { DatabaseFileStore } from '../../src/volumes/databaseStore';
import { bytesOf } from '../volumes/bytes';

const SKILL = (iterations: number): string =>
  [
    '---',
    'name: Count',
    'description: Counts.',
    'type: python-wasm',
    `inputs: [{ name: n, type: integer, default: ${iterations} }]`,
    'outputs: [{ name: m, type: integer }]',
    '---',
    '```python',
    'def execute(inputs):',
    '    return {"m": inputs["n"]}',
    '```',
    ''
  ].join('\n');

let count = 0;

describe('committing skills at each save', () => {
  let files: DatabaseFileStore;
  const drive = {};
  const fileChanged = new Signal<object, Contents.IChangedArgs>(drive);
  const errors: unknown[] = [];
  let held: {
    readonly path: string;
    readonly secrets: readonly ISecretFinding[];
    readonly commit: () => void;
  }[] = [];
  /** Resolves at the next commit. */
  const nextCommit = (): Promise<string> =>
    new Promise(resolve => {
      const onCommit = (_: unknown, oid: string): void => {
        files.repository.committed.disconnect(onCommit);
        resolve(oid);
      };
      files.repository.committed.connect(onCommit);
    });
  const emit = (
    type: Contents.IChangedArgs['type'],
    from?: string,
    to?: string
  ): void =>
    fileChanged.emit({
      type,
      oldValue: from === undefined ? null : { path: from },
      newValue: to === undefined ? null : { path: to }
    });
  const save = async (path: string, content: string): Promise<void> => {
    await files.write(path, bytesOf(content));
    emit('save', undefined, path);
  };
  const messages = async (): Promise<string[]> =>
    (await files.repository.store.log()).map(({ message }) => message);

  beforeEach(() => {
    held = [];
    files = new DatabaseFileStore(`on-save-${count++}`, { folders: ['skills'] });
    commitSkillsOnSave({
      drive: { fileChanged },
      repository: files.repository,
      author: () => ({ name: 'Ana', email: 'ana@example.org', time: 1e9 }),
      onError: (_, error) => errors.push(error),
      onSecrets: (path, secrets, commit) => held.push({ path, secrets, commit })
    });
  });
  afterEach(() => {
    Signal.clearData(drive);
    files.dispose();
    expect(errors).toEqual([]);
  });

  it('says what changed', async () => {
    const first = nextCommit();
    await save('skills/count.md', SKILL(100));
    await first;
    const second = nextCommit();
    await save('skills/count.md', SKILL(120));
    await second;
    expect(await messages()).toEqual([
      'skill: Update count\n\n- default of input n: 100 → 120',
      'skill: Add count'
    ]);
    expect(await files.repository.status()).toEqual([]);
  });

  it('commits a renamed and a deleted skill, and nothing else of the volume', async () => {
    await save('notes.txt', 'mine');
    const first = nextCommit();
    await save('skills/count.md', SKILL(1));
    await first;
    const second = nextCommit();
    await files.move('skills/count.md', 'skills/number.md');
    emit('rename', 'skills/count.md', 'skills/number.md');
    await second;
    const third = nextCommit();
    await files.remove('skills/number.md');
    emit('delete', 'skills/number.md');
    await third;
    expect(await messages()).toEqual([
      'skill: Delete number',
      'skill: Delete count\n\nskill: Add number',
      'skill: Add count'
    ]);
    expect(await files.repository.status()).toEqual([
      { path: 'notes.txt', change: 'added' }
    ]);
  });

  it('commits folder skills, the files beside skills, and folders as a whole', async () => {
    await files.makeDirectory('skills/count');
    const first = nextCommit();
    await save('skills/count/SKILL.md', SKILL(1));
    await first;
    const second = nextCommit();
    await save('skills/count/data.csv', '1,2');
    await second;
    const third = nextCommit();
    await files.move('skills/count', 'skills/sum');
    emit('rename', 'skills/count', 'skills/sum');
    await third;
    expect(await messages()).toEqual([
      'skill: Delete count\n\nskill: Add sum\n\nskill: Delete skills/count/data.csv\nskill: Add skills/sum/data.csv',
      'skill: Add skills/count/data.csv',
      'skill: Add count'
    ]);
    expect(await files.repository.status()).toEqual([]);
  });

  it('holds back what looks like a secret until a person lets it through', async () => {
    const secret = `sk-${'a1B2'.repeat(6)}`;
    await save('skills/key.md', `${SKILL(1)}\nKey: ${secret}\n`);
    const next = nextCommit();
    // What is saved after it does not wait.
    await save('skills/count.md', SKILL(1));
    await next;
    expect(held).toMatchObject([
      { path: 'skills/key.md', secrets: [{ kind: 'api-key', path: 'skills/key.md' }] }
    ]);
    expect(await files.repository.status()).toMatchObject([{ path: 'skills/key.md' }]);
    const allowed = nextCommit();
    held[0]?.commit();
    await allowed;
    expect(await files.repository.status()).toEqual([]);
    // What the history has already is no news.
    const later = nextCommit();
    await save('skills/key.md', `${SKILL(2)}\nKey: ${secret}\n`);
    await later;
    expect(held).toHaveLength(1);
  });
});

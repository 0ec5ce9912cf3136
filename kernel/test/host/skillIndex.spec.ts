import type { Contents } from '@jupyterlab/services';
import { toAgentSkill } from '@llmos-lab/skills';
import { Signal } from '@lumino/signaling';
import { SkillIndex } from '../../src/host/skillIndex';
import { hashText } from '../../src/host/volumeReader';

/** Contents over plain texts, by path with drive. */
class FakeContents {
  readonly files = new Map<string, string>();
  readonly drives = new Set(['user', 'system']);
  readonly fileChanged = new Signal<Contents.IManager, Contents.IChangedArgs>(
    this as unknown as Contents.IManager
  );

  driveName(path: string): string {
    const drive = path.split(':')[0] ?? '';
    return this.drives.has(drive) ? drive : '';
  }

  /** Paths that fail, with the reason. */
  readonly broken = new Map<string, Error>();

  get(path: string): Promise<Contents.IModel> {
    const reason = this.broken.get(path);
    if (reason) {
      return Promise.reject(reason);
    }
    const text = this.files.get(path);
    if (text !== undefined) {
      return Promise.resolve(model(path, 'file', text));
    }
    const inside = [...this.files.keys()].filter(name => name.startsWith(`${path}/`));
    if (inside.length === 0) {
      const response = { status: 404 };
      return Promise.reject(Object.assign(new Error(`No ${path}`), { response }));
    }
    const names = new Map(
      inside.map(name => {
        const [first = '', ...rest] = name.slice(path.length + 1).split('/');
        return [first, rest.length ? 'directory' : 'file'] as const;
      })
    );
    const children = [...names].map(([name, type]) =>
      model(`${path}/${name}`, type, null)
    );
    return Promise.resolve(model(path, 'directory', children));
  }

  change(path: string): void {
    this.fileChanged.emit({ type: 'save', oldValue: null, newValue: { path } });
  }
}

function model(path: string, type: string, content: unknown): Contents.IModel {
  const name = path.split('/').pop() ?? path;
  return {
    ...{ name, path, type, content, writable: true, created: '', last_modified: '' },
    ...{ mimetype: '', format: type === 'file' ? 'text' : 'json' }
  };
}

function skillText(id: string, name: string, more = ''): string {
  return [
    '---',
    `skill_id: ${id}`,
    `name: ${name}`,
    'description: Adds nothing.',
    'category: test',
    'type: python-wasm',
    ...(more ? [more] : []),
    'outputs:',
    '  - { name: y, type: number }',
    '---',
    '~~~python',
    'def execute(inputs):',
    '    return {"y": 1}',
    '~~~',
    ''
  ].join('\n');
}

function makeIndex(contents: FakeContents): SkillIndex {
  return new SkillIndex({ contents, start: Promise.resolve() });
}

describe('SkillIndex', () => {
  let contents: FakeContents;

  beforeEach(() => {
    contents = new FakeContents();
    contents.files.set('system:skills/b.md', skillText('b', 'System B'));
    contents.files.set('system:skills/a.md', skillText('a', 'A', 'aliases: [old-a]'));
  });

  it('lists the skills of all volumes, sorted by id', async () => {
    const index = makeIndex(contents);
    await index.ready;
    expect(index.entries.map(entry => entry.skill.id)).toEqual(['a', 'b']);
    expect(index.problems).toEqual([]);
    expect(index.revision).toBe(1);
  });

  it('lets a nearer volume shadow the farther one, visibly', async () => {
    contents.files.set('user:skills/b.md', skillText('b', 'My B'));
    const index = makeIndex(contents);
    await index.ready;
    expect(index.get('b')).toMatchObject({
      volume: 'user',
      path: 'user:skills/b.md',
      skill: { name: 'My B' },
      shadows: ['system:skills/b.md']
    });
  });

  it('finds skills by alias, and prefers an id', async () => {
    const index = makeIndex(contents);
    await index.ready;
    expect(index.get('old-a')?.skill.id).toBe('a');
    contents.files.set('user:skills/old-a.md', skillText('old-a', 'Its own'));
    await index.refresh('user');
    expect(index.get('old-a')?.skill.name).toBe('Its own');
  });

  it('takes an alias from the nearer volume, and tells of one that is taken', async () => {
    contents.files.set('user:skills/z.md', skillText('z', 'Z', 'aliases: [old-a]'));
    contents.files.set('user:skills/y.md', skillText('y', 'Y', 'aliases: [z]'));
    const index = makeIndex(contents);
    await index.ready;
    expect(index.get('old-a')?.skill.id).toBe('z');
    expect(index.problems).toMatchObject([
      { code: 'alias-taken', file: 'user:skills/y.md' }
    ]);
  });

  it('keeps what nearer volumes hide, for calls pinned to it', async () => {
    contents.files.set('user:skills/b.md', skillText('b', 'My B'));
    const index = makeIndex(contents);
    await index.ready;
    expect(index.shadowed.map(({ path }) => path)).toEqual(['system:skills/b.md']);
  });

  it('carries versions of before on, and tells that there are some', async () => {
    const index = makeIndex(contents);
    await index.ready;
    const { revision, entries } = index;
    const [before] = entries;
    index.earlier = before ? [before] : [];
    expect(index.earlier).toEqual([before]);
    expect(index.revision).toBe(revision + 1);
    expect(index.entries).toBe(entries);
  });

  it('reads only the file that was saved', async () => {
    const index = makeIndex(contents);
    await index.ready;
    const get = jest.spyOn(contents, 'get');
    contents.files.set('system:skills/b.md', skillText('b', 'Edited'));
    contents.change('system:skills/b.md');
    await index.settled();
    expect(get.mock.calls.map(([path]) => path)).toEqual(['system:skills/b.md']);
    contents.files.delete('system:skills/b.md');
    contents.change('system:skills/b.md');
    await index.settled();
    expect(index.get('b')).toBeUndefined();
    expect(index.problems).toEqual([]);
  });

  it('names the version by the bytes of the file', async () => {
    const index = makeIndex(contents);
    await index.ready;
    const text = contents.files.get('system:skills/a.md') ?? '';
    expect(index.get('a')?.version).toBe(await hashText(text));
    expect(await hashText('')).toBe(
      'sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
    );
  });

  it('keeps the rest of a volume when a folder in it cannot be read', async () => {
    contents.files.set('system:skills/pack/SKILL.md', skillText('pack', 'Pack'));
    contents.files.set('system:skills/bad/SKILL.md', skillText('bad', 'Bad'));
    contents.broken.set('system:skills/bad', new Error('The disk says no.'));
    const index = makeIndex(contents);
    await index.ready;
    expect(index.entries.map(entry => entry.skill.id)).toEqual(['a', 'b', 'pack']);
    expect(index.problems).toHaveLength(1);
    expect(index.problems[0]).toMatchObject({
      code: 'unreadable-file',
      file: 'system:skills/bad'
    });
    expect(index.problems[0]?.message).toMatch(/^The folder .*: The disk says no\./);
  });

  it('takes for missing only what has the status 404', async () => {
    const text = 'Request 404 of 1000 was not found in the quota.';
    contents.broken.set('system:skills', new Error(text));
    const index = makeIndex(contents);
    await index.ready;
    expect(index.entries).toEqual([]);
    // The user volume has no folder `skills`, which is no problem.
    expect(index.problems.map(problem => problem.file)).toEqual(['system:skills']);
    expect(index.problems[0]?.message).toContain(text);
  });

  it('keeps the rest of the library when a file is broken', async () => {
    contents.files.set('user:skills/broken.md', '---\nname: [\n---\n');
    const index = makeIndex(contents);
    await index.ready;
    expect(index.entries).toHaveLength(2);
    expect(index.problems[0]).toMatchObject({
      file: 'user:skills/broken.md',
      severity: 'error'
    });
  });

  it('reports an id that stands twice in one volume', async () => {
    contents.files.set('system:skills/z.md', skillText('a', 'Twin'));
    const index = makeIndex(contents);
    await index.ready;
    expect(index.get('a')?.skill.name).toBe('A');
    expect(index.problems).toMatchObject([
      { code: 'duplicate-id', file: 'system:skills/z.md' }
    ]);
  });

  it('reads SKILL.md in folders', async () => {
    contents.files.set('user:skills/c/SKILL.md', skillText('c', 'C'));
    const index = makeIndex(contents);
    await index.ready;
    expect(index.get('c')?.path).toBe('user:skills/c/SKILL.md');
  });

  it('reads one that was exported as what it is, with the version of its file', async () => {
    const text = skillText('c', 'C');
    const exported = toAgentSkill(text, 'c.md');
    contents.files.set('user:skills/c/SKILL.md', exported.text);
    const index = makeIndex(contents);
    await index.ready;
    const entry = index.get('c');
    expect(entry).toMatchObject({ text, version: await hashText(exported.text) });
    expect(entry?.skill).toMatchObject({
      ...{ kind: 'executable', name: 'C', type: 'python-wasm' },
      codeLine: exported.text.split('\n').indexOf('def execute(inputs):') + 1
    });
    expect(index.problems).toEqual([]);
  });

  it('uses an edited file once it has settled, and says so', async () => {
    const index = makeIndex(contents);
    await index.ready;
    let changes = 0;
    index.changed.connect(() => {
      changes++;
    });
    contents.files.set('system:skills/b.md', skillText('b', 'Edited'));
    contents.change('system:skills/b.md');
    await index.settled();
    expect(index.get('b')?.skill.name).toBe('Edited');
    expect([changes, index.revision]).toEqual([1, 2]);
  });

  it('keeps its revision when a read finds nothing new', async () => {
    const index = makeIndex(contents);
    await index.ready;
    contents.change('system:skills/b.md');
    await index.settled();
    expect(index.revision).toBe(1);
  });

  it('ignores changes outside the skill folders', async () => {
    const index = makeIndex(contents);
    await index.ready;
    contents.files.set('system:skills/b.md', skillText('b', 'Edited'));
    contents.change('system:notes.md');
    await index.settled();
    expect(index.get('b')?.skill.name).toBe('System B');
  });

  it('takes a volume that is not mounted as empty', async () => {
    contents.drives.delete('user');
    contents.files.set('user:skills/x.md', skillText('x', 'X'));
    const index = makeIndex(contents);
    await index.ready;
    expect(index.get('x')).toBeUndefined();
    expect(index.problems).toEqual([]);
  });

  it('reads in another order when the volumes change', async () => {
    contents.files.set('user:skills/b.md', skillText('b', 'My B'));
    const index = makeIndex(contents);
    await index.ready;
    index.volumes = ['system', 'user'];
    await index.settled();
    expect(index.get('b')?.volume).toBe('system');
  });

  it('hears nothing any more once disposed', async () => {
    const index = makeIndex(contents);
    await index.ready;
    index.dispose();
    index.dispose();
    contents.files.set('system:skills/b.md', skillText('b', 'Edited'));
    contents.change('system:skills/b.md');
    await index.settled();
    expect(index.get('b')?.skill.name).toBe('System B');
  });
});

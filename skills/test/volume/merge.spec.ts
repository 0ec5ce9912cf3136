import { createHash } from 'node:crypto';
import * as fc from 'fast-check';

import { checkSkills } from '../../src/skill/library';
import { encodeCommit, encodeTree, nameObject } from '../../src/volume/gitObject';
import { createMemoryDatabase } from '../../src/volume/memoryDatabase';
import {
  mergeBase,
  planMerge,
  resolveMerge,
  type IMergePlan,
  type MergeChoice
} from '../../src/volume/merge';
import { uniteLines } from '../../src/volume/mergeLines';
import { openObjectStore } from '../../src/volume/objectStore';
import type { IFileChange, IVolumeStore } from '../../src/volume/store';
import { AUTHOR, bytes } from './contract';

type Files = Readonly<Record<string, string>>;

const hash = (data: Uint8Array): Promise<string> =>
  Promise.resolve(createHash('sha1').update(data).digest('hex'));

/** A base and two branches of it, and what their merge says. */
class Fork {
  static async of(base: Files, mine: Files, theirs: Files): Promise<Fork> {
    const database = createMemoryDatabase();
    const open = (branch: string): IVolumeStore =>
      openObjectStore({ database, hash, branch });
    const start = await write(open('base'), {}, base, null);
    const store = open('main');
    await database.write({
      ...{ objects: [], ref: 'refs/heads/main', from: null, to: start },
      log: (await open('base').log())[0] as never
    });
    await database.write({
      ...{ objects: [], ref: 'refs/heads/theirs', from: null, to: start },
      log: (await open('base').log())[0] as never
    });
    const a = await write(store, base, mine, start);
    const b = await write(open('theirs'), base, theirs, start);
    const entries = await database.logEntries();
    const common = mergeBase(entries, a, b);
    expect(common).toBe(a === b ? a : start);
    return new Fork(store, await planMerge(store, common, a, b));
  }

  constructor(
    readonly store: IVolumeStore,
    readonly plan: IMergePlan
  ) {}

  get conflicts(): string[] {
    return this.plan.conflicts.map(({ path }) => path);
  }

  /** Commits the merge and gives back all files. */
  async merge(choices: Record<string, MergeChoice> = {}): Promise<Files> {
    const { store, plan } = this;
    const chosen = new Map(Object.entries(choices));
    const changes = await resolveMerge(store, plan, chosen);
    const oid = await store.commit(changes, 'Merge', AUTHOR, plan.mine, [plan.theirs]);
    expect((await store.log({ limit: 1 }))[0]?.parents).toEqual([
      plan.mine,
      plan.theirs
    ]);
    return filesOf(store, oid);
  }
}

async function write(
  store: IVolumeStore,
  before: Files,
  after: Files,
  parent: string | null
): Promise<string> {
  const gone = Object.keys(before).filter(path => !(path in after));
  const changes: IFileChange[] = [
    ...gone.map(path => ({ path, content: null })),
    ...Object.entries(after)
      .filter(([path, text]) => before[path] !== text)
      .map(([path, text]) => ({ path, content: bytes(text) }))
  ];
  return changes.length === 0 && parent !== null
    ? parent
    : store.commit(changes, 'Change', AUTHOR, parent);
}

async function filesOf(store: IVolumeStore, at: string): Promise<Files> {
  const files: Record<string, string> = {};
  for (const { path } of await store.diff(null, at)) {
    files[path] = new TextDecoder().decode((await store.read(path, at)) ?? undefined);
  }
  return files;
}

describe('a merge', () => {
  it('takes what only one side changed', async () => {
    const fork = await Fork.of(
      { 'a.md': '1', 'b.md': '1', 'c.md': '1' },
      { 'a.md': '2', 'b.md': '1', 'n.md': 'mine', 'c.md': '1' },
      { 'a.md': '1', 'b.md': '2', 'm/n.md': 'theirs' }
    );
    expect(fork.conflicts).toEqual([]);
    expect(await fork.merge()).toEqual({
      ...{ 'a.md': '2', 'b.md': '2', 'm/n.md': 'theirs', 'n.md': 'mine' }
    });
  });

  it('unites traces by line, in the order of their times', async () => {
    const line = (at: number): string => `{"started":"2026-11-21T10:0${at}:00.000Z"}\n`;
    const path = 'sessions/s-1/traces.jsonl';
    const fork = await Fork.of(
      { [path]: line(1) },
      { [path]: line(1) + line(3) },
      { [path]: line(1) + line(2) + line(4) }
    );
    expect(await fork.merge()).toEqual({
      [path]: line(1) + line(2) + line(3) + line(4)
    });
  });

  it('asks about other JSON Lines, whose order and equal rows mean something', async () => {
    const row = '{"x":1}\n';
    const path = 'data/samples.jsonl';
    const fork = await Fork.of(
      { [path]: row + row },
      { [path]: `${row}${row}{"x":2}\r\n` },
      { [path]: row + row + row }
    );
    expect(fork.conflicts).toEqual([path]);
    expect(Object.values(await fork.merge())).toEqual(
      expect.arrayContaining([`${row}${row}{"x":2}\r\n`, row + row + row])
    );
  });

  it('asks about records that are no UTF-8', async () => {
    const path = 'evolution/runs.jsonl';
    const sides = ['a', 'b', 'c'].map(text => bytes(`${text}\n`));
    const [base, mine, theirs] = sides.map(each => Uint8Array.of(0xff, ...each));
    const read = (_: string, at?: string): Promise<Uint8Array | null> =>
      Promise.resolve((at === '0' ? base : at === '1' ? mine : theirs) ?? null);
    const store = {
      read,
      diff: (from: string | null, to: string) =>
        Promise.resolve([{ path, from, to: `blob ${to}` }]),
      list: () => Promise.resolve([])
    };
    const plan = await planMerge(store, '0', '1', '2');
    expect(plan.conflicts.map(conflict => conflict.path)).toEqual([path]);
  });

  it.each<[MergeChoice | undefined, Files]>([
    ['mine', { 'a.ipynb': 'mine' }],
    ['theirs', { 'a.ipynb': 'theirs' }],
    ['both', { 'a.ipynb': 'mine', 'a (theirs).ipynb': 'theirs' }],
    [undefined, { 'a.ipynb': 'mine', 'a (theirs).ipynb': 'theirs' }]
  ])('keeps of a notebook that both changed: %s', async (choice, expected) => {
    const fork = await Fork.of(
      { 'a.ipynb': 'base' },
      { 'a.ipynb': 'mine' },
      { 'a.ipynb': 'theirs' }
    );
    expect(fork.conflicts).toEqual(['a.ipynb']);
    const files = await fork.merge(choice && { 'a.ipynb': choice });
    const plain = Object.entries(files).map(([path, text]) => [
      path.replace(/ [0-9a-f]{7}\)/, ')'),
      text
    ]);
    expect(Object.fromEntries(plain)).toEqual(expected);
  });

  it('gives a skill that is kept beside mine an id of its own', async () => {
    const path = 'skills/lens.md';
    const skill = (text: string, id = 'lens'): string =>
      `---\nskill_id: ${id}\nname: Lens\ndescription: x\naliases: [glass]\n---\n${text}\n`;
    const of = (theirs: string): Promise<Fork> =>
      Fork.of({ [path]: skill('1') }, { [path]: skill('2') }, { [path]: theirs });
    const fork = await of(skill('3'));
    const files = await fork.merge();
    const [, kept = ''] = Object.keys(files).sort().reverse();
    expect(files[path]).toBe(skill('2'));
    expect(kept).toMatch(/^skills\/lens \(theirs [0-9a-f]{7}\)\.md$/);
    const id = `lens-theirs-${fork.plan.theirs.slice(0, 7)}`;
    expect(files[kept]).toBe(skill('3', id).replace('aliases: [glass]\n', ''));
    const { problems } = checkSkills(
      Object.entries(files).map(([at, text]) => ({ path: at, text }))
    );
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    // What has another id already, or is no skill, stays as it is.
    for (const theirs of [skill('3', 'prism'), 'no front matter']) {
      expect(Object.values(await (await of(theirs)).merge())).toContain(theirs);
    }
  });

  it('cuts a long id of such a skill, and no hyphen stands twice where it is cut', async () => {
    // 64 characters may be in an id, of which the mark takes 15.
    const start = 'l'.repeat(48);
    const skill = (text: string): string =>
      `---\nskill_id: ${start}-${'s'.repeat(15)}\nname: Lens\ndescription: x\n---\n${text}\n`;
    const path = 'skills/lens.md';
    const fork = await Fork.of(
      { [path]: skill('1') },
      { [path]: skill('2') },
      { [path]: skill('3') }
    );
    const texts = Object.values(await fork.merge());
    expect(texts).toContain(
      skill('3').replace(
        /(?<=: )l.*/,
        `${start}-theirs-${fork.plan.theirs.slice(0, 7)}`
      )
    );
  });

  it('keeps what one side edited and the other deleted, unless that is chosen', async () => {
    const of = (): Promise<Fork> =>
      Fork.of({ 'a.md': '1', b: '' }, { b: '' }, { 'a.md': '2', b: '' });
    expect(await (await of()).merge()).toEqual({ 'a.md': '2', b: '' });
    expect(await (await of()).merge({ 'a.md': 'mine' })).toEqual({ b: '' });
    const other = await Fork.of(
      { 'a.md': '1', b: '' },
      { 'a.md': '2', b: '' },
      { b: '' }
    );
    expect(await other.merge()).toEqual({ 'a.md': '2', b: '' });
  });

  it('keeps a file beside the folder that took its name, and the other way', async () => {
    const one = await (await Fork.of({}, { 'a/b.md': '1' }, { a: '2' })).merge();
    expect(Object.keys(one)).toEqual(['a/b.md', expect.stringMatching(/^a \(theirs/)]);
    const two = await (await Fork.of({}, { a: '2' }, { 'a/b.md': '1' })).merge();
    expect(Object.keys(two)).toEqual([
      'a',
      expect.stringMatching(/^a \(theirs .*\/b\.md$/)
    ]);
  });

  it('loses no version of any file, and writes no markers', async () => {
    const path = fc.constantFrom('a', 'b.md', 'd/a.ipynb', 'd/b', 't.jsonl');
    const files = fc.dictionary(path, fc.constantFrom('1', '2', '3', '4'));
    await fc.assert(
      fc.asyncProperty(files, files, files, async (base, mine, theirs) => {
        const merged = await (await Fork.of(base, mine, theirs)).merge();
        const texts = Object.entries(merged);
        for (const side of [mine, theirs]) {
          for (const [name, text] of Object.entries(side)) {
            const isNew = base[name] !== text;
            const stem = name.replace(/\.[^.]*$/, '');
            if (isNew) {
              expect(
                texts.some(([p, t]) => p.startsWith(stem) && t.includes(text))
              ).toBe(true);
            }
          }
        }
        expect(texts.some(([, text]) => text.includes('<<<<'))).toBe(false);
      }),
      { numRuns: 60 }
    );
  });
});

describe('names that other systems refuse, pushed by others', () => {
  const ODD = ['a:b.csv', 'fu\u0308r.md', 'notes?.md'];
  let store: IVolumeStore;
  let database: ReturnType<typeof createMemoryDatabase>;
  let start: string;

  /** A commit as Git makes it, which knows no forbidden names. */
  const pushed = async (files: Files, parent: string): Promise<string> => {
    const blobs = await Promise.all(
      Object.values(files).map(text =>
        nameObject({ type: 'blob', body: bytes(text) }, hash)
      )
    );
    const items = Object.keys(files).map((name, at) => ({
      ...{ name, mode: '100644' as const, oid: blobs[at]?.oid ?? '' }
    }));
    const tree = await nameObject(encodeTree(items), hash);
    const body = { tree: tree.oid, parents: [parent], author: AUTHOR, message: 'Git' };
    const commit = await nameObject(encodeCommit(body), hash);
    await database.write({
      ...{ objects: [...blobs, tree, commit], ref: `refs/${commit.oid}`, from: null },
      ...{ to: commit.oid, log: { ...body, oid: commit.oid } }
    });
    return commit.oid;
  };

  beforeEach(async () => {
    database = createMemoryDatabase();
    store = openObjectStore({ database, hash });
    start = await write(store, {}, { 'a.md': '1' }, null);
  });

  it('can be merged, read, edited and deleted under these names', async () => {
    const odd = Object.fromEntries(ODD.map(name => [name, 'theirs']));
    const theirs = await pushed({ 'a.md': '1', ...odd }, start);
    const mine = await write(store, { 'a.md': '1' }, { 'a.md': '2' }, start);
    const plan = await planMerge(store, start, mine, theirs);
    const changes = await resolveMerge(store, plan, new Map());
    const oid = await store.commit(changes, 'Merge', AUTHOR, mine, [theirs]);
    expect(await filesOf(store, oid)).toEqual({ 'a.md': '2', ...odd });
    expect(await store.log({ path: 'notes?.md' })).toHaveLength(1);
    const edit = [
      { path: 'notes?.md', content: bytes('edited') },
      { path: 'a:b.csv', content: null }
    ];
    const next = await store.commit(edit, 'Edit', AUTHOR, oid);
    expect(Object.keys(await filesOf(store, next))).toEqual([
      ...['a.md', 'fu\u0308r.md', 'notes?.md']
    ]);
    const other = [{ path: 'other?.md', content: bytes('') }];
    await expect(store.commit(other, 'New', AUTHOR, next)).rejects.toMatchObject({
      code: 'bad-path'
    });
  });

  it('are kept beside under names that all systems take', async () => {
    const theirs = await pushed({ 'a.md': '1', 'notes?.md': 'theirs' }, start);
    const other = await pushed({ 'a.md': '1', 'notes?.md': 'other' }, start);
    const plan = await planMerge(store, start, theirs, other);
    expect(plan.conflicts).toMatchObject([
      { path: 'notes?.md', besidePath: `notes- (theirs ${other.slice(0, 7)}).md` }
    ]);
  });
});

describe('uniteLines', () => {
  const lines = fc
    .array(fc.constantFrom('a', 'b', 'c', '{"started":"2"}', '{"started":"1"}'))
    .map(all => [...new Set(all)].map(line => `${line}\n`).join(''));

  it('says the same whichever side is called mine, and keeps each new line once', () => {
    fc.assert(
      fc.property(lines, lines, lines, (base, mine, theirs) => {
        const united = uniteLines(base, mine, theirs);
        expect(uniteLines(base, theirs, mine)).toBe(united);
        const has = (text: string): string[] => text.split('\n').filter(Boolean).sort();
        const wanted = new Set(
          [...has(mine), ...has(theirs)].filter(
            line =>
              !has(base).includes(line) ||
              (has(mine).includes(line) && has(theirs).includes(line))
          )
        );
        expect(has(united)).toEqual([...wanted].sort());
      })
    );
  });

  it('changes nothing when one side did nothing', () => {
    fc.assert(
      fc.property(lines, lines, (base, mine) => {
        expect(uniteLines(base, mine, base).split('\n').sort()).toEqual(
          mine.split('\n').sort()
        );
      })
    );
  });
});

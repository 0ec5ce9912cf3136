/** @jest-environment node */
import type { ISkillEntry } from '@llmos-lab/kernel';
import { formatTrace, formatSession, type Actor, type ITrace } from '@llmos-lab/skills';

import { vqeAndPlot } from '../../../skills/test/evolution/traces';
import type { IVolume } from '../../src/tokens';
import { VolumeAccess } from '../../src/volumes/access';
import { DatabaseFileStore } from '../../src/volumes/databaseStore';
import { bytesOf, textOf } from '../volumes/bytes';
import { driveOf } from './driveOf';
import {
  AUTHOR,
  databaseName,
  ENTRIES,
  entriesOf,
  five,
  useEvolution,
  withSettings
} from './evolutionBench';

const bench = useEvolution();
const { start } = bench;

describe('for a team', () => {
  let stores: DatabaseFileStore[];
  let person: Actor;
  const team = (): DatabaseFileStore => stores[0] as DatabaseFileStore;

  beforeEach(() => {
    person = { kind: 'user', id: 'ana', teams: ['optics'] };
    const owner = { kind: 'team', id: 'optics' } as const;
    const access = new VolumeAccess(
      () => owner,
      () => person
    );
    const shared = new DatabaseFileStore(databaseName(), {
      folders: ['skills', 'sessions'],
      access
    });
    stores = [shared];
    const drive = { ...driveOf(shared), name: 'team-optics' };
    const { repository } = shared;
    bench.teams = [
      { name: 'team-optics', owner, drive, repository } as unknown as IVolume
    ];
  });
  afterEach(() => stores.forEach(each => each.dispose()));

  /** A session of somebody with these runs, in a volume. */
  const writeSession = async (
    place: DatabaseFileStore,
    { id, user }: { readonly id: string; readonly user: string },
    traces: readonly ITrace[]
  ): Promise<void> => {
    const folder = `sessions/${id}`;
    if (!(await place.stat(folder))) {
      await place.makeDirectory(folder);
    }
    const isOwn = place === bench.store;
    const session = formatSession({
      ...({ v: 1, id, name: `Session ${id}`, user, metadata: {} } as const),
      ...({ status: 'active', path: 'x.ipynb' } as const),
      volume: isOwn ? 'user' : 'team',
      volume_id: isOwn ? 'ana' : 'optics',
      created_at: '2026-11-21T10:00:00.000Z',
      updated_at: '2026-11-21T10:00:00.000Z'
    });
    await place.write(`${folder}/session.json`, bytesOf(session));
    const lines = traces.map(trace => `${formatTrace(trace)}\n`).join('');
    await place.write(`${folder}/traces.jsonl`, bytesOf(lines));
  };
  /** A committed session with these runs, in the person's own volume. */
  const commitSession = async (
    id: string,
    traces: readonly ITrace[]
  ): Promise<void> => {
    await writeSession(bench.store, { id, user: 'ana' }, traces);
    await bench.store.repository.commit({
      message: `session: Session ${id}\n\nStats:\n- 0 messages\n- 0 artifacts generated\n- ${traces.length} traces executed\n\n🤖 LLMunix Context Memory\n\nSession: ${id}`,
      author: AUTHOR
    });
  };
  /** A session of another member. */
  const ofMember = async (user: string, traces: readonly ITrace[]): Promise<void> => {
    const here = person;
    person = { kind: 'user', id: user, teams: ['optics'] };
    await writeSession(team(), { id: `s-${user}`, user }, traces);
    person = here;
  };

  it('copies nothing without consent, and learns nothing from one person', async () => {
    await commitSession('s-1', five());
    const evolution = start();
    expect(evolution.jobs.map(({ volume: name, shares }) => [name, shares])).toEqual([
      ['user', undefined],
      ['team-optics', false],
      ['system', undefined]
    ]);
    const run = await evolution.run('team-optics');
    expect(run).toMatchObject({ traces: 0, candidates: [] });
    expect(await team().stat('sessions/s-1')).toBeUndefined();
  });

  it('copies committed sessions with consent, and is surer of what several do', async () => {
    await commitSession('s-1', five());
    const settings = withSettings({ sharedTeams: ['optics'] });
    const alone = start({
      settings: withSettings({ ...settings.values, minTeamPeople: 1 })
    });
    expect(await alone.run('team-optics')).toMatchObject({ shared: 1, traces: 5 });
    const first = alone.candidates.find(each => each.volume === 'team-optics');
    await alone.reject('team-optics', first?.id ?? '', '');
    const [copied] = (await team().repository.store.log()).filter(({ message }) =>
      message.startsWith('session: ')
    );
    expect(copied?.message).toContain('Session: s-1');
    expect(textOf(await team().read('sessions/s-1/session.json'))).toContain(
      '"volume": "team"'
    );
    // Forget the refusal: another history, in which Ben works so too.
    await team().repository.apply({
      changes: [{ path: 'evolution/rejected.jsonl', content: bytesOf('') }],
      ...{ message: 'x', author: AUTHOR, actor: { kind: 'team-job', team: 'optics' } }
    });
    await ofMember(
      'ben',
      [160, 170, 180].map(n => vqeAndPlot(n))
    );
    const evolution = start({ settings });
    const run = await evolution.run('team-optics');
    expect(run).toMatchObject({ shared: 0, traces: 8 });
    const found = evolution.candidates.find(each => each.volume === 'team-optics');
    expect(found?.provenance.users).toBe(2);
    expect(found?.review.confidence).toBeGreaterThan(first?.review.confidence ?? 1);
    // Members may not write skills of a team; its job may, when one of them accepts.
    await evolution.accept('team-optics', found?.id ?? '');
    expect(await team().stat(`skills/${found?.id}.md`)).toBeTruthy();
  });

  it('renews the skill that the team has learned instead of making a twin', async () => {
    await ofMember('ben', five());
    await ofMember('cleo', five());
    const first = start();
    await first.run('team-optics');
    await first.accept('team-optics', 'vqe-convergence');
    await ofMember(
      'dora',
      Array.from({ length: 12 }, (_, at) => vqeAndPlot(200 + at))
    );
    const [own] = bench.teams;
    const evolution = start({
      entries: () =>
        own ? entriesOf(own, team()) : Promise.reject(new Error('no team'))
    });
    const run = await evolution.run('team-optics');
    expect(run).toMatchObject({ patterns: 1, candidates: ['vqe-convergence'] });
    const [update, more] = evolution.candidates;
    expect(more).toBeUndefined();
    expect(update).toMatchObject({ volume: 'team-optics', provenance: { users: 3 } });
    expect(update?.review.updates).toMatch(/^sha256:/);
    expect(update?.current).toContain('default: 120');
    await evolution.accept('team-optics', 'vqe-convergence');
    const [entry] = await team().repository.store.log();
    expect(entry?.message).toMatch(/^Evolution: Update skill vqe-convergence from 22/);
    const skills = await team().list('skills');
    expect(skills.map(({ path }) => path)).toEqual(['skills/vqe-convergence.md']);
  });

  it('renews its copies, but for those that were changed in the team', async () => {
    await commitSession('s-1', five());
    const evolution = start({ settings: withSettings({ sharedTeams: ['optics'] }) });
    expect(await evolution.run('team-optics')).toMatchObject({ shared: 1 });
    await commitSession('s-1', [...five(), vqeAndPlot(140)]);
    expect(await evolution.run('team-optics')).toMatchObject({ shared: 1 });
    expect(await evolution.run('team-optics')).toMatchObject({ shared: 0 });
    const path = 'sessions/s-1/traces.jsonl';
    await team().write(path, bytesOf('of the team\n'));
    await commitSession('s-1', five());
    await commitSession('s-2', [vqeAndPlot(150)]);
    const note = 'Session s-1 was not copied: its copy in the team was changed there';
    for (const shared of [1, 0]) {
      const run = await evolution.run('team-optics');
      expect(run).toMatchObject({ status: 'done', shared });
      expect(run?.notes?.[0]).toContain(note);
      expect(textOf(await team().read(path))).toBe('of the team\n');
      // First as an edit that is not committed, then as a commit.
      await team().repository.commit({ message: 'Edit', author: AUTHOR });
    }
  });

  it('takes files out of its copies that the session no longer has', async () => {
    const notes = 'sessions/s-1/notes/plan.md';
    await bench.store.makeDirectory('sessions/s-1');
    await bench.store.makeDirectory('sessions/s-1/notes');
    await bench.store.write(notes, bytesOf('Plan.\n'));
    await commitSession('s-1', five());
    const evolution = start({ settings: withSettings({ sharedTeams: ['optics'] }) });
    expect(await evolution.run('team-optics')).toMatchObject({ shared: 1 });
    expect(textOf(await team().read(notes))).toBe('Plan.\n');
    await bench.store.remove(notes);
    await commitSession('s-1', five());
    expect(await evolution.run('team-optics')).toMatchObject({ shared: 1 });
    expect(await team().stat(notes)).toBeUndefined();
    expect(await evolution.run('team-optics')).toMatchObject({ shared: 0 });
    // What a member of the team has added is theirs.
    await team().write('sessions/s-1/added.md', bytesOf('Ours.\n'));
    await team().repository.commit({ message: 'Add', author: AUTHOR });
    const run = await evolution.run('team-optics');
    expect(run).toMatchObject({ status: 'done', shared: 0, notes: [] });
    expect(textOf(await team().read('sessions/s-1/added.md'))).toBe('Ours.\n');
  });

  it('leaves out sessions with what looks like secrets, and says so', async () => {
    await commitSession('s-1', five());
    await bench.store.write(
      'sessions/s-1/chat.jsonl',
      bytesOf(['ghp', 'abcdefghijklmnopqrstuvwxyz0123456789'].join('_'))
    );
    await bench.store.repository.commit({ message: 'x', author: AUTHOR });
    const evolution = start({ settings: withSettings({ sharedTeams: ['optics'] }) });
    const run = await evolution.run('team-optics');
    expect(run?.shared).toBe(0);
    expect(run?.notes?.[0]).toContain('Session s-1 was not copied');
  });

  it('proposes for everybody what three people have used with success', async () => {
    const entry = { ...ENTRIES[0], volume: 'team-optics' } as ISkillEntry;
    const text = '---\nlearned_draft: true\n---\n';
    const { skill, version } = entry;
    const used = (user: string): ITrace => {
      const trace = vqeAndPlot(100, { user });
      const nodes = trace.nodes.map(node =>
        node.skill === skill.id ? { ...node, version } : node
      );
      return { ...trace, nodes };
    };
    await ofMember('ana', [used('ana')]);
    // Whoever a run says it is of, it counts for the owner of its session.
    await ofMember('ben', [used('ben'), used('dora'), used('emil')]);
    const evolution = start({ entries: () => Promise.resolve([entry]) });
    await evolution.run('system');
    expect(evolution.promotions).toEqual([]);
    await ofMember('cleo', [used('cleo')]);
    expect((await evolution.run('system'))?.promotions).toMatchObject([
      { id: skill.id, users: 3, runs: 5 }
    ]);
    const unseen = start({ entries: () => Promise.resolve([{ ...entry, text }]) });
    expect((await unseen.run('system'))?.promotions).toEqual([]);
    await evolution.run('system');
    const broken = start({ findPromotable: () => Promise.reject(new Error('full')) });
    expect(await broken.run('system')).toMatchObject({ status: 'failed' });
    expect(broken.promotions).toMatchObject([{ id: skill.id }]);
    const [promotion] = evolution.promotions;
    await (promotion && evolution.dismiss(promotion));
    await evolution.run('system');
    expect(evolution.promotions).toEqual([]);

    // It stands among what was turned down, and can be proposed again from there.
    const later = start({ entries: () => Promise.resolve([entry]) });
    await later.ready;
    const [refused] = later.rejections;
    expect(refused).toMatchObject({ id: skill.id, volume: 'user' });
    await (refused && later.allow(refused));
    await later.run('system');
    expect(later.promotions).toMatchObject([{ id: skill.id }]);
  });
});

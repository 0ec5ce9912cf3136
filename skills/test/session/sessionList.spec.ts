import fc from 'fast-check';
import { formatSession, type ISession } from '../../src/session/session';
import {
  changedAt,
  changeStatus,
  filterSessions,
  readSessions,
  renameSession,
  sessionOfPath,
  type ISessionSummary
} from '../../src/session/sessionList';

const SESSION: ISession = {
  ...{ v: 1, id: 's-1', name: 'Hydrogen', volume: 'user', volume_id: 'ana' },
  ...{ status: 'active', path: 'h2-vqe.ipynb', user: 'ana', metadata: {} },
  created_at: '2026-11-21T10:00:00.000Z',
  updated_at: '2026-11-21T10:00:00.000Z'
};
const NOW = '2026-11-21T12:00:00.000Z';

describe('readSessions', () => {
  it('reads what is there and tells apart what cannot be read', async () => {
    const files: Record<string, string> = {
      'sessions/s-1/session.json': formatSession(SESSION),
      'sessions/s-2/session.json': '{}',
      'sessions/s-3/session.json': formatSession(SESSION)
    };
    const { sessions, problems } = await readSessions({
      list: () => Promise.resolve(['s-3', 's-2', 's-1', 'empty', '.hidden']),
      text: path => Promise.resolve(files[path] ?? null)
    });
    expect(sessions).toEqual([SESSION]);
    expect(problems).toEqual([
      { id: 's-2', message: 'session.json: "v" must be 1; found nothing.' },
      { id: 's-3', message: 'session.json is that of "s-1", not of "s-3".' }
    ]);
  });
});

describe('filterSessions', () => {
  const summary = (more: Partial<ISession>, rest = {}): ISessionSummary => ({
    ...{ volume: 'user', isCommitted: false, commit: null },
    ...rest,
    session: { ...SESSION, ...more }
  });
  const list = [
    summary({ id: 's-1', name: 'Énergie' }),
    summary({ id: 's-2', status: 'paused', updated_at: NOW }),
    summary({ id: 's-3' }, { volume: 'team', isCommitted: true })
  ];
  const ids = (filter: Parameters<typeof filterSessions>[1]): string[] =>
    filterSessions(list, filter).map(({ session }) => session.id);

  it('puts the latest changed first', () => {
    expect(ids({})).toEqual(['s-2', 's-1', 's-3']);
  });

  it('takes the time of the commit where one came later than the record, as a restore does', () => {
    const restored = summary({}, { isCommitted: true, committed_at: NOW });
    expect(changedAt(restored)).toBe(NOW);
    expect(changedAt(summary({}, { committed_at: SESSION.created_at }))).toBe(
      SESSION.updated_at
    );
    const later = summary({ id: 's-9', updated_at: '2026-11-21T11:00:00.000Z' });
    expect(filterSessions([later, restored], {})).toEqual([restored, later]);
  });

  it('finds by words, volume, status and commit state', () => {
    expect(ids({ query: 'energie' })).toEqual(['s-1']);
    expect(ids({ query: 'VQE hydrogen s-2' })).toEqual(['s-2']);
    expect(ids({ volume: 'team' })).toEqual(['s-3']);
    expect(ids({ status: 'paused' })).toEqual(['s-2']);
    expect(ids({ isCommitted: true })).toEqual(['s-3']);
    expect(ids({ isCommitted: true, status: 'paused' })).toEqual([]);
  });

  it('never shows what the list does not have', () => {
    fc.assert(
      fc.property(fc.string(), query => {
        const found = filterSessions(list, { query });
        expect(found.every(item => list.includes(item))).toBe(true);
      })
    );
  });
});

describe('changing a session', () => {
  it('renames within the rules', () => {
    expect(renameSession(SESSION, 'New', NOW)).toMatchObject({
      name: 'New',
      updated_at: NOW
    });
    expect(renameSession(SESSION, '', NOW)).toEqual({
      problem: 'A session needs a name of 1 to 100 characters; this one is empty.'
    });
  });

  it('changes the status, and nothing when it has it', () => {
    expect(changeStatus(SESSION, 'paused', NOW)).toMatchObject({ status: 'paused' });
    expect(changeStatus(SESSION, 'active', NOW)).toBe(SESSION);
  });

  it('knows which session a path belongs to', () => {
    expect(sessionOfPath('sessions/s-1/artifacts/a.png')).toBe('s-1');
    expect(sessionOfPath('skills/a.md')).toBeNull();
    expect(sessionOfPath('sessions')).toBeNull();
  });
});

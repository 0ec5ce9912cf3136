import { readTraces, traceFile } from '../../src/evolution/traceFile';
import { formatSession } from '../../src/session/session';
import { formatTrace } from '../../src/session/trace';
import { vqeAndPlot } from './traces';

const sessionOf = (user: string): string =>
  formatSession({
    ...({ v: 1, id: 's-1', name: 'One', volume: 'team', volume_id: 'optics' } as const),
    ...({ status: 'active', path: 'x.ipynb', user, metadata: {} } as const),
    created_at: '2026-11-21T10:00:00.000Z',
    updated_at: '2026-11-21T10:00:00.000Z'
  });
const text = (...users: string[]): string =>
  users.map(user => `${formatTrace(vqeAndPlot(100, { user }))}\n`).join('');
const usersOf = (
  files: Parameters<typeof readTraces>[0],
  shared: boolean
): readonly string[] => readTraces(files, { shared }).traces.map(({ user }) => user);

describe('readTraces', () => {
  it('counts runs for the owner of the session, whatever they say', () => {
    const file = traceFile(text('ana', 'ben', 'cleo'), sessionOf('ana'));
    expect(usersOf([file], true)).toEqual(['ana', 'ana', 'ana']);
    expect(usersOf([file], false)).toEqual(['ana', 'ana', 'ana']);
  });

  it('takes runs of sessions without an owner for nobody’s where several people write', () => {
    const files = [
      traceFile(text('ana', 'ben'), null),
      traceFile(text('cleo'), '{"v": 1}')
    ];
    expect(usersOf(files, true)).toEqual(['', '', '']);
    expect(usersOf(files, false)).toEqual(['ana', 'ben', 'cleo']);
  });

  it('counts lines that it cannot read, and leaves turns of the assistant out', () => {
    const chat = JSON.stringify({
      ...{ v: 1, kind: 'chat', id: 'c', session: 's', user: 'ana', ms: 1 },
      ...{ started: '2026-11-21T10:00:00.000Z', status: 'success', prompt: 'Hi' },
      ...{ skills_used: [], tools: [] }
    });
    const file = traceFile(`${text('ana')}no trace\n${chat}\n`, null);
    const { traces, unread } = readTraces([file], { shared: false });
    expect([traces.length, unread]).toEqual([1, 1]);
  });
});

import * as fc from 'fast-check';

import { formatSession, parseSession, type ISession } from '../../src/session/session';
import { mergeSession } from '../../src/volume/mergeSession';

const SESSION: ISession = {
  ...{
    v: 1,
    id: 's-1',
    name: 'H2',
    volume: 'user',
    volume_id: 'ana',
    status: 'active'
  },
  ...{ path: 'a.ipynb', user: 'ana', metadata: { outputs: ['artifacts/a.png'] } },
  created_at: '2026-11-21T10:00:00.000Z',
  updated_at: '2026-11-21T10:00:00.000Z'
};
const text = (part: object = {}): string => formatSession({ ...SESSION, ...part });
const at = (minute: number): object => ({
  updated_at: `2026-11-21T10:0${minute}:00.000Z`
});
const merged = (mine: object, theirs: object, base: object | null = {}): unknown => {
  const result = mergeSession(base && text(base), text(mine), text(theirs));
  return result === null ? null : parseSession(result);
};

describe('mergeSession', () => {
  it('needs nobody for two commits of one session', () => {
    const outputs = (...names: readonly string[]): object => ({
      metadata: { outputs: names.map(name => `artifacts/${name}`) }
    });
    expect(
      merged(
        { ...at(2), ...outputs('a.png', 'b.png') },
        { ...at(1), ...outputs('c.png'), name: 'H2 at last' }
      )
    ).toEqual({
      ...SESSION,
      ...at(2),
      ...outputs('b.png', 'c.png'),
      name: 'H2 at last'
    });
  });

  it.each([
    ['name', 'One', 'Two'],
    ['status', 'paused', 'completed'],
    ['path', 'b.ipynb', 'c.ipynb']
  ])('asks where both changed the %s', (key, mine, theirs) => {
    expect(merged({ [key]: mine }, { [key]: theirs })).toBeNull();
    expect(merged({ [key]: mine }, at(1))).toMatchObject({ [key]: mine, ...at(1) });
    expect(merged({ [key]: mine }, { ...at(1), [key]: mine })).not.toBeNull();
  });

  it('unites what both sides made, unless they named it differently', () => {
    expect(merged(at(1), at(2), null)).toEqual({ ...SESSION, ...at(2) });
    expect(merged({ name: 'One' }, { name: 'Two' }, null)).toBeNull();
  });

  it('leaves what is no session to a person', () => {
    expect(mergeSession(text(), '{}', text())).toBeNull();
    expect(mergeSession('no JSON', text(), text())).toBeNull();
  });

  it('takes what only one side changed', () => {
    const part = fc.record(
      {
        name: fc.constantFrom('One', 'Two'),
        status: fc.constantFrom('active', 'paused'),
        updated_at: fc.constantFrom('2026-11-21T10:01:00.000Z'),
        note: fc.constantFrom('x', 'y'),
        metadata: fc.dictionary(
          fc.constantFrom('a', 'outputs'),
          fc.constantFrom([], ['p'])
        )
      },
      { requiredKeys: [] }
    );
    fc.assert(
      fc.property(part, part, (base, mine) => {
        const changed = parseSession(text(mine));
        expect(merged(mine, base, base)).toEqual(changed);
        expect(merged(base, mine, base)).toEqual(changed);
      })
    );
  });
});

import {
  canAccess,
  type Actor,
  type VolumeAction,
  type VolumeOwner
} from '../../src/volume/access';

const ACTORS: Record<string, Actor> = {
  ana: { kind: 'user', id: 'ana', teams: ['optics'] },
  bo: { kind: 'user', id: 'bo', teams: ['optics', 'lasers'] },
  'team-job': { kind: 'team-job', team: 'optics' },
  'other-job': { kind: 'team-job', team: 'lasers' },
  'system-job': { kind: 'system-job' }
};
const VOLUMES: Record<string, VolumeOwner> = {
  user: { kind: 'user', id: 'ana' },
  team: { kind: 'team', id: 'optics' },
  lasers: { kind: 'team', id: 'lasers' },
  system: { kind: 'system' }
};
const ACTIONS: Record<string, VolumeAction> = {
  read: { verb: 'read' },
  skill: { verb: 'write', path: 'skills/plot-xy.md' },
  session: { verb: 'write', path: 'sessions/s-1/s-1.ipynb', sessionOwner: 'ana' },
  promote: { verb: 'promote' },
  propose: { verb: 'propose' }
};

/** Who may do what: every actor, volume and action, `x` for allowed. */
const TABLE = `
            read  skill session promote propose
ana         user   x     x       x       x       x
ana         team   x     .       x       x       x
ana         lasers .     .       .       .       .
ana         system x     .       .       .       x
bo          user   .     .       .       .       .
bo          team   x     .       .       x       x
bo          lasers x     .       .       x       x
bo          system x     .       .       .       x
team-job    user   x     .       .       .       .
team-job    team   x     x       x       x       x
team-job    lasers .     .       .       .       .
team-job    system x     .       .       .       .
other-job   user   x     .       .       .       .
other-job   team   .     .       .       .       .
other-job   lasers x     x       x       x       x
other-job   system x     .       .       .       .
system-job  user   x     x       x       x       x
system-job  team   x     x       x       x       x
system-job  lasers x     x       x       x       x
system-job  system x     x       x       x       x
`;

const [head = '', ...rows] = TABLE.trim().split('\n');
const cases = rows.flatMap(row => {
  const [actor = '', volume = '', ...marks] = row.split(/\s+/);
  return head
    .trim()
    .split(/\s+/)
    .map((action, index) => [actor, volume, action, marks[index] === 'x'] as const);
});

describe('canAccess', () => {
  it('is asked about every actor, volume and action', () => {
    expect(cases).toHaveLength(
      Object.keys(ACTORS).length *
        Object.keys(VOLUMES).length *
        Object.keys(ACTIONS).length
    );
  });

  it.each(cases)('%s in %s: %s is %s', (actor, volume, action, allowed) => {
    const verdict = canAccess(
      ACTORS[actor] as Actor,
      VOLUMES[volume] as VolumeOwner,
      ACTIONS[action] as VolumeAction
    );
    expect(verdict.allowed).toBe(allowed);
    if (!verdict.allowed) {
      expect(verdict.reason).toMatch(/^[A-Z].*\.$/);
    }
  });
});

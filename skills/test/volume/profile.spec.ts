import * as fc from 'fast-check';

import {
  NO_PROFILE,
  profileActor,
  profileAuthor,
  profileProblems,
  readProfile,
  teamOf,
  teamVolume,
  volumeOwner,
  type IProfileFields
} from '../../src/volume/profile';

const ANA: IProfileFields = {
  name: 'Ana Ruiz',
  id: 'ana',
  email: 'ana@example.org',
  teams: ['optics', 'lasers']
};

describe('a profile', () => {
  it('needs nothing: without one a person is local and in no team', () => {
    expect(readProfile(undefined)).toEqual(NO_PROFILE);
    expect(profileProblems(NO_PROFILE)).toEqual([]);
  });

  it('reads back what it is, whatever stands around it', () => {
    expect(readProfile({ ...ANA, id: ' ana ', more: 1 })).toEqual(ANA);
    expect(readProfile({ ...ANA, teams: ['optics', 'optics', 3, ' '] })).toEqual({
      ...ANA,
      teams: ['optics']
    });
  });

  it('reads anything without failing, and its result reads as itself', () => {
    fc.assert(
      fc.property(fc.anything(), value => {
        const profile = readProfile(value);
        expect(readProfile(profile)).toEqual(profile);
      })
    );
  });

  it.each([
    [{ id: '' }, 'id'],
    [{ id: '../x' }, 'id'],
    [{ id: 'ana.' }, 'id'],
    [{ name: 'A <b>' }, 'name'],
    [{ name: 'x'.repeat(101) }, 'name'],
    [{ email: 'ana' }, 'email'],
    [{ teams: ['Optics'] }, 'teams'],
    [{ teams: ['a:b'] }, 'teams'],
    [{ teams: Array.from({ length: 21 }, (_, at) => `t${at}`) }, 'teams']
  ])('says what is wrong with %j', (part, field) => {
    expect(profileProblems({ ...ANA, ...part })).toMatchObject([{ field }]);
  });

  it('gives the author of a commit, also for a name that would break it', () => {
    expect(profileAuthor(ANA, 5999)).toEqual({
      name: 'Ana Ruiz',
      email: 'ana@example.org',
      time: 5
    });
    expect(profileAuthor({ ...ANA, name: 'A <b>\nc', email: '' }, 5000)).toEqual({
      name: 'A  b  c',
      email: 'user@localhost',
      time: 5
    });
  });

  it('gives the actor, and whose each volume is', () => {
    expect(profileActor(ANA)).toEqual({
      kind: 'user',
      id: 'ana',
      teams: ['optics', 'lasers']
    });
    expect(volumeOwner('user', ANA)).toEqual({ kind: 'user', id: 'ana' });
    expect(volumeOwner('system', ANA)).toEqual({ kind: 'system' });
    expect(volumeOwner(teamVolume('optics'), ANA)).toEqual({
      kind: 'team',
      id: 'optics'
    });
    expect(volumeOwner('elsewhere', ANA)).toBeNull();
    expect(['team-optics', 'team-', 'user'].map(teamOf)).toEqual([
      ...['optics', null, null]
    ]);
  });
});

import '../browser';

import type { ServerConnection } from '@jupyterlab/services';
import {
  canAccess,
  type Actor,
  type VolumeAction,
  type VolumeOwner
} from '@llmos-lab/skills';

import { VolumeAccess } from '../../src/volumes/access';
import { UNTRANSLATED } from '../../src/volumes/fileStore';
import { MemoryFileStore } from '../../src/volumes/memoryStore';
import { VolumeDrive } from '../../src/volumes/volumeDrive';
import { MARKED } from '../marked';
import { accessTo, bytesOf, sessionOf } from './bytes';

const person = (id: string, ...teams: string[]): Actor => ({ kind: 'user', id, teams });
const text = (content: string): { type: 'file'; format: 'text'; content: string } => ({
  ...{ type: 'file', format: 'text' },
  content
});

describe("a team's volume", () => {
  let store: MemoryFileStore;
  const driveOf = (actor: Actor): VolumeDrive =>
    new VolumeDrive({
      name: 'team-optics',
      access: accessTo('team-optics', actor),
      serverSettings: {} as ServerConnection.ISettings,
      open: () => Promise.resolve(store),
      refusal: (path, reason) => `${path}: ${reason}`,
      trans: UNTRANSLATED
    });
  const ana = (): VolumeDrive => driveOf(person('ana', 'optics'));
  const bo = (): VolumeDrive => driveOf(person('bo', 'optics'));
  const stranger = (): VolumeDrive => driveOf(person('cy', 'lasers'));
  const forbidden = { response: { status: 403 } };

  beforeEach(async () => {
    store = new MemoryFileStore();
    await store.makeDirectory('skills');
    await store.makeDirectory('sessions');
    await store.write('skills/a.md', bytesOf('a'));
    const drive = ana();
    await drive.save('sessions', { type: 'directory' });
    await drive.save('sessions/s-1', { type: 'directory' });
    await drive.save('sessions/s-1/session.json', text(sessionOf('ana', 's-1')));
    await drive.save('sessions/s-1/chat.jsonl', text(''));
  });

  it('takes sessions from the members who own them', async () => {
    await ana().save('sessions/s-1/traces.jsonl', text('{}'));
    expect(await ana().get('sessions/s-1/chat.jsonl')).toMatchObject({
      writable: true
    });
    await ana().delete('sessions/s-1');
  });

  it.each<[string, (drive: VolumeDrive) => Promise<unknown>]>([
    ['copied', drive => drive.copy('sessions/s-1', 'sessions')],
    [
      'copied into an own one',
      drive => drive.copy('sessions/s-1/session.json', 'sessions/s-2')
    ],
    [
      'saved',
      drive => drive.save('sessions//s-2/session.json', text(sessionOf('ana', 's-2')))
    ]
  ])('takes no session in the name of another, also when it is %s', async (_, act) => {
    const drive = bo();
    await drive.save('sessions/s-2', { type: 'directory' });
    await store.write('sessions/s-2/chat.jsonl', bytesOf(''));
    await expect(act(drive)).rejects.toMatchObject(forbidden);
    expect((await store.list('sessions')).map(({ path }) => path)).toEqual([
      ...['sessions/s-1', 'sessions/s-2']
    ]);
    expect(await store.stat('sessions/s-2/session.json')).toBeUndefined();
  });

  it('brings no session of another back from a checkpoint', async () => {
    const path = 'sessions/s-2/session.json';
    await store.makeDirectory('sessions/s-2');
    await store.write(path, bytesOf(sessionOf('ana', 's-2')));
    await store.setCheckpoint(path);
    const own = sessionOf('bo', 's-2');
    await store.write(path, bytesOf(own));
    await expect(bo().restoreCheckpoint(path, 'last')).rejects.toMatchObject(forbidden);
    expect((await bo().get(path)).content).toBe(own);
  });

  it('shows everything to members and nothing to others', async () => {
    expect((await bo().get('sessions/s-1')).content).toHaveLength(2);
    expect(await bo().get('skills/a.md')).toMatchObject({ writable: false });
    await expect(stranger().get('')).rejects.toMatchObject(forbidden);
    await expect(stranger().getDownloadUrl('skills/a.md')).rejects.toMatchObject(
      forbidden
    );
  });

  it.each<[string, (drive: VolumeDrive) => Promise<unknown>]>([
    ['save', drive => drive.save('sessions/s-1/chat.jsonl', text('x'))],
    [
      'take',
      drive => drive.save('sessions/s-1/session.json', text(sessionOf('bo', 's-1')))
    ],
    ['add', drive => drive.newUntitled({ path: 'sessions/s-1', type: 'file' })],
    ['delete', drive => drive.delete('sessions/s-1')],
    ['move', drive => drive.rename('sessions/s-1', 'sessions/s-2')],
    ['copy', drive => drive.copy('sessions/s-1/chat.jsonl', 'sessions/s-1')],
    ['checkpoint', drive => drive.createCheckpoint('sessions/s-1/chat.jsonl')],
    ['skill', drive => drive.save('skills/a.md', text('x'))],
    ['new skill', drive => drive.newUntitled({ path: 'skills', type: 'file' })],
    ['all', drive => drive.delete('sessions')],
    [
      'forge',
      drive => drive.save('sessions/s-3/session.json', text(sessionOf('ana', 's-3')))
    ]
  ])('refuses a member the session of another: %s', async (_, change) => {
    await store.makeDirectory('sessions/s-3');
    await expect(change(bo())).rejects.toMatchObject(forbidden);
    expect((await bo().get('sessions/s-1')).content).toHaveLength(2);
  });
});

describe('why something is refused', () => {
  const actors: readonly Actor[] = [
    person('ana', 'optics'),
    { kind: 'team-job', team: 'lasers' }
  ];
  const owners: readonly VolumeOwner[] = [
    { kind: 'user', id: 'bo' },
    { kind: 'team', id: 'optics' },
    { kind: 'team', id: 'acoustics' },
    { kind: 'system' }
  ];
  const actions: readonly VolumeAction[] = [
    { verb: 'read' },
    { verb: 'write', path: 'skills/a.md' },
    { verb: 'write', path: 'sessions/s-1/chat.jsonl', sessionOwner: 'bo' },
    { verb: 'propose' }
  ];

  it('is said through the translator, in English as by the rule itself', () => {
    const codes = new Set<string>();
    for (const actor of actors) {
      for (const owner of owners) {
        const parts = [() => owner, () => actor] as const;
        for (const action of actions) {
          const verdict = canAccess(actor, owner, action);
          expect(new VolumeAccess(...parts).can(action)).toEqual(verdict);
          if (!verdict.allowed) {
            codes.add(verdict.why?.code ?? '');
            const said = new VolumeAccess(...parts, MARKED).can(action);
            expect(said).toMatchObject({ reason: `«${verdict.reason}»` });
          }
        }
      }
    }
    expect(codes.size).toBe(8);
  });
});
